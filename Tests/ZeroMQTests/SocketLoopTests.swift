import Dispatch
import Synchronization
import Testing
import ZeroMQ

@Suite(.timeLimit(.minutes(1)))
struct SocketLoopTests {
    @Test func `an actor on the loop runs on the loop's thread`() async throws {
        let loop = try SocketLoop(name: "test")
        let counter = Counter(loop)
        #expect(await counter.isOnLoop)
        #expect(loop.isIsolatingCurrentContext() == false)
    }

    @Test func `calls from many tasks wake the loop and are served one at a time`() async throws {
        let counter = Counter(try SocketLoop(name: "test"))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<16 {
                group.addTask { for _ in 0..<500 { await counter.raise() } }
            }
        }
        #expect(await counter.count == 8000)
    }

    @Test func `an action posted from another thread runs on the loop's thread`() async throws {
        let loop = try SocketLoop(name: "test")
        let isOnLoop = await withCheckedContinuation { continuation in
            loop.post { continuation.resume(returning: loop.isIsolatingCurrentContext()) }
        }
        #expect(isOnLoop == true)
    }

    @Test func `a question is answered on the loop's thread, and not for ever waited for`()
        async throws
    {
        let loop = try SocketLoop(name: "test")
        let isOnLoop = loop.ask(within: .seconds(10)) { loop.isIsolatingCurrentContext() }
        #expect(isOnLoop == true)
        let gate = DispatchSemaphore(value: 0)
        loop.post { gate.wait() }
        #expect(loop.ask(within: .milliseconds(20)) { 7 } == nil)
        gate.signal()
        #expect(loop.ask(within: .seconds(10)) { 8 } == 8)
    }

    @Test func `timers fire in the order of their deadlines`() async throws {
        let counter = Counter(try SocketLoop(name: "test"))
        let start = ContinuousClock.now
        let order = await counter.timers([.milliseconds(60), .milliseconds(20), .milliseconds(40)])
        #expect(order == [1, 2, 0])
        #expect(ContinuousClock.now - start >= .milliseconds(60))
    }

    @Test func `timers with one deadline fire in the order in which they were set`() async throws {
        let counter = Counter(try SocketLoop(name: "test"))
        #expect(await counter.timers([.zero, .zero, .zero, .zero]) == [0, 1, 2, 3])
    }

    @Test func `a timer that was taken back does not fire`() async throws {
        let counter = Counter(try SocketLoop(name: "test"))
        #expect(await counter.cancelledTimerFires() == false)
    }

    @Test func `a timer that sets itself again leaves room for others`() async throws {
        let counter = Counter(try SocketLoop(name: "test"))
        await counter.spin()
        while await counter.count < 100 { await Task.yield() }
        await counter.stop()
        let after = await counter.count
        #expect(await counter.timers([.milliseconds(5)]) == [0])
        #expect(await counter.count == after)
    }

    @Test func `stopping closes the sockets so that their addresses are free again`() async throws {
        let context = try Context()
        let loop = try SocketLoop(name: "test")
        let post = Post(loop, context)
        let endpoint = try await post.bind()
        await Counter(loop).stop()
        let other = Post(loop, context)
        var address: String?
        // ZeroMQ closes its listener in the background.
        while address == nil { address = try? await other.bind(endpoint) }
        #expect(address == endpoint)
    }

    @Test func `the thread ends when nobody holds the loop any more`() async throws {
        var context: Context? = try Context()
        let gone = Flag()
        do {
            let watch = Canary(gone)
            let post = Post(try SocketLoop(name: "test"), try #require(context))
            _ = try await post.bind()
            await Counter(post.loop).keep(watch)
        }
        context = nil
        while !gone.isSet { await Task.yield() }
    }
}

/// Raised by one thread and seen by another.
final class Flag: Sendable {
    private let value = Atomic<Bool>(false)

    var isSet: Bool { value.load(ordering: .acquiring) }

    func set() { value.store(true, ordering: .releasing) }
}

/// Tells when it is gone.
final class Canary: Sendable {
    private let flag: Flag

    init(_ flag: Flag) { self.flag = flag }

    deinit { flag.set() }
}

/// An actor on a loop without a socket.
actor Counter {
    nonisolated let loop: SocketLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }
    private(set) var count = 0
    private var order: [Int] = []

    init(_ loop: SocketLoop) { self.loop = loop }

    var isOnLoop: Bool { loop.isIsolatingCurrentContext() == true }

    func raise() { count += 1 }

    func stop() { loop.stop() }

    func keep(_ canary: Canary) {
        // The loop's thread alone holds the closure, so the canary goes when the thread does.
        loop.setTimer(after: .seconds(3600)) { _ = canary }
    }

    func spin() {
        count += 1
        loop.setTimer(after: .zero) { [weak self] in self?.assumeIsolated { $0.spin() } }
    }

    func timers(_ delays: [Duration]) async -> [Int] {
        order = []
        await withCheckedContinuation { continuation in
            for (index, delay) in delays.enumerated() {
                loop.setTimer(after: delay) { [weak self] in
                    self?.assumeIsolated { $0.order.append(index) }
                    if self?.assumeIsolated({ $0.order.count }) == delays.count {
                        continuation.resume()
                    }
                }
            }
        }
        return order
    }

    func cancelledTimerFires() async -> Bool {
        var hasFired = false
        let timer = loop.setTimer(after: .milliseconds(1)) { hasFired = true }
        loop.cancel(timer)
        await withCheckedContinuation { continuation in
            loop.setTimer(after: .milliseconds(5)) { continuation.resume() }
        }
        return hasFired
    }
}

import Logging
import Synchronization
import WirecopyClient
import WirecopyMessages
import WirecopyStatus
import WirecopyWorker

/// A stage whose behaviour stands in the host of the URL that it is to fetch.
struct ScriptedStage: Stage {
    let name = StageName.fetch
    let version = "1.2"
    /// Opened by a test when calls to `held` and `stubborn` may end.
    let gate = Gate()
    /// Raised when a call to `patient` has begun.
    let isPatient = Gate()
    /// Raised when a call to `patient` was cancelled.
    let wasCancelled = Gate()

    func process(
        _ input: StageInput<FetchRequest>
    ) async throws(StageFailure) -> [StageOutput] {
        let host = input.envelope.lane
        switch host {
        case "retry": throw StageFailure(.connectionFailed, .retry(after: .seconds(3)), "Again.")
        case "locked": throw StageFailure(.storeBusy, .retry(after: nil), "The store is locked.")
        case "bury": throw StageFailure(.httpGone, .bury, "The page is gone.")
        case "held", "stubborn": await gate.wait()
        case "patient":
            isPatient.open()
            // Ends only when it is cancelled.
            try? await Task.sleep(for: .seconds(3600))
            wasCancelled.open()
        case "many":
            let output = StageOutput(Outcome(.stored, article: "a"))
            return Array(repeating: output, count: MessageLimits.outputsPerMessage + 1)
        case "slow":
            var failure = StageFailure(.httpServerError, .retry(after: nil), "The site is slow.")
            failure.lanePause = .seconds(7)
            throw failure
        case "source": return Self.found
        default: break
        }
        return [StageOutput(Outcome(.stored, article: input.payload.url))]
    }

    /// What a poll gives: its end, a page that it found, and the next poll.
    private static var found: [StageOutput] {
        let url = "https://other/page"
        var end = StageOutput(Outcome(polled: "One address was new."))
        end.lanePause = .seconds(5)
        return [
            end,
            StageOutput(
                FetchRequest(url: url, origin: "https://source/"),
                entering: .init(subject: url, lane: "other")
            ),
            StageOutput(
                FetchRequest(url: "https://source/", origin: "url", poll: SourcePoll()),
                entering: .init(
                    subject: "https://source/",
                    lane: "source",
                    key: SourcePoll.key(of: "https://source/"),
                    notBefore: Instant(milliseconds: 1_700_000_900_000)
                )
            ),
        ]
    }
}

/// Holds tasks until it is opened; to wait for it cannot be cancelled.
final class Gate: Sendable {
    private struct State {
        var isOpen = false
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                if !state.isOpen { state.waiting.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }

    func open() {
        let waiting = state.withLock { state in
            defer { state.waiting = [] }
            state.isOpen = true
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }
}

/// A message that asks to fetch a page of a host.
func request(_ host: String, _ number: Int = 1) -> Message {
    let seed = host.utf8.reduce(UInt64(number)) { $0 &* 31 &+ UInt64($1) }
    var generator = SeededGenerator(state: seed)
    let url = "https://\(host)/\(number)"
    let envelope = Envelope(
        entering: .fetchRequest,
        id: MessageID(milliseconds: number, using: &generator),
        subject: url,
        lane: host,
        source: "/test",
        madeAt: Instant(milliseconds: number)
    )
    return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "test"))
}

/// A lease of the first attempt.
func lease(_ position: Int) -> LeaseID { LeaseID(position: position, attempt: 1) }

/// A logger that keeps quiet.
let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// One sequence of numbers for all slots.
private final class GeneratorBox: Sendable {
    let state = Mutex(SeededGenerator(state: 1))
}

/// A broker, a worker that runs against it, and what the worker ends with.
struct WorkerBench {
    let broker: FakeBroker
    let stage: ScriptedStage
    let worker: WorkerLoop<ScriptedStage>
    let abandoned: Gate
    private let ending: Task<Result<Void, WorkerFailure>, Never>

    init(
        slots: Int = 2,
        broker: FakeBroker? = nil,
        _ configure: (inout WorkerConfiguration) -> Void = { _ in }
    ) async throws {
        let broker = try broker ?? FakeBroker()
        let endpoint = try await broker.start()
        var configuration = WorkerConfiguration(
            endpoint: endpoint,
            peer: "fetch/test-1-abcd",
            slots: slots
        )
        // A loaded machine must not look like a silent broker.
        configuration.link.silentHeartbeats = 10_000
        configuration.link.backoff = Backoff(first: .milliseconds(1), limit: .milliseconds(5))
        configure(&configuration)
        let (stage, abandoned) = (ScriptedStage(), Gate())
        var surroundings = WorkerSurroundings.system
        surroundings.now = { Instant(milliseconds: 1_700_000_000_000) }
        let generator = GeneratorBox()
        surroundings.makeID = { now in
            generator.state.withLock { MessageID(milliseconds: now.milliseconds, using: &$0) }
        }
        surroundings.usage = {
            var usage = ProcessUsage()
            (usage.cpuMilliseconds, usage.residentBytesMax) = (1234, 5678)
            return usage
        }
        surroundings.abandon = { _ in abandoned.open() }
        let worker = WorkerLoop(
            stage: stage,
            configuration: configuration,
            logger: quiet,
            surroundings: surroundings
        )
        self.broker = broker
        self.stage = stage
        self.worker = worker
        self.abandoned = abandoned
        ending = Task {
            do throws(WorkerFailure) {
                return .success(try await worker.run())
            } catch {
                return .failure(error)
            }
        }
    }

    /// Waits until the worker has ended.
    func end() async throws(WorkerFailure) {
        try await ending.value.get()
    }

    func cancel() { ending.cancel() }
}

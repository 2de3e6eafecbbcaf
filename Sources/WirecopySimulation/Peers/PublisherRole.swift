import WirecopyClient
import WirecopyMessages

/// A command that adds pages: the real `PublishWindow`, and calls at random moments.
struct PublisherRole: PeerRole {
    let name: String
    private var window = PublishWindow()
    private var publishWindow: Int?
    private var pagesLeft: Int
    private var nextCallAt: Int
    private let interval: ClosedRange<Int>
    private var calls: [Int: [Message]] = [:]
    /// Messages that were refused for now, and when they are said again.
    private var refused: (messages: [Message], at: Int)?
    private var lastCall = 0
    private var outputs: [PeerOutput] = []

    /// How long to wait when the disk is full or the broker stops.
    private static let patienceMilliseconds = 1000

    /// Publishes so many pages in calls from a moment on.
    init(_ name: String, pages: Int, from start: Int, interval: ClosedRange<Int>) {
        self.name = name
        self.interval = interval
        pagesLeft = pages
        nextCallAt = start
    }

    /// Pages that were not handed in yet; a process that takes over goes on with them.
    var unpublished: Int { pagesLeft }

    var isQuiet: Bool { pagesLeft == 0 && window.isEmpty && refused == nil }

    var wakeAt: Int? {
        [pagesLeft > 0 ? nextCallAt : nil, refused?.at].compactMap { $0 }.min()
    }

    func hello(_ name: String) -> QueueCommand.Hello { QueueCommand.Hello(peer: name) }

    mutating func welcomed(_ welcome: BrokerReply.Welcome, now: Int, _ world: inout World) {
        publishWindow = welcome.publishWindow
        window.restart()
        send()
    }

    mutating func lost() { publishWindow = nil }

    mutating func hear(_ reply: BrokerReply, now: Int, _ world: inout World) {
        guard case .confirm(let request, let confirmations) = reply else { return }
        guard let complete = window.confirm(request, confirmations) else {
            world.findings.append("\(name) got \(confirmations.count) confirmations too many.")
            return
        }
        for (call, confirmations) in complete { take(confirmations, of: call, now: now, &world) }
        send()
    }

    mutating func wake(now: Int, _ world: inout World) {
        if let (messages, due) = refused, due <= now {
            refused = nil
            call(messages)
        }
        guard pagesLeft > 0, nextCallAt <= now else { return }
        let count = min(pagesLeft, world.generator.number(1...6))
        pagesLeft -= count
        let messages = (0..<count).map { _ in world.makePage(now: now, by: name) }
        call(messages)
        nextCallAt = now + world.generator.number(interval)
    }

    mutating func takeOutputs(isOpen: Bool) -> [PeerOutput] {
        defer { outputs = [] }
        return isOpen ? outputs : []
    }

    private mutating func call(_ messages: [Message]) {
        lastCall += 1
        calls[lastCall] = messages
        _ = window.add(lastCall, messages)
        send()
    }

    private mutating func send() {
        guard let publishWindow else { return }
        while let command = window.next(window: publishWindow) { outputs.append(.say(command)) }
    }

    private mutating func take(
        _ confirmations: [BrokerReply.Confirmation],
        of call: Int,
        now: Int,
        _ world: inout World
    ) {
        var again: [Message] = []
        for (message, confirmation) in zip(calls.removeValue(forKey: call) ?? [], confirmations) {
            switch confirmation {
            case .accepted, .known: world[message.id]?.isConfirmed = true
            case .duplicate: continue
            case .refused(.storageFull, _), .refused(.draining, _): again.append(message)
            case .refused(let code, let sentence):
                world.findings.append("\(name) was refused (\(code.rawValue)): \(sentence)")
            }
        }
        // A person would try again when the disk has space.
        guard !again.isEmpty else { return }
        refused = ((refused?.messages ?? []) + again, now + Self.patienceMilliseconds)
    }
}

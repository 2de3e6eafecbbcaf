import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// A broker's core over a journal in memory: no socket, no thread, no clock. What the core wants
/// waits until the test has it done, so that a test decides what happens first.
struct CoreDialogue {
    struct Sent: Equatable {
        let route: String
        let reply: BrokerReply
    }

    /// SplitMix64 (Steele, Lea and Flood, 2014).
    struct SeededGenerator: RandomNumberGenerator, Sendable {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
            return mixed ^ mixed >> 31
        }
    }

    var core: BrokerCore
    let journal: InMemoryJournal
    var now = Instant(milliseconds: 1_000_000)
    /// What keeps a route from taking anything.
    var obstacles: [String: SendObstacle] = [:]
    /// Routes that take nothing once, and everything after.
    var obstaclesOnce: [String: SendObstacle] = [:]
    /// Places whose content is gone from the journal.
    var unreadable: Set<Int> = []
    /// Frames that left, in order, with their routes.
    private(set) var frames: [[[UInt8]]] = []
    private(set) var sent: [Sent] = []
    private(set) var storing: [JournalJob] = []
    private(set) var loading: [LoadJob] = []
    private(set) var asking: [AdminJob] = []
    private(set) var notices: [BrokerNotice] = []
    private(set) var ends: [BrokerFailure?] = []
    private var actions: [BrokerAction] = []

    init(
        over journal: InMemoryJournal = InMemoryJournal(),
        _ change: (inout BrokerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = BrokerConfiguration(journalDirectory: "")
        configuration.limits.reclaimGrace = .zero
        // Lanes have tests of their own; here messages of one host go as fast as they can.
        configuration.limits.laneLeasedMax = [:]
        change(&configuration)
        self.journal = journal
        core = BrokerCore(
            configuration: configuration,
            generator: SeededGenerator(state: 7),
            now: now
        )
        for request in core.restore(try journal.state(), of: journal.name, now: now) {
            core.refilled(request, try journal.openEntries(request))
        }
        endTurn()
    }

    /// Whether commands may be handed in.
    var isReading: Bool { core.isReading }

    /// How long until the core wants to be woken.
    var wait: Duration? { core.wakeAt.map { $0 - now } }

    /// What was said to a route since the last call.
    mutating func heard(by route: String) -> [BrokerReply] {
        defer { sent.removeAll { $0.route == route } }
        return sent.filter { $0.route == route }.map(\.reply)
    }

    /// Deliveries to a route since the last call.
    mutating func deliveries(to route: String) -> [BrokerReply.Delivery] {
        heard(by: route).flatMap { reply -> [BrokerReply.Delivery] in
            guard case .deliver(let deliveries) = reply else { return [] }
            return deliveries
        }
    }
}

// Events.
extension CoreDialogue {
    mutating func say(_ command: QueueCommand, from route: String) {
        core.hear(command.frames, from: Array(route.utf8), now: now)
        perform()
        endTurn()
    }

    /// Greets under the route's name.
    mutating func greet(_ route: String, _ stage: StageName? = nil, credit: Int = 0) {
        say(.hello(.init(peer: route, stage: stage, stageVersion: "1.0")), from: route)
        guard credit > 0 else { return }
        say(.credit(.init(messagesTotal: credit, bytesTotal: 1 << 40)), from: route)
    }

    /// Has the journal do everything that waits, and then what comes of it.
    mutating func settle() throws {
        while !storing.isEmpty || !loading.isEmpty {
            store()
            load()
        }
    }

    mutating func store() {
        let (jobs, now) = (storing, now)
        storing = []
        var answers: [JournalJobAnswer] = []
        GroupCommit(to: journal, now: { now }).run(jobs) { answers += $0 }
        for answer in answers { core.take(answer, now: now) }
        endTurn()
    }

    /// The disk is full: nothing of what waits is stored.
    mutating func storeNothing() {
        let jobs = storing
        storing = []
        for job in jobs {
            guard case .change(let changes) = job.work else { continue }
            core.take(.changed(id: job.id, changes.map { _ in .storageFull }), now: now)
        }
        endTurn()
    }

    mutating func load() {
        let jobs = loading
        loading = []
        let (journal, unreadable) = (journal, unreadable)
        for job in jobs {
            let contents = job.run { position throws(QueueFailure) in
                guard !unreadable.contains(position) else {
                    throw QueueFailure(.contentUnreadable, "The message \(position) is gone.")
                }
                return try journal.message(at: position)
            }
            core.take(contents, now: now)
        }
        endTurn()
    }

    mutating func answer(_ answer: AdminAnswer) {
        core.take(answer, now: now)
        endTurn()
    }

    mutating func pass(_ duration: Duration) {
        now = now + duration
        core.tick(now: now)
        perform()
        endTurn()
    }

    mutating func stop() {
        core.stop(now: now)
        endTurn()
    }

    mutating func endTurn() {
        repeat {
            core.endTurn(now: now)
            perform()
        } while core.hasMore
    }

    mutating func perform() {
        while core.takeActions(into: &actions) {
            for action in actions {
                switch action {
                case .send(let parcel): send(parcel)
                case .store(let job): storing.append(job)
                case .load(let job): loading.append(job)
                case .ask(let job): asking.append(job)
                case .note(let notice): notices.append(notice)
                case .end(let failure): ends.append(failure)
                }
            }
            actions = []
        }
    }

    private mutating func send(_ parcel: Parcel) {
        let route = String(decoding: parcel.route, as: UTF8.self)
        let obstacle =
            core.obstacle(to: parcel) ?? obstaclesOnce.removeValue(forKey: route)
            ?? obstacles[route]
        if let obstacle {
            return core.notSent(parcel, obstacle, now: now)
        }
        frames.append(parcel.frames)
        guard let reply = try? BrokerReply(frames: Array(parcel.frames.dropFirst())) else { return }
        sent.append(Sent(route: route, reply: reply))
    }
}

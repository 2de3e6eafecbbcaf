import WirecopyMessages

/// An operator who asks, pauses, resumes and replays; what is unanswered is said again after a
/// reconnection, as `BrokerConnection` does.
struct OperatorRole: PeerRole {
    /// One thing to do at a moment.
    struct Call: Sendable {
        let time: Int
        let operation: AdminOperation
        let arguments: [UInt8]
    }

    let name: String
    private var calls: [Call]
    private var waiting: [Int: Call] = [:]
    private var lastRequest = 0
    private var isOpen = false
    private var outputs: [PeerOutput] = []

    /// Does these things, in the order of their moments.
    init(_ name: String, _ calls: [Call]) {
        self.name = name
        self.calls = calls.sorted { $0.time < $1.time }
    }

    var isQuiet: Bool { calls.isEmpty && waiting.isEmpty }

    var wakeAt: Int? { calls.first?.time }

    func hello(_ name: String) -> QueueCommand.Hello { QueueCommand.Hello(peer: name) }

    /// Adds something to do.
    mutating func add(_ call: Call) {
        calls.append(call)
        calls.sort { $0.time < $1.time }
    }

    mutating func welcomed(_ welcome: BrokerReply.Welcome, now: Int, _ world: inout World) {
        isOpen = true
        for (request, call) in waiting.sorted(by: { $0.key < $1.key }) { say(request, call) }
    }

    mutating func lost() { isOpen = false }

    mutating func hear(_ reply: BrokerReply, now: Int, _ world: inout World) {
        guard case .adminReply(let request, let isFailure, let body) = reply,
            let call = waiting.removeValue(forKey: request)
        else { return }
        if isFailure {
            let sentence = String(decoding: body, as: UTF8.self)
            world.findings.append("\(call.operation.rawValue) failed: \(sentence)")
        }
        guard call.operation == .ledger, !isFailure else { return }
        guard let ledger = try? LedgerReport(reportJSON: body), ledger.isBalanced else {
            let text = String(decoding: body, as: UTF8.self)
            world.findings.append("The ledger does not balance: \(text)")
            return
        }
    }

    mutating func wake(now: Int, _ world: inout World) {
        while let call = calls.first, call.time <= now {
            calls.removeFirst()
            lastRequest += 1
            waiting[lastRequest] = call
            if isOpen { say(lastRequest, call) }
        }
    }

    mutating func takeOutputs(isOpen: Bool) -> [PeerOutput] {
        defer { outputs = [] }
        return isOpen ? outputs : []
    }

    private mutating func say(_ request: Int, _ call: Call) {
        let operation = call.operation.rawValue
        outputs.append(
            .say(.admin(request: request, operation: operation, arguments: call.arguments))
        )
    }
}

extension OperatorRole.Call {
    /// An operation with its arguments.
    init(_ operation: AdminOperation, _ arguments: some Report, at time: Int) {
        self.time = time
        self.operation = operation
        // Arguments of ours are always writable; none would be refused by the broker and found.
        self.arguments = (try? arguments.reportJSON()) ?? []
    }

    /// What an operator does before everything is mended, drawn from the seed.
    static func draw(
        _ plan: SimulationPlan,
        from start: Int,
        using generator: inout SeededGenerator
    ) -> [OperatorRole.Call] {
        var calls: [OperatorRole.Call] = []
        for _ in 0..<plan.operatorCalls {
            let time = start + generator.number(500...plan.faultsUntil)
            let stage = generator.pick(StageName.allCases)
            switch generator.number(0...4) {
            case 0:
                let request = StageRequest(stage: stage)
                calls.append(.init(.pause, request, at: time))
                calls.append(.init(.resume, request, at: time + generator.number(500...8000)))
            case 1: calls.append(.init(.status, NoArguments(), at: time))
            case 2: calls.append(.init(.ledger, NoArguments(), at: time))
            case 3:
                var replay = ReplayRequest()
                replay.stage = stage
                replay.host = "host\(generator.number(0...4)).example"
                calls.append(.init(.replay, replay, at: time))
            default: calls.append(.init(.replay, deadLetters, at: time))
            }
        }
        return calls
    }

    /// A replay of everything that is dead.
    static var deadLetters: ReplayRequest {
        var replay = ReplayRequest()
        replay.outcome = OutcomeKind.dead.rawValue
        replay.priority = .retry
        return replay
    }
}

package import WirecopyMessages
import WirecopyQueue

// What peers say.
extension BrokerCore {
    /// Takes a command of the peer at a route, on behalf of a principal; the route is not among
    /// the frames.
    package mutating func hear(
        _ frames: [[UInt8]],
        from route: RoutingID,
        as principal: Principal = .unkeyed,
        now: Instant
    ) {
        if case .ended = phase { return }
        self.now = now
        // Before anything of it is read: it is a stranger's.
        if case .outlaw(let sentence) = principal { return silence(route, sentence) }
        do {
            hear(try QueueCommand(frames: frames), from: route, as: principal)
        } catch {
            note(route)
            refuse(route, error.code, error.message)
        }
    }

    /// A command exceeded `commandFramesMax` or `commandBytesMax` and was dropped unread.
    package mutating func overLimit(
        from route: RoutingID,
        frames: Int,
        bytes: Int,
        now: Instant
    ) {
        if case .ended = phase { return }
        self.now = now
        let sentence = "A command of \(frames) frames and \(bytes) bytes is too large."
        refuse(route, .tooLarge, sentence)
    }

    private mutating func hear(
        _ command: QueueCommand,
        from route: RoutingID,
        as principal: Principal
    ) {
        if let objection = principal.objection(to: command, stage: peers[route]?.stage) {
            note(route)
            return refuse(route, .notAllowed, objection)
        }
        if case .hello(let hello) = command { return greet(hello, from: route, as: principal) }
        guard let peer = peers[route] else {
            return refuse(route, .notGreeted, "Say HELLO first.")
        }
        note(route)
        switch command {
        case .hello: return
        case .publish(let request, let messages): publish(messages, request, from: route)
        case .ping(let status):
            machine.heard(peer.name, status: status, now: now)
            send(.pong, to: route)
        case .bye: leave(route)
        case .admin(let request, let operation, let arguments):
            administer(operation, arguments, request, for: route)
        case .credit, .done, .fail, .extend, .drain:
            guard let stage = peer.stage else {
                return refuse(route, .notAllowed, "Only a worker may say this.")
            }
            hear(command, fromWorker: peer.name, of: stage, at: route)
        }
    }

    private mutating func hear(
        _ command: QueueCommand,
        fromWorker name: String,
        of stage: StageName,
        at route: RoutingID
    ) {
        switch command {
        case .credit(let credit): machine.grant(credit, to: name)
        case .done(let completions): finish(completions, by: name, of: stage, at: route)
        case .fail(let failures): giveBack(failures, by: name, at: route)
        case .extend(let leases):
            let lost = machine.extend(leases, by: name, now: now)
            let milliseconds = configuration.limits.lease.wholeMilliseconds
            send(.extended(leaseMilliseconds: milliseconds, lost: lost), to: route)
        case .drain(let unstarted): machine.drain(name, unstarted: unstarted, now: now)
        case .hello, .publish, .ping, .bye, .admin: return
        }
    }

    /// Notes that a peer lives.
    private mutating func note(_ route: RoutingID) {
        guard let name = peers.heard(route, now: now) else { return }
        machine.heard(name, now: now)
    }

    private mutating func publish(_ messages: [Message], _ request: Int, from route: RoutingID) {
        guard case .running = phase else {
            meter.refuse(.draining)
            return refuse(messages, request, .draining, "The broker stops.", from: route)
        }
        let before = peers[route]?.unconfirmed ?? .init()
        // One command more than the window is a matter of rounding; two are none.
        guard before.messages <= configuration.publishWindow,
            before.bytes <= configuration.publishWindowBytes
        else {
            let sentence = """
                \(before.messages) messages of \(before.bytes) bytes are unconfirmed, and the \
                window has \(configuration.publishWindow) of \
                \(configuration.publishWindowBytes); publish these again after a CONFIRM.
                """
            count(.flowExceeded, sentence, of: route)
            return refuse(messages, request, .flowExceeded, sentence, from: route)
        }
        peers.published(messages, at: route)
        submit(
            .change(messages.map { .append($0) }),
            as: .publish(route, request: request, messages)
        )
    }

    private mutating func refuse(
        _ messages: [Message],
        _ request: Int,
        _ code: RefusalCode,
        _ sentence: String,
        from route: RoutingID
    ) {
        let refusal = BrokerReply.Confirmation.refused(code, sentence)
        send(.confirm(request: request, messages.map { _ in refusal }), to: route)
    }

    /// A worker finishes messages of its own stage alone: what a key may do is decided by stage,
    /// and the place in a lease may be of any.
    private mutating func finish(
        _ completions: [QueueCommand.Completion],
        by name: String,
        of stage: StageName,
        at route: RoutingID
    ) {
        let own = completions.filter { machine.mayFinish($0.lease, as: stage) }
        refuseForeign(completions, besides: own, of: stage, at: route)
        guard !own.isEmpty else { return }
        let holds = machine.done(own, by: name, now: now)
        let changes = own.map { completion in
            JournalChange.acknowledge(
                position: completion.lease.position,
                outputs: completion.outputs,
                stage: stage
            )
        }
        submit(.change(changes + holds), as: .done(route, worker: name, own))
    }

    private mutating func refuseForeign(
        _ completions: [QueueCommand.Completion],
        besides own: [QueueCommand.Completion],
        of stage: StageName,
        at route: RoutingID
    ) {
        guard own.count < completions.count else { return }
        let leases = Set(own.map(\.lease))
        let foreign = completions.map(\.lease).filter { !leases.contains($0) }
        refuseOtherStage(foreign, of: stage, at: route)
        send(.settled(foreign.map { .init(lease: $0, isFirst: false) }), to: route)
    }

    private mutating func giveBack(
        _ failures: [QueueCommand.Failure],
        by name: String,
        at route: RoutingID
    ) {
        var stored: [FailedDelivery] = []
        var stale: [LeaseID] = []
        for failure in failures {
            switch machine.fail(failure, by: name, now: now, using: &generator) {
            case .persist(let delivery): stored.append(delivery)
            case .ignoreStale: stale.append(failure.lease)
            }
        }
        submit(.change(stored.changes), as: .fail(route, stored, stale: stale))
    }
}

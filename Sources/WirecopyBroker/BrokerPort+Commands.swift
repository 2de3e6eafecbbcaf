import Logging
import WirecopyMessages
import WirecopyQueue
import ZeroMQ

// What peers say.
extension BrokerPort {
    /// The largest command: 1,024 messages with all attachments; larger ones are dropped unread.
    private static let receiveLimit = Socket.ReceiveLimit(
        frames: 3 + MessageLimits.messagesPerCommand * (2 + MessageLimits.attachments),
        bytes: 256 << 20
    )
    /// Bytes of a peer's name, which stands in every attempt that it makes.
    private static let nameBytesMax = 256

    /// Takes what waits in the socket, then does what it allows.
    func receive() {
        for _ in 0..<SocketLoop.drainMax {
            guard let socket else { return }
            do {
                switch try socket.receive(Self.receiveLimit) {
                case .nothing: return endTurn()
                case .message(let frames): hear(frames)
                case .overLimit(let route, let frames, let bytes):
                    refuse(
                        route,
                        .tooLarge,
                        "A command of \(frames) frames and \(bytes) bytes is too large."
                    )
                }
            } catch {
                return fail(BrokerFailure(error))
            }
        }
        endTurn()
    }

    private func hear(_ frames: [[UInt8]]) {
        guard let route = frames.first else { return }
        do {
            hear(try QueueCommand(frames: Array(frames.dropFirst())), from: route)
        } catch {
            note(route)
            refuse(route, error.code, error.message)
        }
    }

    private func hear(_ command: QueueCommand, from route: RoutingID) {
        if case .hello(let hello) = command { return greet(hello, from: route) }
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
            guard peer.isWorker else {
                return refuse(route, .notAllowed, "Only a worker may say this.")
            }
            hear(command, fromWorker: peer.name, at: route)
        }
    }

    private func hear(_ command: QueueCommand, fromWorker name: String, at route: RoutingID) {
        switch command {
        case .credit(let credit): machine.grant(credit, to: name)
        case .done(let completions): finish(completions, by: name, at: route)
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
    private func note(_ route: RoutingID) {
        guard let name = peers[route]?.name else { return }
        peers[route]?.lastHeard = now
        machine.heard(name, now: now)
    }

    private func greet(_ hello: QueueCommand.Hello, from route: RoutingID) {
        guard hello.protocolVersion == WireProtocol.version else {
            let sentence = """
                The broker speaks version \(WireProtocol.version) of the protocol, and \
                \(hello.peer.prefix(80)) speaks \(hello.protocolVersion); upgrade the older one.
                """
            return refuse(route, .protocolVersion, sentence)
        }
        guard case .running = phase else {
            return refuse(route, .draining, "The broker stops.")
        }
        guard 1...Self.nameBytesMax ~= hello.peer.utf8.count,
            peers.peers.count < PeerTable.countMax
        else {
            return refuse(
                route,
                .notAllowed,
                "A name has 1 to \(Self.nameBytesMax) bytes, and \(PeerTable.countMax) peers do."
            )
        }
        // The same name over another connection is the same peer, which came back.
        for old in [peers.route(to: hello.peer), route] {
            if let old { drop(old) }
        }
        let peer = BrokerPeer(name: hello.peer, isWorker: hello.stage != nil, now: now)
        peers.insert(peer, at: route)
        guard let stage = hello.stage else { return welcome(route, held: []) }
        logger.info(
            "A worker joins.",
            metadata: ["peer.name": "\(hello.peer)", "stage": "\(stage.rawValue)"]
        )
        let action = machine.join(hello, for: stage, now: now)
        guard !action.unknown.isEmpty else { return welcome(route, held: action.held) }
        submit(
            .lookUp(action.unknown.map(\.position)),
            as: .greet(route, name: hello.peer, held: action.held, unknown: action.unknown)
        )
    }

    /// Answers a greeting.
    func welcome(_ route: RoutingID, held: [LeaseID]) {
        let welcome = BrokerReply.Welcome(
            broker: journal?.name ?? "",
            heartbeatMilliseconds: configuration.limits.heartbeat.wholeMilliseconds,
            leaseMilliseconds: configuration.limits.lease.wholeMilliseconds,
            publishWindow: configuration.publishWindow,
            held: held
        )
        send(.welcome(welcome), to: route)
    }

    private func publish(_ messages: [Message], _ request: Int, from route: RoutingID) {
        guard case .running = phase else {
            let refusal = BrokerReply.Confirmation.refused(.draining, "The broker stops.")
            return send(.confirm(request: request, messages.map { _ in refusal }), to: route)
        }
        submit(
            .change(messages.map { .append($0) }),
            as: .publish(route, request: request, messages)
        )
    }

    private func finish(
        _ completions: [QueueCommand.Completion],
        by name: String,
        at route: RoutingID
    ) {
        for completion in completions { machine.done(completion.lease, by: name, now: now) }
        let changes = completions.map { completion in
            JournalChange.acknowledge(
                position: completion.lease.position,
                outputs: completion.outputs
            )
        }
        submit(.change(changes), as: .done(route, worker: name, completions))
    }

    private func giveBack(
        _ failures: [QueueCommand.Failure],
        by name: String,
        at route: RoutingID
    ) {
        var stored: [FailedDelivery] = []
        var stale: [LeaseID] = []
        for failure in failures {
            let action = machine.fail(
                failure.lease,
                failure.failure,
                by: name,
                now: now,
                using: &generator
            )
            switch action {
            case .persist(let delivery): stored.append(delivery)
            case .ignoreStale: stale.append(failure.lease)
            }
        }
        submit(.change(stored.map { .fail($0) }), as: .fail(route, stored, stale: stale))
    }

    private func leave(_ route: RoutingID) {
        guard let peer = peers[route] else { return }
        drop(route)
        guard peer.isWorker else { return }
        machine.leave(peer.name, now: now)
        logger.info("A worker leaves.", metadata: ["peer.name": "\(peer.name)"])
    }
}

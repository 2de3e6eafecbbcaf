import WirecopyMessages
import WirecopyQueue

// Who comes and who goes.
extension BrokerCore {
    /// Lets a peer in, or says why not.
    mutating func greet(
        _ hello: QueueCommand.Hello,
        from route: RoutingID,
        as principal: Principal
    ) {
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
        let (nameBytesMax, peersMax) = (BrokerLimits.nameBytesMax, configuration.memory.peersMax)
        guard 1...nameBytesMax ~= hello.peer.utf8.count, peers.count < peersMax else {
            return refuse(
                route,
                .notAllowed,
                "A name has 1 to \(nameBytesMax) bytes, and \(peersMax) peers do."
            )
        }
        if let old = peers.route(to: hello.peer), peers[old]?.keyName != principal.name {
            return refuse(
                route,
                .notAllowed,
                "A peer with another key has the name \(hello.peer.prefix(80)) and is here."
            )
        }
        // The same name over another connection is the same peer, which came back.
        for old in [peers.route(to: hello.peer), route] {
            if let old { drop(old) }
        }
        let peer = BrokerPeer(hello, keyName: principal.name, now: now)
        peers.insert(peer, at: route)
        guard let stage = hello.stage else { return welcome(route, held: []) }
        note(.workerJoined(hello.peer, stage))
        let action = machine.join(hello, for: stage, now: now)
        guard !action.unknown.isEmpty else { return welcome(route, held: action.held) }
        submit(
            .lookUp(action.unknown.map(\.position)),
            as: .greet(route, name: hello.peer, held: action.held, unknown: action.unknown)
        )
    }

    /// Answers a greeting.
    mutating func welcome(_ route: RoutingID, held: [LeaseID]) {
        var welcome = BrokerReply.Welcome(
            broker: journalName,
            heartbeatMilliseconds: configuration.limits.heartbeat.wholeMilliseconds,
            leaseMilliseconds: configuration.limits.lease.wholeMilliseconds,
            publishWindow: configuration.publishWindow,
            held: held
        )
        welcome.publishWindowBytes = configuration.publishWindowBytes
        send(.welcome(welcome), to: route)
    }

    /// A peer says BYE.
    mutating func leave(_ route: RoutingID) {
        guard let peer = peers[route] else { return }
        drop(route)
        guard peer.isWorker else { return }
        machine.leave(peer.name, now: now)
        note(.workerLeft(peer.name))
    }

    /// Tells a peer whose key was taken back so, once; then it is as if it were not there.
    mutating func silence(_ route: RoutingID, _ sentence: String) {
        // Forgotten, they are told once more: better than to grow with every connection.
        if silenced.count >= configuration.memory.peersMax { silenced = [] }
        guard silenced.insert(route).inserted else { return }
        refuse(route, .notAllowed, sentence)
        leave(route)
    }
}

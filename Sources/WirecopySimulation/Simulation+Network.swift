import WirecopyBroker
import WirecopyMessages

// The network: connections that keep order, and may be cut at any moment.
extension Simulation {
    /// A peer opens a socket and connects it.
    func connect(_ index: Int) {
        let connection = addConnection(of: index)
        events.insert(.establish(connection: connection), at: now + generator.number(0...5))
    }

    private func addConnection(of peer: Int) -> Int {
        let number = connections.count
        let route = (0..<5).map { UInt8(truncatingIfNeeded: (number + 1) >> (8 * (4 - $0))) }
        connections.append(Connection(peer: peer, route: route))
        routes[route] = number
        peers[peer].connection = number
        return number
    }

    /// A connection is tried: the broker takes it if it listens.
    func establish(_ number: Int) {
        guard broker != nil, connections[number].state == .waiting,
            !connections[number].isClosed
        else { return }
        connections[number].state = .open
        trace.note(now, "connected", connections[number].peer, number)
        schedule(number, .up)
    }

    /// A peer says something.
    func carry(_ command: QueueCommand, from index: Int) {
        guard let number = peers[index].connection else { return }
        let frames = command.frames
        trace.note(now, "up", index, number, frames: frames)
        connections[number].up.append(frames, arrival: now + latency())
        if bears(command), generator.happens(world.hasFaults ? plan.doubledPermille : 0) {
            connections[number].up.append(frames, arrival: now + latency())
            tally.faults[.commandDoubled, default: 0] += 1
        }
        schedule(number, .up)
    }

    /// Whether a command may arrive twice; ZeroMQ doubles nothing, so a second HELLO never comes,
    /// and a second PUBLISH would exceed the window.
    private func bears(_ command: QueueCommand) -> Bool {
        switch command {
        case .hello, .bye, .drain, .admin, .publish: false
        case .credit, .done, .fail, .extend, .ping: true
        }
    }

    /// What keeps the broker's socket from taking a parcel.
    func obstacle(to parcel: Parcel) -> SendObstacle? {
        guard let number = routes[parcel.route] else { return .unreachable }
        switch connections[number].state {
        case .waiting: return .unreachable
        case .cut: return connections[number].isKnownCutAt <= now ? .unreachable : nil
        case .open: return connections[number].down.count >= plan.sendLimit ? .heldUp : nil
        }
    }

    /// The broker says something.
    func carry(_ frames: [[UInt8]], to route: RoutingID) {
        // Into a connection that is cut without the broker knowing, parcels vanish.
        guard let number = routes[route], connections[number].state == .open else { return }
        connections[number].down.append(frames, arrival: now + latency())
        schedule(number, .down)
    }

    private func latency() -> Int {
        generator.happens(50) ? generator.number(5...300) : generator.number(0...3)
    }
}

// Arrivals.
extension Simulation {
    /// Delivers what has arrived.
    func pump(_ number: Int, _ direction: Direction) {
        switch direction {
        case .up: pumpUp(number)
        case .down: pumpDown(number)
        }
    }

    private func pumpUp(_ number: Int) {
        connections[number].up.pumpAt = nil
        while let broker, connections[number].state != .waiting {
            guard broker.core.isReading else {
                // Everything waits in the sockets until the disk has caught up.
                let due = now + 2
                connections[number].up.pumpAt = due
                return events.insert(.pump(connection: number, .up), at: due)
            }
            guard let frames = connections[number].up.take(now: now) else { break }
            trace.note(now, "heard", connections[number].peer, number)
            hear(frames, from: connections[number].route, broker)
        }
        if broker != nil { schedule(number, .up) }
    }

    private func pumpDown(_ number: Int) {
        connections[number].down.pumpAt = nil
        let index = connections[number].peer
        while !connections[number].isClosed, peers[index].process.frozenUntil <= now,
            let frames = connections[number].down.take(now: now)
        {
            trace.note(now, "told", index, number, frames: frames)
            peers[index].process.hear(frames, now: now, &world)
            serve(index)
        }
        if !connections[number].isClosed { schedule(number, .down) }
    }

    /// Enters a pump for the next parcel of a direction.
    func schedule(_ number: Int, _ direction: Direction) {
        switch direction {
        case .up:
            guard connections[number].state != .waiting,
                let next = connections[number].up.nextArrival
            else { return }
            let due = max(now, next)
            guard connections[number].up.pumpAt.map({ due < $0 }) ?? true else { return }
            connections[number].up.pumpAt = due
            events.insert(.pump(connection: number, .up), at: due)
        case .down:
            guard let next = connections[number].down.nextArrival else { return }
            let frozenUntil = peers[connections[number].peer].process.frozenUntil
            let due = max(now, next, frozenUntil)
            guard connections[number].down.pumpAt.map({ due < $0 }) ?? true else { return }
            connections[number].down.pumpAt = due
            events.insert(.pump(connection: number, .down), at: due)
        }
    }
}

// Losses.
extension Simulation {
    /// Cuts a connection: of what is on its way only a beginning arrives, in both directions, and
    /// the peer's socket connects anew by itself.
    func cut(_ number: Int) {
        guard connections[number].state == .open, !connections[number].isClosed else { return }
        trace.note(now, "cut", connections[number].peer, number)
        breakOff(number)
        replace(number, after: generator.number(20...1500))
    }

    /// The broker's process is gone, and all connections with it.
    func loseAllConnections() {
        for number in connections.indices {
            connections[number].up.pumpAt = nil
            guard connections[number].state == .open, !connections[number].isClosed else {
                if connections[number].state == .cut { connections[number].up.keep(0) }
                continue
            }
            breakOff(number)
            connections[number].up.keep(0)
            replace(number, after: nil)
        }
    }

    /// A peer closes its socket; with `lingers` what was said still arrives.
    func disconnect(_ index: Int, lingers: Bool) {
        guard let number = peers[index].connection else { return }
        peers[index].connection = nil
        trace.note(now, "closed", index, number)
        let wasOpen = connections[number].state == .open
        let isTold = lingers && wasOpen
        let count = connections[number].up.count
        if !isTold { connections[number].up.keep(wasOpen ? generator.number(0...count) : 0) }
        connections[number].down.keep(0)
        connections[number].isClosed = true
        connections[number].state = .cut
        connections[number].isKnownCutAt = now + generator.number(0...1500)
        // What is still on its way must come even if the connection stood still.
        schedule(number, .up)
    }

    private func breakOff(_ number: Int) {
        let (up, down) = (connections[number].up.count, connections[number].down.count)
        connections[number].up.keep(generator.number(0...up))
        connections[number].down.keep(generator.number(0...down))
        connections[number].state = .cut
        connections[number].isKnownCutAt = now + generator.number(0...3000)
    }

    /// The peer's socket makes a new connection in place of a lost one; the peer does not know.
    private func replace(_ number: Int, after delay: Int?) {
        let index = connections[number].peer
        guard peers[index].connection == number else { return }
        let replacement = addConnection(of: index)
        guard let delay else { return }
        events.insert(.establish(connection: replacement), at: now + delay)
    }
}

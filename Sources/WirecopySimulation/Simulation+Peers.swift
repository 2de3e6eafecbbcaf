import WirecopyMessages

/// A place for a peer's process: which kind runs there, and how often it was started.
struct PeerSlot {
    enum Kind {
        case worker(StageName)
        case publisher
        case officer
    }

    let kind: Kind
    var process: SimulatedPeer
    var startCount = 1
    /// The number of its present connection.
    var connection: Int?
    /// The moment for which a wake is entered.
    var wakeAt: Int?
    /// True while no process runs.
    var isDown = false
}

// Workers, publishers and the operator.
extension Simulation {
    func addPeers() {
        for stage in StageName.allCases {
            for _ in 0..<plan.workersPerStage { add(.worker(stage)) }
        }
        let share = plan.pages / plan.publishers
        for number in 0..<plan.publishers {
            let rest = number == 0 ? plan.pages - share * plan.publishers : 0
            add(.publisher, pages: share + rest)
        }
        add(.officer)
        for index in peers.indices { serve(index) }
    }

    private func add(_ kind: PeerSlot.Kind, pages: Int = 0) {
        let role = makeRole(kind, named: name(kind, peers.count, 1), pages: pages)
        let process = SimulatedPeer(
            name(kind, peers.count, 1),
            role,
            now: now + generator.number(0...500),
            generator.fork()
        )
        peers.append(PeerSlot(kind: kind, process: process))
    }

    private func name(_ kind: PeerSlot.Kind, _ index: Int, _ start: Int) -> String {
        switch kind {
        case .worker(let stage): "\(stage.rawValue)/host-\(index)-\(start)"
        case .publisher: "publisher/host-\(index)-\(start)"
        case .officer: "operator/host-\(index)-\(start)"
        }
    }

    private func makeRole(
        _ kind: PeerSlot.Kind,
        named name: String,
        pages: Int
    ) -> any PeerRole {
        switch kind {
        case .worker(let stage): return WorkerRole(name, stage, slots: plan.slots)
        case .publisher:
            let interval = max(20, plan.faultsUntil / max(1, pages))
            return PublisherRole(
                name,
                pages: pages,
                from: now + generator.number(0...2000),
                interval: 0...(scenario == .flood ? 50 : 4 * interval)
            )
        case .officer:
            let calls = OperatorRole.Call.draw(plan, from: now, using: &generator)
            return OperatorRole(name, calls)
        }
    }

    /// A process starts where one ended.
    func startPeer(_ index: Int) {
        guard peers[index].isDown else { return }
        let kind = peers[index].kind
        peers[index].startCount += 1
        let name = name(kind, index, peers[index].startCount)
        let pages = (peers[index].process.role as? PublisherRole)?.unpublished ?? 0
        trace.note(now, "peer starts", index, peers[index].startCount)
        let role = makeRole(kind, named: name, pages: pages)
        peers[index].process = SimulatedPeer(name, role, now: now, generator.fork())
        peers[index].isDown = false
        serve(index)
    }

    /// A peer wanted to be woken.
    func wake(_ index: Int) {
        peers[index].wakeAt = nil
        guard let due = peers[index].process.wakeAt else { return }
        if due <= now { peers[index].process.wake(now: now, &world) }
        serve(index)
    }

    /// Does what a peer wants, and enters its next wake.
    func serve(_ index: Int) {
        for output in peers[index].process.takeOutputs() {
            switch output {
            case .connect: connect(index)
            case .say(let command): carry(command, from: index)
            case .disconnect(let lingers): disconnect(index, lingers: lingers)
            case .exit: peerEnded(index, "peer ends")
            case .die: peerEnded(index, "peer dies")
            case .leaveAndReturn: continue
            }
        }
        guard let due = peers[index].process.wakeAt else { return }
        guard peers[index].wakeAt.map({ due < $0 }) ?? true else { return }
        peers[index].wakeAt = due
        events.insert(.wakePeer(index), at: max(now, due))
    }

    private func peerEnded(_ index: Int, _ how: StaticString) {
        trace.note(now, how, index, peers[index].startCount)
        peers[index].isDown = true
        events.insert(.startPeer(index), at: now + generator.number(100...3000))
    }

    /// Kills a peer's process.
    func killPeer(_ index: Int) {
        guard !peers[index].isDown else { return }
        disconnect(index, lingers: false)
        peers[index].process.kill()
        peerEnded(index, "peer killed")
    }

    /// Indices of the running peers of a kind.
    func running(_ matches: (PeerSlot.Kind) -> Bool) -> [Int] {
        peers.indices.filter { !peers[$0].isDown && matches(peers[$0].kind) }
    }
}

extension PeerSlot.Kind {
    var isWorker: Bool {
        if case .worker = self { true } else { false }
    }

    var isPublisher: Bool {
        if case .publisher = self { true } else { false }
    }

    var isOfficer: Bool {
        if case .officer = self { true } else { false }
    }
}

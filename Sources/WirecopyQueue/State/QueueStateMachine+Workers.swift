package import WirecopyMessages

// Who is there, and what each can take.
extension QueueStateMachine {
    /// What a greeting leads to.
    package struct JoinAction: Sendable, Equatable {
        /// Leases that the worker keeps of those it named.
        package var held: [LeaseID] = []
        /// Named leases whose messages are not in memory; the journal may hold them open.
        package var unknown: [LeaseID] = []
    }

    /// A worker greets, for the first time or again under the same name.
    ///
    /// What it held under that name and names no more becomes ready at once, uncounted: it was
    /// lost with the old connection.
    package mutating func join(
        _ hello: QueueCommand.Hello,
        for stage: StageName,
        now: Instant
    ) -> JoinAction {
        let held = Set(hello.held.map(\.position))
        for position in workers[hello.peer]?.leases ?? [] where !held.contains(position) {
            move(position, to: .ready(since: now))
        }
        var worker = QueueWorker(
            name: hello.peer,
            stage: stage,
            stageVersion: hello.stageVersion ?? "",
            now: now
        )
        worker.leases = workers[hello.peer]?.leases ?? []
        remove(hello.peer)
        workers[hello.peer] = worker
        self[stage].workers.append(hello.peer)
        return claim(hello.held, by: hello.peer, now: now)
    }

    /// The journal's answer for leases that were unknown at `join`: these messages are open.
    ///
    /// - Returns: the leases that the worker keeps.
    package mutating func reclaim(
        _ leases: [LeaseID],
        by name: String,
        open entries: [QueueEntry],
        now: Instant
    ) -> [LeaseID] {
        let adopted = entries.filter { adopt($0) }
        let held = claim(leases, by: name, now: now).held
        for entry in adopted where messages[entry.position]?.lease == nil {
            move(entry.position, to: .ready(since: now))
        }
        return held
    }

    private mutating func claim(_ leases: [LeaseID], by name: String, now: Instant) -> JoinAction {
        var action = JoinAction()
        guard let worker = workers[name] else { return action }
        for lease in leases.prefix(limits.leasesPerWorkerMax) {
            guard let message = messages[lease.position] else {
                action.unknown.append(lease)
                continue
            }
            guard message.entry.stage == worker.stage else { continue }
            if let other = message.lease, other.worker != name { continue }
            let claimed = OpenMessage.Lease(
                worker: name,
                attempt: lease.attempt,
                since: message.lease?.since ?? now,
                deadline: now + limits.lease
            )
            move(lease.position, to: .leased(claimed))
            workers[name]?.leases.insert(lease.position)
            action.held.append(lease)
        }
        return action
    }

    /// A worker can take more.
    package mutating func grant(_ credit: QueueCommand.Credit, to name: String) {
        workers[name]?.grant(credit)
    }

    /// A peer said something.
    package mutating func heard(_ name: String, status: WorkerStatus? = nil, now: Instant) {
        workers[name]?.lastHeard = now
        if let status { workers[name]?.status = status }
    }

    /// A worker wants nothing more and gives back what it has not begun, uncounted.
    package mutating func drain(_ name: String, unstarted: [LeaseID], now: Instant) {
        workers[name]?.isDraining = true
        release(unstarted, by: name, now: now)
    }

    /// A worker cannot be reached; it gets nothing until it greets again, and what it has stays
    /// its own until it is silent for too long.
    package mutating func disconnect(_ name: String) {
        workers[name]?.isDraining = true
    }

    /// Deliveries did not reach their worker, or were not begun: ready again, uncounted.
    package mutating func release(_ leases: [LeaseID], by name: String, now: Instant) {
        for lease in leases where holds(lease, name) {
            move(lease.position, to: .ready(since: now))
        }
    }

    /// A worker leaves; whatever it still has is ready at once, uncounted.
    package mutating func leave(_ name: String, now: Instant) {
        for position in workers[name]?.leases ?? [] {
            move(position, to: .ready(since: now))
        }
        remove(name)
    }

    /// An operator holds a stage, or lets it go.
    package mutating func pause(_ stage: StageName, _ isPaused: Bool) {
        self[stage].isPaused = isPaused
    }

    mutating func remove(_ name: String) {
        guard let worker = workers.removeValue(forKey: name) else { return }
        self[worker.stage].workers.removeAll { $0 == name }
    }

    /// Whether this very delivery is the worker's at this moment.
    package func holds(_ lease: LeaseID, _ name: String) -> Bool {
        guard let held = messages[lease.position]?.lease else { return false }
        return held.worker == name && held.attempt == lease.attempt
    }
}

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
        if let old = workers.slot(of: hello.peer) {
            let held = Set(hello.held.map(\.position))
            // The name may be another's now, who works for another stage.
            giveBack(of: old, now: now) { $0.stage != stage || !held.contains($0.position) }
            leaveStage(old, now: now)
        }
        let slot = workers.insert(
            QueueWorker(
                name: hello.peer,
                stage: stage,
                stageVersion: hello.stageVersion ?? "",
                now: now
            )
        )
        queues[stage.rank].presentCount += 1
        queues[stage.rank].unattendedSince = nil
        return claim(hello.held, by: slot, now: now)
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
        for entry in adopted where firstMoment(of: entry, now: now) == nil {
            // Nothing of it is on the way to the disk: it can be claimed.
            guard let slot = messages.slot(at: entry.position) else { continue }
            move(slot, to: .ready(since: now))
        }
        let held = workers.slot(of: name).map { claim(leases, by: $0, now: now).held } ?? []
        for entry in adopted {
            guard let slot = messages.slot(at: entry.position), messages[slot].lease == nil
            else { continue }
            delay(slot, until: firstMoment(of: entry, now: now) ?? now, now: now)
        }
        return held
    }

    private mutating func claim(
        _ leases: [LeaseID],
        by worker: WorkerTable.Slot,
        now: Instant
    ) -> JoinAction {
        var action = JoinAction()
        for lease in leases.prefix(limits.leasesPerWorkerMax) {
            guard let slot = messages.slot(at: lease.position) else {
                action.unknown.append(lease)
                continue
            }
            // A number beyond the present delivery's was never given for this message.
            guard messages[slot].stage == workers[worker].stage, messages[slot].isClaimable,
                lease.attempt <= messages[slot].attempts + 1
            else { continue }
            if let other = messages[slot].lease, other.worker != worker { continue }
            let claimed = OpenMessage.Lease(
                worker: worker,
                attempt: lease.attempt,
                since: messages[slot].lease?.since ?? now,
                deadline: now + limits.lease
            )
            move(slot, to: .leased(claimed))
            action.held.append(lease)
        }
        return action
    }

    /// A worker can take more.
    package mutating func grant(_ credit: QueueCommand.Credit, to name: String) {
        guard let worker = workers.slot(of: name) else { return }
        workers[worker].grant(credit)
        offer(worker)
    }

    /// A peer said something.
    package mutating func heard(_ name: String, status: WorkerStatus? = nil, now: Instant) {
        guard let worker = workers.slot(of: name) else { return }
        workers[worker].lastHeard = now
        if let status { workers[worker].status = status }
    }

    /// A worker needs longer.
    ///
    /// - Returns: the leases that are its own no more.
    package mutating func extend(_ leases: [LeaseID], by name: String, now: Instant) -> [LeaseID] {
        leases.filter { lease in
            guard holds(lease, name), let slot = messages.slot(at: lease.position),
                var held = messages[slot].lease
            else { return true }
            held.deadline = now + limits.lease
            // Behind the worker's other leases: they are in the order in which they run out.
            move(slot, to: .leased(held))
            return false
        }
    }

    /// A worker wants nothing more and gives back what it has not begun, uncounted.
    package mutating func drain(_ name: String, unstarted: [LeaseID], now: Instant) {
        disconnect(name)
        release(unstarted, by: name, now: now)
    }

    /// A worker cannot be reached; it gets nothing until it greets again, and what it has stays
    /// its own until it is silent for too long.
    package mutating func disconnect(_ name: String) {
        guard let worker = workers.slot(of: name) else { return }
        workers[worker].isDraining = true
    }

    /// Deliveries did not reach their worker, or were not begun: ready again, uncounted.
    package mutating func release(_ leases: [LeaseID], by name: String, now: Instant) {
        // The last first, since each goes before the others.
        for lease in leases.reversed() where holds(lease, name) {
            guard let slot = messages.slot(at: lease.position) else { continue }
            move(slot, to: .ready(since: now), isFirst: true)
        }
    }

    /// A delivery never left, because its content cannot be read or is not wanted any more: the
    /// worker, which cannot know of it, has its credit again.
    package mutating func withdraw(_ delivery: Delivery, from name: String) {
        guard let worker = workers.slot(of: name) else { return }
        workers[worker].withdraw(bytes: delivery.bytes)
        offer(worker)
    }

    /// A worker leaves; whatever it still has is ready at once, uncounted.
    package mutating func leave(_ name: String, now: Instant) {
        guard let worker = workers.slot(of: name) else { return }
        giveBack(of: worker, now: now) { _ in true }
        leaveStage(worker, now: now)
        workers.remove(worker)
    }

    /// An operator holds a stage, or lets it go.
    package mutating func pause(_ stage: StageName, _ isPaused: Bool) {
        queues[stage.rank].isPaused = isPaused
    }

    /// Whether this very delivery is the worker's at this moment.
    package func holds(_ lease: LeaseID, _ name: String) -> Bool {
        guard let slot = messages.slot(at: lease.position), let held = messages[slot].lease
        else { return false }
        return held.attempt == lease.attempt && workers[held.worker].name == name
    }

    private mutating func giveBack(
        of worker: WorkerTable.Slot,
        now: Instant,
        where mustGo: (OpenMessage) -> Bool
    ) {
        for slot in messages.slots(of: workers[worker].leases).reversed()
        where mustGo(messages[slot]) {
            move(slot, to: .ready(since: now), isFirst: true)
        }
    }

    /// Takes a worker out of its stage's turn and count.
    private mutating func leaveStage(_ worker: WorkerTable.Slot, now: Instant) {
        let stage = workers[worker].stage
        queues[stage.rank].workerTurns.remove(worker)
        if !workers[worker].isSilent { countAbsent(stage, since: now) }
    }

    /// Counts a worker less.
    mutating func countAbsent(_ stage: StageName, since now: Instant) {
        queues[stage.rank].presentCount -= 1
        if queues[stage.rank].presentCount == 0 { queues[stage.rank].unattendedSince = now }
    }

    /// Forgets a silent worker, which holds nothing any more.
    mutating func remove(_ worker: WorkerTable.Slot) {
        queues[workers[worker].stage.rank].workerTurns.remove(worker)
        workers.remove(worker)
    }
}

package import WirecopyMessages
package import WirecopyQueue

// What the journal says.
extension BrokerCore {
    /// Takes the journal's answer to a job.
    package mutating func take(_ answer: JournalJobAnswer, now: Instant) {
        if case .ended = phase { return }
        self.now = now
        switch answer {
        case .changed(let id, let answers): settle(id, answers)
        case .entries(let id, let entries): take(id, entries)
        case .broken(let failure): fail(BrokerFailure(failure))
        }
    }

    private mutating func take(_ id: Int, _ entries: [QueueEntry]) {
        switch pending.remove(id) {
        case .refill(let request): machine.refilled(request, entries, now: now)
        case .greet(let route, let name, let held, let unknown):
            guard peers[route]?.name == name else { return }
            let found = machine.reclaim(unknown, by: name, open: entries, now: now)
            welcome(route, held: held + found)
        case .publish, .done, .fail, .expire, .pause, .replay, .endPoll, nil: return
        }
    }

    private mutating func settle(_ id: Int, _ answers: [JournalAnswer]) {
        switch pending.remove(id) {
        case .publish(let route, let request, let messages):
            peers.confirmed(messages, at: route)
            let confirmations = zip(messages, answers).map { confirm($0, $1) }
            send(.confirm(request: request, confirmations), to: route)
        case .done(let route, let worker, let completions):
            let settlements = zip(completions, answers).map { settle($0, $1, by: worker) }
            refuseForeign(completions, answers, at: route)
            send(.settled(settlements), to: route)
        case .fail(let route, let failures, let stale):
            var settlements = zip(failures, answers).map { settle($0, $1) }
            settlements += stale.map { BrokerReply.Settlement(lease: $0, isFirst: false) }
            send(.settled(settlements), to: route)
        case .expire(let failures):
            for (failure, answer) in zip(failures, answers) { _ = settle(failure, answer) }
        case .pause(let route, let request, let stage, let isPaused):
            if answers == [.paused] { machine.pause(stage, isPaused) }
            reply(NoArguments(), to: request, for: route)
        case .replay(let id): continueReplay(id, answers)
        case .endPoll(let route, let request, let completion):
            let settled = answers.first.map { settle(completion, $0, by: "") }
            let report = WatchedReport(wasWatched: settled?.isFirst ?? false)
            reply(report, to: request, for: route)
        case .refill, .greet, nil: return
        }
    }

    private mutating func confirm(
        _ message: Message,
        _ answer: JournalAnswer
    ) -> BrokerReply.Confirmation {
        switch answer {
        case .appended(let entry):
            meter.entered(message)
            if let entry { queue(entry, message) }
            return .accepted
        case .known: return .known
        case .duplicateKey: return .duplicate
        case .refused(let sentence):
            meter.refuse(.notAllowed)
            return .refused(.notAllowed, sentence)
        case .storageFull, .acknowledged, .failed, .replayed, .paused, .laneHeld, .unchanged,
            .otherStage:
            meter.refuse(.storageFull)
            return .refused(.storageFull, "The broker's disk is full; free some space.")
        }
    }

    private mutating func settle(
        _ completion: QueueCommand.Completion,
        _ answer: JournalAnswer,
        by worker: String
    ) -> BrokerReply.Settlement {
        let lease = completion.lease
        var isFirst = false
        switch answer {
        case .acknowledged(let entries):
            isFirst = true
            for (entry, output) in zip(entries, completion.outputs) {
                meter.made(output, now: now)
                if let entry {
                    queue(entry, output)
                } else if let stage = output.kind.consumer {
                    machine.duplicated(of: stage)
                }
            }
            machine.settled(lease.position, isFirst: true)
            cache.remove(lease.position)
        case .refused(let sentence): refuse(lease, sentence, of: worker)
        case .storageFull:
            note(of: worker, .diskFull) { unlogged in
                .acknowledgementDoesNotFit(worker: worker, unlogged: unlogged)
            }
            machine.postponed(lease.position, now: now)
            // Before the message is offered to another.
            let again = configuration.limits.storageFullPause / 2
            return BrokerReply.Settlement(lease: lease, isFirst: false, again: again)
        case .otherStage: break
        case .appended, .known, .duplicateKey, .failed, .replayed, .paused, .laneHeld, .unchanged:
            machine.settled(lease.position, isFirst: false)
            cache.remove(lease.position)
        }
        return BrokerReply.Settlement(lease: lease, isFirst: isFirst)
    }

    private mutating func settle(
        _ failure: FailedDelivery,
        _ answer: JournalAnswer
    ) -> BrokerReply.Settlement {
        let position = failure.lease.position
        let isFirst = answer == .failed
        if answer == .storageFull {
            machine.postponed(position, now: now)
        } else {
            if isFirst, failure.next == .dead { meter.died() }
            machine.failed(failure, isOpen: isFirst, now: now)
            if failure.next == .dead || !isFirst { cache.remove(position) }
        }
        return BrokerReply.Settlement(lease: failure.lease, isFirst: isFirst)
    }

    /// Leases whose messages only the journal knew, and knew to be another stage's.
    private mutating func refuseForeign(
        _ completions: [QueueCommand.Completion],
        _ answers: [JournalAnswer],
        at route: RoutingID
    ) {
        guard let stage = peers[route]?.stage else { return }
        let foreign = zip(completions, answers).compactMap { completion, answer -> LeaseID? in
            if case .otherStage = answer { completion.lease } else { nil }
        }
        if !foreign.isEmpty { refuseOtherStage(foreign, of: stage, at: route) }
    }

    private mutating func refuse(_ lease: LeaseID, _ sentence: String, of worker: String) {
        note(.acknowledgementRefused(worker: worker, reason: sentence))
        let reason = StageFailure(.stageFailed, .retry(after: nil), sentence)
        let action = machine.refused(lease, reason, by: worker, now: now, using: &generator)
        guard case .persist(let failure) = action else { return }
        submit(.change([.fail(failure)]), as: .expire([failure]))
    }

    private mutating func queue(_ entry: QueueEntry, _ message: Message) {
        if machine.published(entry, now: now) { cache.insert(message, at: entry.position) }
    }
}

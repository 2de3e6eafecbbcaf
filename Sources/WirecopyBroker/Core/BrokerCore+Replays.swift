import WirecopyMessages
import WirecopyQueue

/// How far a replay is.
struct ReplayProgress: Sendable {
    let request: ReplayRequest
    var report: ReplayReport
    var after = 0
}

// Replays: the admin thread selects slice after slice, the journal's thread opens them.
extension BrokerCore {
    mutating func beginReplay(_ report: ReplayReport, id: Int) {
        guard var asked = questions[id], var replay = asked.replay else { return }
        replay.report = report
        asked.replay = replay
        questions[id] = asked
        guard !replay.request.dryRun, report.count > 0 else { return endReplay(id) }
        act(.ask(AdminJob(id: id, question: .replaySlice(replay.request, after: 0))))
    }

    mutating func replay(_ positions: [Int], id: Int) {
        if questions[id]?.replay?.request.limit != nil {
            // Without an answer the command asks the next broker for the same slice.
            guard case .running = phase else { return questions[id] = nil }
            noteSlice(positions, id: id)
        }
        guard let replay = questions[id]?.replay, let last = positions.last,
            case .running = phase
        else { return endReplay(id) }
        questions[id]?.replay?.after = last
        let priority = replay.request.priority
        let changes = positions.map { JournalChange.replay(position: $0, priority: priority) }
        submit(.change(changes), as: .replay(id: id))
    }

    /// Of a request for one slice, tells what it holds and where the next one begins.
    private mutating func noteSlice(_ positions: [Int], id: Int) {
        guard var replay = questions[id]?.replay, let limit = replay.request.limit else { return }
        let isWhole = positions.count >= min(limit, AdminDesk.replaySliceMax)
        replay.report.count = positions.count
        replay.report.next = isWhole ? positions.last ?? replay.request.after ?? 0 : nil
        questions[id]?.replay = replay
    }

    /// The journal has opened a slice.
    mutating func continueReplay(_ id: Int, _ answers: [JournalAnswer]) {
        for case .replayed(let entry, let wasDead) in answers {
            machine.replayed(entry, wasDead: wasDead, now: now)
            questions[id]?.replay?.report.replayed += 1
        }
        guard let replay = questions[id]?.replay else { return }
        guard replay.request.limit == nil else { return endReplay(id) }
        let question = AdminJob.Question.replaySlice(replay.request, after: replay.after)
        act(.ask(AdminJob(id: id, question: question)))
    }

    private mutating func endReplay(_ id: Int) {
        guard let asked = questions.removeValue(forKey: id), var replay = asked.replay
        else { return }
        if replay.request.limit != nil {
            let stage = replay.request.stage
            replay.report.waiting = machine.readyCount(of: stage, in: replay.request.priority)
        }
        reply(replay.report, to: asked.request, for: asked.route)
        guard replay.report.replayed > 0 else { return }
        note(.messagesReplayed(replay.report.replayed))
    }
}

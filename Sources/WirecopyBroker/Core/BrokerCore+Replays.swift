import WirecopyMessages
import WirecopyQueue

/// How far a replay is.
struct ReplayProgress: Sendable {
    /// Slices that the journal opens at a time: while one is synced the next is selected.
    private static let openingMax = 2

    var request: ReplayRequest
    var report: ReplayReport
    var after = 0
    /// Slices that were handed to the journal and are not open yet.
    var openingCount = 0
    /// True while the next slice is being selected.
    var isSelecting = false
    /// True when nothing more is selected.
    var isAtEnd = false

    /// Whether to select the next slice now.
    var wantsSlice: Bool { !isAtEnd && !isSelecting && openingCount < Self.openingMax }
    /// Whether everything that was selected is open.
    var isOver: Bool { isAtEnd && !isSelecting && openingCount == 0 }
}

// Replays: the admin thread selects slice after slice, the journal's thread opens them.
extension BrokerCore {
    mutating func beginReplay(_ report: ReplayReport, id: Int) {
        guard var replay = questions[id]?.replay else { return }
        replay.report = report
        // What enters from now on is not part of it.
        replay.request.through = report.through ?? replay.request.through
        questions[id]?.replay = replay
        guard !replay.request.dryRun, report.count > 0 else { return endReplay(id) }
        selectSlice(id)
    }

    mutating func replay(_ positions: [Int], id: Int) {
        if questions[id]?.replay?.request.limit != nil {
            // Without an answer the command asks the next broker for the same slice.
            guard case .running = phase else { return questions[id] = nil }
            noteSlice(positions, id: id)
        }
        guard var replay = questions[id]?.replay else { return }
        replay.isSelecting = false
        guard let last = positions.last, case .running = phase else {
            replay.isAtEnd = true
            questions[id]?.replay = replay
            return endIfOver(id)
        }
        replay.after = last
        replay.openingCount += 1
        replay.isAtEnd = replay.request.limit != nil
        questions[id]?.replay = replay
        let priority = replay.request.priority
        let changes = positions.map { JournalChange.replay(position: $0, priority: priority) }
        submit(.change(changes), as: .replay(id: id))
        selectSlice(id)
    }

    /// Has the next slice selected, unless the journal has enough to open.
    private mutating func selectSlice(_ id: Int) {
        guard let replay = questions[id]?.replay, replay.wantsSlice else { return }
        questions[id]?.replay?.isSelecting = true
        let question = AdminJob.Question.replaySlice(
            replay.request,
            after: replay.after,
            isCounted: true
        )
        act(.ask(AdminJob(id: id, question: question)))
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
        questions[id]?.replay?.openingCount -= 1
        selectSlice(id)
        endIfOver(id)
    }

    private mutating func endIfOver(_ id: Int) {
        guard questions[id]?.replay?.isOver == true else { return }
        endReplay(id)
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

import WirecopyMessages
import WirecopyQueue

/// A question of an operator that is answered from the journal, on a thread of its own.
struct AdminJob: Sendable {
    /// What is asked.
    enum Question: Sendable {
        case ledger
        case status
        case trace(TraceRequest)
        case deadLetters(DeadLetterRequest)
        case replayCount(ReplayRequest)
        case replaySlice(ReplayRequest, after: Int)
    }

    /// Names the question in its answer.
    let id: Int
    let question: Question
}

/// What the journal says to a question.
struct AdminAnswer: Sendable {
    /// The answer.
    enum Content: Sendable {
        case ledger(LedgerReport)
        case trace(TraceReport)
        case deadLetters(DeadLetterReport)
        case replayCount(ReplayReport)
        case positions([Int])
        case failed(AdminFailure)
    }

    let id: Int
    let content: Content
}

/// Answers operators' questions, one after the other; a long one delays only other operators.
struct AdminDesk: Sendable {
    /// Messages that a replay opens at a time, so that live commits come in between.
    static let replaySliceMax = 512

    let reports: JournalReports
    let clock: BrokerClock

    /// Answers one question.
    func answer(_ job: AdminJob) -> AdminAnswer {
        do {
            return AdminAnswer(id: job.id, content: try content(job.question))
        } catch {
            return AdminAnswer(id: job.id, content: .failed(AdminFailure(message: error.message)))
        }
    }

    private func content(_ question: AdminJob.Question) throws(QueueFailure) -> AdminAnswer.Content
    {
        switch question {
        case .ledger, .status: .ledger(try reports.ledger())
        case .trace(let request): .trace(try reports.trace(request, now: clock.now))
        case .deadLetters(let request): .deadLetters(try reports.deadLetters(request))
        case .replayCount(let request): .replayCount(try reports.replay(request))
        case .replaySlice(let request, let position):
            .positions(
                try reports.replayPositions(
                    request,
                    after: position,
                    limit: Self.replaySliceMax
                )
            )
        }
    }
}

package import WirecopyMessages
package import WirecopyQueue

/// Answers operators' questions, one after the other; a long one delays only other operators.
package struct AdminDesk: Sendable {
    /// Messages that a replay opens at a time, so that live commits come in between: one group of
    /// the journal's.
    static let replaySliceMax = GroupCommit.messagesMax

    private let reports: JournalReports
    private let now: @Sendable () -> Instant

    /// Answers from a journal; `now` says what a delay is measured against.
    package init(reports: JournalReports, now: @escaping @Sendable () -> Instant) {
        self.reports = reports
        self.now = now
    }

    /// Answers one question.
    package func answer(_ job: AdminJob) -> AdminAnswer {
        do {
            return AdminAnswer(id: job.id, content: try content(job.question))
        } catch {
            return AdminAnswer(id: job.id, content: .failed(AdminFailure(message: error.message)))
        }
    }

    private func content(_ question: AdminJob.Question) throws(QueueFailure) -> AdminAnswer.Content
    {
        switch question {
        case .status: .ledger(try reports.ledger())
        case .ledger(let request): .ledger(try reports.ledger(request))
        case .trace(let request): .trace(try reports.trace(request, now: now()))
        case .deadLetters(let request): .deadLetters(try reports.deadLetters(request))
        case .sources(let request): .sources(try reports.sources(request))
        case .openPoll(let request): .openPoll(try reports.openPoll(of: request.url))
        case .replayCount(let request): .replayCount(try reports.replay(request))
        case .replaySlice(let request, let position, let isCounted):
            .positions(
                try reports.replayPositions(
                    request,
                    after: position,
                    limit: min(max(0, request.limit ?? .max), Self.replaySliceMax),
                    isCounted: isCounted
                )
            )
        }
    }
}

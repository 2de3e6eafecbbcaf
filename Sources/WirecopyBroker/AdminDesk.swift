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
        case .openPoll(let url, let change): .openPoll(try openPoll(of: url, change))
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

    /// The open poll of a source, in the pace that was asked for.
    ///
    /// Here, for a large source's poll takes a millisecond to read and write, which the broker's
    /// loop cannot spare.
    private func openPoll(
        of url: String,
        _ change: PollRequest?
    ) throws(QueueFailure) -> JournalReports.KeyedMessage? {
        let open = try reports.openPoll(of: url)
        guard let open, let shortest = change?.shortestMs, let longest = change?.longestMs,
            var request = try? FetchRequest(json: open.message.data)
        else { return open }
        guard 0 < shortest, shortest <= longest else {
            throw QueueFailure(
                .requestInvalid,
                "A pace of \(shortest) to \(longest) ms is none: shortest_ms is positive and not "
                    + "greater than longest_ms."
            )
        }
        request.poll?.pace.shortest = .milliseconds(shortest)
        request.poll?.pace.longest = .milliseconds(longest)
        let message = Message(envelope: open.message.envelope, payload: request)
        return JournalReports.KeyedMessage(position: open.position, message: message)
    }
}

package import WirecopyMessages
package import WirecopyQueue

/// A question of an operator that is answered from the journal, beside the changes.
package struct AdminJob: Sendable {
    /// What is asked.
    package enum Question: Sendable {
        case ledger(LedgerRequest)
        case status
        case trace(TraceRequest)
        case deadLetters(DeadLetterRequest)
        case sources(SourcesRequest)
        /// The open poll of a source, to be ended; with a request, as the poll that takes its
        /// place carries it.
        case openPoll(url: String, PollRequest?)
        /// How much a replay would open.
        case replayCount(ReplayRequest)
        /// The next messages that a replay opens, behind a place; `isCounted` when the journal has
        /// counted them before.
        case replaySlice(ReplayRequest, after: Int, isCounted: Bool)
    }

    /// Names the question in its answer.
    package let id: Int
    /// What is asked.
    package let question: Question
}

/// What the journal says to a question.
package struct AdminAnswer: Sendable {
    /// The answer.
    package enum Content: Sendable {
        case ledger(LedgerReport)
        case trace(TraceReport)
        case deadLetters(DeadLetterReport)
        case sources(SourcesReport)
        case openPoll(JournalReports.KeyedMessage?)
        case replayCount(ReplayReport)
        case positions([Int])
        case failed(AdminFailure)
    }

    /// Names the question.
    package let id: Int
    /// The answer.
    package let content: Content

    /// Answers the question of a number.
    package init(id: Int, content: Content) {
        self.id = id
        self.content = content
    }
}

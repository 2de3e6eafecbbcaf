/// Asks for dead letters, newest first.
package struct DeadLetterRequest: Report {
    /// Only of this reason.
    package var code: String?
    /// Only of pages of this host.
    package var host: String?
    /// Most letters in the answer.
    package var limit: Int
    /// Only the letter at this place, with its input.
    package var position: Int?
    /// Only of this stage.
    package var stage: StageName?

    /// Makes a request.
    package init(limit: Int = 100, code: String? = nil, position: Int? = nil) {
        self.limit = limit
        self.code = code
        self.position = position
    }
}

/// Messages given up, newest first.
package struct DeadLetterReport: Report {
    /// The letters asked for.
    package var letters: [Letter]
    /// Letters there are in all.
    package var total: Int

    /// Makes a report.
    package init(letters: [Letter], total: Int) {
        self.letters = letters
        self.total = total
    }

    /// A message given up, with the reason and history.
    package struct Letter: Report {
        /// When it was given up.
        package var atMs: Int
        /// Its deliveries, oldest first.
        package var attempts: [TraceReport.Attempt]
        /// Why, a word of the closed list.
        package var code: String
        /// The payload's JSON, only when one letter was asked for.
        package var input: String?
        /// Why, a full sentence.
        package var message: String
        /// Place in the journal.
        package var position: Int
        /// Identity of the page's first message.
        package var root: String
        /// The stage that could not handle it.
        package var stage: StageName
        /// URL or path of the page.
        package var subject: String

        /// Makes a letter; history and input are set afterwards.
        package init(
            position: Int,
            root: String,
            subject: String,
            stage: StageName,
            atMs: Int,
            code: String,
        ) {
            self.position = position
            self.root = root
            self.subject = subject
            self.stage = stage
            self.atMs = atMs
            self.code = code
            attempts = []
            message = ""
        }
    }
}

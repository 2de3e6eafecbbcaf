/// Asks for the way of the pages of one URL, or of one lineage.
package struct TraceRequest: Report {
    /// Subject of the messages; an exact URL or path.
    package var url: String?
    /// Root of one lineage, as a UUID.
    package var root: String?

    /// Makes a request by URL or by root.
    package init(url: String? = nil, root: String? = nil) {
        self.url = url
        self.root = root
    }
}

/// The whole way of the pages of one URL, oldest first; at most `lineagesMax` of them.
package struct TraceReport: Report {
    /// A URL that is polled for years has many lineages; the newest are told.
    package static let lineagesMax = 20

    /// One entry each time the URL entered.
    package var lineages: [Lineage]

    /// Makes a report.
    package init(lineages: [Lineage]) { self.lineages = lineages }

    /// Everything that happened to one page.
    package struct Lineage: Report {
        /// When it entered.
        package var enteredAtMs: Int
        /// How it ended; `nil` while in flight.
        package var outcome: String?
        /// The article in the store.
        package var article: String?
        /// For rejected and dead: the reason.
        package var reason: String?
        /// Identity of its first message.
        package var root: String
        /// Its messages, in the order in which they came to rest.
        package var steps: [Step]
        /// URL or path of the page.
        package var subject: String

        /// Makes a lineage; how it ended is set afterwards.
        package init(root: String, subject: String, enteredAtMs: Int, steps: [Step]) {
            self.root = root
            self.subject = subject
            self.enteredAtMs = enteredAtMs
            self.steps = steps
        }
    }

    /// One message of a lineage.
    package struct Step: Report {
        /// Deliveries that ended badly, oldest first.
        package var attempts: [Attempt]
        /// Bytes of content, attachments included.
        package var bytes: Int
        /// Identity of the message.
        package var id: String
        /// What it carries, such as `wirecopy.parsed_article.v1`.
        package var kind: String
        /// Identity of the message from which it was made; `nil` for the first.
        package var parent: String?
        /// Place in the journal.
        package var position: Int
        /// When it came to rest in the journal.
        package var queuedAtMs: Int
        /// Milliseconds that the stage worked to make it.
        package var serviceMs: Int?
        /// Worker or command that made it.
        package var source: String
        /// Version of the stage that made it.
        package var stageVersion: String?
        /// Where it is now: `ready`, `leased`, `delayed`, `dead` or `done`.
        package var state: String

        /// Makes a step.
        package init(
            position: Int,
            id: String,
            kind: String,
            source: String,
            queuedAtMs: Int,
            bytes: Int,
        ) {
            self.position = position
            self.id = id
            self.kind = kind
            self.source = source
            self.queuedAtMs = queuedAtMs
            self.bytes = bytes
            attempts = []
            state = "done"
        }
    }

    /// A delivery that ended badly.
    package struct Attempt: Report {
        /// Which delivery it was, counted from 1.
        package var attempt: Int
        /// When it ended.
        package var atMs: Int
        /// Why, a word of the closed list.
        package var code: String
        /// Only of the machine's troubles, which spend no attempt: how many such deliveries in a
        /// row this one stands for, itself the last of them.
        package var excused: Int?
        /// Why, a full sentence.
        package var message: String
        /// The worker.
        package var worker: String

        /// Makes an attempt.
        package init(attempt: Int, atMs: Int, worker: String, code: String, message: String) {
            self.attempt = attempt
            self.atMs = atMs
            self.worker = worker
            self.code = code
            self.message = message
        }
    }
}

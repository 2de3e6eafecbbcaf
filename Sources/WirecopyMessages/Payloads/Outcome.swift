/// How the way of a page ended; closed, so that entered = the sum of these + in flight.
package enum OutcomeKind: String, Sendable, CaseIterable, Hashable, Codable {
    /// A new article or a new version of one is in the store.
    case stored
    /// The store holds exactly this already, from the same address.
    case unchanged
    /// The store holds this text already, from another address.
    case duplicate
    /// The page was read and holds no article, or is not wanted; `reason` says why.
    case rejected
    /// A source was asked what is new; what it named entered as pages of their own.
    case polled
    /// Given up after an error; the dead letter holds input and history.
    case dead
}

/// The end of an article's way: what the last stage, or any stage that ends it, gives out.
package struct Outcome: Payload {
    package static let kind = MessageKind.outcome

    /// The article in the store that this page is, or is a copy of.
    package var article: String?
    /// How it ended.
    package var outcome: OutcomeKind
    /// For rejected and dead: the reason, a full sentence beside it in `message`.
    package var reason: ErrorCode?
    /// For rejected, polled and dead: a full sentence for people.
    package var message: String?

    /// Makes an outcome that names an article of the store.
    package init(_ outcome: OutcomeKind, article: String) {
        self.outcome = outcome
        self.article = article
    }

    /// Makes the outcome of a page that gives no article.
    package init(rejected reason: ErrorCode, _ message: String) {
        self.outcome = .rejected
        self.reason = reason
        self.message = message
    }

    /// Makes the outcome of a poll; the sentence says what the source answered.
    package init(polled sentence: String) {
        self.outcome = .polled
        self.message = sentence
    }

    /// Makes the outcome of a page that was given up.
    package init(dead reason: ErrorCode, _ message: String) {
        self.outcome = .dead
        self.reason = reason
        self.message = message
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var article: String?
        var message: String?
        var outcome: OutcomeKind?
        var reason: ErrorCode?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "article": article = try reader.string()
            case "message": message = try reader.string()
            case "outcome": outcome = try reader.word()
            case "reason": reason = try reader.word()
            default: try reader.skip()
            }
        }
        self.outcome = try reader.required(outcome, "outcome")
        self.article = article
        self.message = message
        self.reason = reason
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("article", article)
            writer.field("message", message)
            writer.field("outcome", outcome.rawValue)
            writer.field("reason", reason?.rawValue)
        }
    }
}

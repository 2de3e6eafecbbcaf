import WirecopyMessages
import WirecopyStorage

/// A failure of the API (RFC 9457).
struct APIProblem: Report {
    /// A full sentence.
    var detail: String
    /// The HTTP status.
    var status: Int
    /// A few words.
    var title: String
}

/// Names by their words.
struct APINames: Report {
    /// The names.
    var names: [EntityReport.Summary]
}

/// Sources with how they do.
struct APISources: Report {
    /// How each does, in the order of `sources`.
    var health: [SourceHealthReport.Health]
    /// Where the list goes on.
    var next: Int?
    /// The sources.
    var sources: [SourcesReport.Source]
}

/// What a program asks to be done, as the body of a POST.
protocol APIOrder: Report {
    /// The keys that it may have.
    static var keys: Set<String> { get }
}

/// Which dead letters to send through again; at least one part is given.
struct APIRetry: APIOrder {
    static let keys: Set = ["code", "host", "letters", "stage"]

    /// Only of this reason.
    var code: String?
    /// Only of this host.
    var host: String?
    /// These letters.
    var letters: [Int]?
    /// Only of this stage.
    var stage: String?
}

/// Which messages to send through again.
struct APIReplay: APIOrder {
    static let keys: Set = [
        "after", "dry_run", "host", "outcome", "since_ms", "stage", "until_ms",
    ]

    /// Only messages behind this place.
    var after: Int?
    /// Only count.
    var dryRun: Bool?
    /// Only of this host.
    var host: String?
    /// Only of pages that ended in this way.
    var outcome: String?
    /// Queued at this moment or later.
    var sinceMs: Int?
    /// The stage that shall work again.
    var stage: String
    /// Queued before this moment.
    var untilMs: Int?
}

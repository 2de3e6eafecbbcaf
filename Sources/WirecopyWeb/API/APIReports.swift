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

/// What is decided about stories.
struct APIStoryOrder: APIOrder {
    static let keys: Set = ["action", "articles", "edit", "other", "story"]

    /// `merge`, `split`, `move` or `undo`.
    var action: String
    /// The articles that leave: identifiers, or beginnings of them.
    var articles: [String]?
    /// The edit that is undone.
    var edit: Int?
    /// The other story of a merge, or that to which articles move.
    var other: Int?
    /// The story that is merged or split.
    var story: Int?

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        Character(Unicode.Scalar(byte)).isHexDigit
    }

    /// The order; `nil` when parts of it are missing, or are none of it.
    var order: StoryOrder? {
        let stories = [story, other, edit].compactMap(\.self)
        let names = articles ?? []
        guard stories.allSatisfy({ $0 >= 0 }), articles == nil || !names.isEmpty,
            names.count <= StoryEditor.articlesMax,
            names.allSatisfy({ 4...16 ~= $0.utf8.count && $0.utf8.allSatisfy(Self.isHexDigit) })
        else { return nil }
        return switch (action, story, other, articles, edit) {
        case ("merge", .some(let story), .some(let other), nil, nil): .merge(story, other)
        case ("split", .some(let story), nil, .some(let names), nil): .split(story, names)
        case ("move", nil, .some(let other), .some(let names), nil): .move(names, to: other)
        case ("undo", nil, nil, nil, .some(let edit)): .undo(edit)
        default: nil
        }
    }
}

import ArgumentParser
import RobotsFile
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// Flags that say which articles are exported; all that are given must hold.
struct ArticleSelectionOptions: ParsableArguments {
    @Option(help: "Only articles with these words, as wirecopy search takes them.")
    var about: String?

    @Option(help: "Only articles of this host.")
    var host: String?

    @Option(help: "Only articles since: 12h, 2d, 3w, or 2026-11-20.")
    var since: String?

    @Option(help: "Only articles until: 12h, 2d, 3w, or 2026-11-20.")
    var until: String?

    @Option(help: "Most articles to export.")
    var limit: Int?

    @Option(
        help: ArgumentHelp(
            "Leave out articles whose publisher asks one of these.",
            discussion: "Words with commas: \(UsageSignal.words).",
            valueName: "signals"
        )
    )
    var without: String?

    func validate() throws { _ = try UsageSignal.named(in: without) }

    /// The selection; ages count back from now.
    func selection() throws -> ArticleSelection {
        var selection = ArticleSelection()
        selection.words = about
        selection.host = host
        selection.since = try Moment.instant(since)
        selection.until = try Moment.instant(until)
        selection.usageLeftOut = try UsageSignal.named(in: without)
        selection.limit = limit
        return selection
    }
}

extension UsageSignal {
    /// All words that a publisher may ask.
    fileprivate static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }

    /// The words of a list with commas, each checked.
    fileprivate static func named(in list: String?) throws -> [String] {
        let words = (list ?? "").split { $0 == "," || $0 == " " }.map(String.init)
        if list != nil, words.isEmpty { throw ValidationError("--without names no signal.") }
        for word in words where UsageSignal(rawValue: word) == nil {
            throw ValidationError("\(word) is no signal; the signals are \(Self.words).")
        }
        return words
    }
}

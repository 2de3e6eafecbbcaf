import WirecopyMessages

/// The outlets of a story: those whose reports it has, and those that are cited.
///
/// No list of outlets: one is known by being cited as a source, or by having a report in the story.
struct OutletNames {
    /// Story-wide key of an outlet for each form of its name.
    private var keys: [String: String] = [:]
    private var names: [String: String] = [:]
    private var ownReports: [String: Int] = [:]
    /// Keys whose name is only that in a host.
    private var labels: Set<String> = []

    /// Reads the outlets of the texts and their sources.
    init(_ story: BriefStory) {
        for (index, text) in story.texts.enumerated() {
            guard let outlet = text.member.outlet else { continue }
            let label = Self.label(ofHost: outlet)
            let key = learn(label ?? outlet, isLabel: label != nil)
            if ownReports[key] == nil { ownReports[key] = index }
        }
        for text in story.texts {
            for citation in text.article.citations { learn(Self.name(of: citation, in: text)) }
            for agency in text.article.article.syndication { learn(agency.value) }
        }
    }

    /// The key of a source or outlet; equal for all forms of its name.
    func key(of name: String) -> String {
        let run = NameLetters.run(name)
        return keys[run] ?? run
    }

    /// Whether a name is that of an outlet.
    func isOutlet(_ name: String) -> Bool { keys[NameLetters.run(name)] != nil }

    /// The fullest name of a key.
    func name(of key: String) -> String { names[key] ?? key }

    /// Index of the first text that is the outlet's own report.
    func ownReport(of key: String) -> Int? { ownReports[key] }

    /// The key of the outlet of a text; `nil` when the page does not tell.
    func key(of text: MemberText) -> String? {
        text.member.outlet.map { key(of: Self.label(ofHost: $0) ?? $0) }
    }

    /// A source's name: that of its entity, where it has one.
    static func name(of citation: Citation, in text: MemberText) -> String {
        citation.entity.map { text.article.entities[$0].name } ?? citation.name
    }

    /// Whether words describe an outlet without naming it: "the newspaper", "the news outlet".
    static func isDescription(_ name: String) -> Bool {
        guard let last = MemberWords.read(name).last else { return false }
        return outletNouns.contains(last.hash)
    }

    private static let outletNouns = MemberWords.hashes(
        """
        outlet newspaper paper magazine broadcaster daily weekly tabloid agency website
        publication
        """
    )

    /// Learns a name; a short form that is the initials of a known name, or the other way round, is
    /// the same outlet.
    @discardableResult
    private mutating func learn(_ name: String, isLabel: Bool = false) -> String {
        let run = NameLetters.run(name)
        guard !run.isEmpty else { return run }
        let initials = NameLetters.initials(name)
        let isLong = NameLetters.words(name).count > 1 && initials.count > 1
        let key = keys[run] ?? (isLong ? keys[initials] : nil) ?? run
        keys[run] = key
        if isLong, keys[initials] == nil { keys[initials] = key }
        // The label of a host is a name in small letters, as long as nobody writes it out.
        if isLabel {
            if names[key] == nil { labels.insert(key) }
            names[key] = names[key] ?? name
        } else if labels.remove(key) != nil || name.utf8.count > (names[key] ?? "").utf8.count {
            names[key] = name
        }
        return key
    }

    /// The name in a host: `example` of `news.example.org`; `nil` for what is no host.
    private static func label(ofHost host: String) -> String? {
        let labels = host.split(separator: ".")
        guard labels.count > 1, !host.contains(" ") else { return nil }
        // "example.co.uk": the label before a short second level is the name.
        let isShort = labels.count > 2 && labels[labels.count - 2].utf8.count <= 3
        return String(labels[labels.count - (isShort ? 3 : 2)])
    }
}

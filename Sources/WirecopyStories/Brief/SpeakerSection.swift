import WirecopyMessages

/// Makes "Who said what".
struct SpeakerSection {
    /// Speakers of a kind that are shown; a screen of them.
    private static let speakersMax = 10
    /// Statements of a speaker that are shown.
    private static let statementsMax = 4
    /// Other wordings of a statement that are shown.
    private static let variantsMax = 3

    private let story: BriefStory
    private let utterances: [Utterance]
    private let names: [String: UtteranceReader.SpeakerName]

    /// Prepares the section.
    init(
        _ story: BriefStory,
        utterances: [Utterance],
        names: [String: UtteranceReader.SpeakerName]
    ) {
        self.story = story
        self.utterances = utterances
        self.names = names
    }

    /// The speakers to show, and how many more there are.
    func speakers() -> (shown: [BriefSpeaker], more: Int) {
        let bySpeaker = Dictionary(grouping: utterances, by: \.speaker)
        let ranked = bySpeaker.compactMap { key, own in
            names[key].map { Ranked(key: key, name: $0, own: own, weight: weight($0, own)) }
        }.sorted { one, other in
            if one.weight != other.weight { return one.weight > other.weight }
            return (one.own[0].text, one.key) < (other.own[0].text, other.key)
        }
        var shown: [BriefSpeaker] = []
        for kind in BriefSpeakerKind.allCases {
            shown += ranked.filter { $0.name.kind == kind }.prefix(Self.speakersMax).map(speaker)
        }
        return (shown, ranked.count - shown.count)
    }

    private struct Ranked {
        var key: String
        var name: UtteranceReader.SpeakerName
        var own: [Utterance]
        var weight: Double
    }

    /// Independent reports that quote the speaker count most, then how many know of them, then
    /// whether they are quoted word by word.
    private func weight(_ name: UtteranceReader.SpeakerName, _ own: [Utterance]) -> Double {
        let reports = Double(story.independent(own.map(\.text)))
        let known = name.entity.map { Double(story.names.all[$0].articles) } ?? 0
        let spoken = own.contains { !$0.isIndirect } ? 1.0 : 0
        return 2 * reports + known / Double(story.texts.count) + spoken
            + 0.1 * Double(min(own.count, 10))
    }

    private func speaker(_ ranked: Ranked) -> BriefSpeaker {
        let merged = StatementMerger.statements(ranked.own).map { members in
            statement(members.map { ranked.own[$0] })
        }
        let sorted = Self.sorted(merged)
        let shown = sorted.prefix(Self.statementsMax)
        return BriefSpeaker(
            name: ranked.name.name,
            role: ranked.name.entity.flatMap(story.names.role),
            kind: ranked.name.kind,
            articles: Set(ranked.own.map { $0.text + 1 }).sorted(),
            reports: story.independent(ranked.own.map(\.text)),
            statements: Array(shown),
            more: sorted.count - shown.count
        )
    }

    /// Statements of most independent reports first; of equals the first one of each article, so
    /// that one article does not fill the list, and quoted ones before reported ones.
    private static func sorted(
        _ merged: [(statement: BriefStatement, directness: Int)]
    ) -> [BriefStatement] {
        let byDirectness = merged.enumerated().sorted { one, other in
            (-one.element.directness, one.offset) < (-other.element.directness, other.offset)
        }
        var shown: [Int: Int] = [:]
        let turns = byDirectness.map { entry in
            let article = entry.element.statement.articles.first ?? 0
            let turn = shown[article, default: 0]
            shown[article] = turn + 1
            return (offset: entry.offset, turn: turn)
        }
        let sorted = turns.sorted { one, other in
            let (left, right) = (merged[one.offset], merged[other.offset])
            if left.statement.reports != right.statement.reports {
                return left.statement.reports > right.statement.reports
            }
            return (one.turn, one.offset) < (other.turn, other.offset)
        }
        return sorted.map { merged[$0.offset].statement }
    }

    /// One statement of all its utterances: the fullest wording of the most direct ones stands for
    /// it, the earliest of equals.
    private func statement(_ own: [Utterance]) -> (statement: BriefStatement, directness: Int) {
        let best = own.indices.max { one, other in
            let (left, right) = (own[one], own[other])
            let ranks = (Self.directness(left), left.stems.count, -one)
            return ranks < (Self.directness(right), right.stems.count, -other)
        }
        let chosen = own[best ?? 0]
        var variants: [BriefLine] = []
        var wordings = [chosen.pairs]
        for other in own where !wordings.contains(other.pairs) {
            wordings.append(other.pairs)
            variants.append(story.line(other.text, range(of: other)))
        }
        let statement = BriefStatement(
            parts: parts(of: chosen),
            isVerbatim: chosen.isVerbatim,
            cue: chosen.cue,
            listener: own.lazy.compactMap(\.listener).first,
            occasion: own.lazy.compactMap { occasion(of: $0) }.first,
            document: own.lazy.compactMap(\.document).first,
            articles: Set(own.map { $0.text + 1 }).sorted(),
            reports: story.independent(own.map(\.text)),
            variants: Array(variants.prefix(Self.variantsMax))
        )
        return (statement, Self.directness(chosen))
    }

    /// Where it was said with the preposition that stands before it, when one does.
    private func occasion(of utterance: Utterance) -> String? {
        guard let occasion = utterance.occasion, !occasion.isEmpty else { return nil }
        let sentence = story.texts[utterance.text].text(range(of: utterance))
        guard let place = sentence.firstRange(of: occasion) else { return occasion }
        let before = sentence[..<place.lowerBound].split(separator: " ").last.map(String.init)
        guard let before, Self.prepositions.contains(before.lowercased()) else { return occasion }
        return "\(before.lowercased()) \(occasion)"
    }

    private static let prepositions: Set<String> = [
        "in", "at", "on", "during", "before", "after", "from", "with", "via", "through",
    ]

    private static func directness(_ utterance: Utterance) -> Int {
        utterance.isVerbatim ? 2 : utterance.isIndirect ? 0 : 1
    }

    /// The spoken words alone when they are whole clauses, else the sentences around them.
    private func parts(of utterance: Utterance) -> [BriefLine] {
        guard utterance.isVerbatim else {
            return [story.line(utterance.text, range(of: utterance))]
        }
        return utterance.spans.map { story.line(utterance.text, $0) }
    }

    private func range(of utterance: Utterance) -> TextRange {
        let sentences = story.texts[utterance.text].sentences
        let first = sentences[utterance.sentences.lowerBound].range
        return TextRange(first.start, sentences[utterance.sentences.upperBound].range.end)
    }
}

import WirecopyMessages

/// Makes "Who cites whom", and counts the sources that stand behind the reports.
struct SourceSection {
    /// Sources that are shown.
    private static let sourcesMax = 12
    /// Sentences of a source that are shown.
    private static let linesMax = 3
    /// Names of origins that are given.
    private static let namesMax = 12
    /// Names in a chain; longer ones are circles or mistakes.
    private static let chainMax = 5
    /// A report whose first sentences cite an outlet retells what that outlet has.
    private static let ledeSentences = 2

    private let story: BriefStory
    private let outlets: OutletNames
    private let citations: [Cited]

    /// A citation with its story-wide source.
    private struct Cited {
        var text: Int
        var source: String
        var sentence: Int?
        var citing: String?
    }

    /// Prepares the section.
    init(_ story: BriefStory, outlets: OutletNames) {
        self.story = story
        self.outlets = outlets
        citations = story.texts.indices.flatMap { index -> [Cited] in
            let text = story.texts[index]
            let own = outlets.key(of: text)
            return text.article.citations.compactMap { citation in
                let source = outlets.key(of: OutletNames.name(of: citation, in: text))
                guard source != own, !source.isEmpty else { return nil }
                return Cited(
                    text: index,
                    source: source,
                    sentence: text.sentence(at: citation.range.start),
                    citing: citation.citing
                )
            }
        }
    }

    /// The sources, those of most independent reports first.
    func sources() -> [BriefSource] {
        Dictionary(grouping: citations, by: \.source).map { key, own in
            let texts = Set(own.map(\.text)).sorted()
            return BriefSource(
                name: outlets.name(of: key),
                restsOn: own.compactMap(\.citing).reduce(into: []) { names, name in
                    if !names.contains(name) { names.append(name) }
                },
                ownReport: outlets.ownReport(of: key).map { $0 + 1 },
                articles: texts.map { $0 + 1 },
                reports: story.independent(texts),
                chains: chains(from: texts, to: key),
                lines: lines(own)
            )
        }.sorted { one, other in
            if one.reports != other.reports { return one.reports > other.reports }
            return (one.articles[0], one.name) < (other.articles[0], other.name)
        }.prefix(Self.sourcesMax).map(\.self)
    }

    /// How many sources know of the story by themselves.
    ///
    /// Copies count once. A report that retells one outlet's, and reports that retell the same
    /// outlet, have that outlet's origin; a page with a note that it is one agency's, the agency's.
    func origins() -> BriefOrigins {
        var names: Set<String> = []
        var own: Set<Int> = []
        for text in story.texts.indices where story.groups[text] == text {
            let origin = origin(of: text)
            own.formUnion(origin.own)
            names.formUnion(origin.cited)
        }
        let labels = names.sorted().map(outlets.name) + own.sorted().map { "[\($0 + 1)]" }
        return BriefOrigins(
            reports: story.texts.count,
            copies: story.texts.indices.count { story.groups[$0] != $0 },
            independent: own.count + names.count,
            names: Array(labels.prefix(Self.namesMax))
        )
    }

    // MARK: - Origins

    /// Texts and cited outlets that a text rests on.
    private func origin(of text: Int) -> (own: Set<Int>, cited: Set<String>) {
        var own: Set<Int> = []
        var cited: Set<String> = []
        var seen: Set<Int> = [text]
        var waiting = [text]
        while let next = waiting.popLast() {
            let retold = retold(by: next)
            if retold.isEmpty { own.insert(next) }
            for source in retold {
                guard let report = outlets.ownReport(of: source).map({ story.groups[$0] }) else {
                    cited.insert(source)
                    continue
                }
                if seen.insert(report).inserted { waiting.append(report) } else { own.insert(next) }
            }
        }
        return (own, cited)
    }

    /// Keys of the outlets that a text retells; none for a text that knows by itself.
    private func retold(by text: Int) -> Set<String> {
        let member = story.texts[text]
        let notes = member.article.article.syndication
        if notes.count == 1, let agency = notes.first {
            let key = outlets.key(of: agency.value)
            return key == outlets.key(of: member) ? [] : [key]
        }
        let cited = citations.filter { $0.text == text && isInProse($0) }
        let inLede = cited.filter { ($0.sentence ?? .max) < Self.ledeSentences }
        if !inLede.isEmpty { return Set(inLede.map(\.source)) }
        return knowsMore(member) ? [] : Set(cited.map(\.source))
    }

    private func isInProse(_ citation: Cited) -> Bool {
        guard let sentence = citation.sentence else { return false }
        return SentenceFitness.isProse(story.texts[citation.text].sentences[sentence].kind)
    }

    /// Whether a text has statements of somebody in sentences that cite no other outlet.
    private func knowsMore(_ text: MemberText) -> Bool {
        text.article.quotations.contains { quotation in
            guard quotation.kind != .notSpeech, quotation.cue != nil,
                let speaker = quotation.speaker, !outlets.isOutlet(speaker.name),
                !OutletNames.isDescription(speaker.name),
                let sentence = text.sentence(at: quotation.range.start)
            else { return false }
            return !text.sentences[sentence].citesSource
        }
    }

    // MARK: - Lines and chains

    private func lines(_ own: [Cited]) -> [BriefLine] {
        var shown: Set<Int> = []
        var lines: [BriefLine] = []
        // A credit is shown where the text itself has no sentence.
        let prose = own.filter(isInProse)
        for cited in prose.isEmpty ? own : prose where lines.count < Self.linesMax {
            guard let sentence = cited.sentence,
                shown.insert(story.groups[cited.text]).inserted
            else { continue }
            lines.append(
                story.line(cited.text, story.texts[cited.text].sentences[sentence].range)
            )
        }
        return lines
    }

    /// Chains of more than two names: report, source, its source.
    private func chains(from texts: [Int], to source: String) -> [[String]] {
        var chains: [[String]] = []
        for text in texts {
            for end in ends(of: source, as: text, seen: [source]) {
                let chain = [label(text), outlets.name(of: source)] + end
                if chain.count > 2, !chains.contains(chain) { chains.append(chain) }
            }
        }
        return Array(chains.prefix(Self.linesMax))
    }

    /// What stands behind a source: what reports say of it, and what its own report here cites.
    private func ends(of source: String, as text: Int, seen: [String]) -> [[String]] {
        var ends = citations.filter { $0.text == text && $0.source == source }
            .compactMap(\.citing).map { [$0] }
        guard let report = outlets.ownReport(of: source), seen.count < Self.chainMax else {
            return ends
        }
        for next in Set(citations.filter { $0.text == report }.map(\.source)).sorted()
        where !seen.contains(next) {
            let behind = self.ends(of: next, as: report, seen: seen + [next])
            ends += (behind.isEmpty ? [[]] : behind).map { [outlets.name(of: next)] + $0 }
        }
        return ends
    }

    private func label(_ text: Int) -> String {
        story.texts[text].member.outlet ?? "[\(text + 1)]"
    }
}

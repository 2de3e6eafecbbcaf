/// A brief as Markdown (CommonMark): every line ends with links to its articles.
package struct BriefMarkdown {
    private let brief: Brief

    /// Prepares a brief.
    package init(_ brief: Brief) { self.brief = brief }

    /// The document; it ends with a line break.
    package var text: String {
        let parts = head + happened + said + sources + differences + next + articles
        var lines: [String] = []
        for line in parts where !line.isEmpty || lines.last?.isEmpty == false { lines.append(line) }
        return lines.joined(separator: "\n") + "\n"
    }

    private var head: [String] {
        [
            "# " + escaped(BriefWords.headline(of: brief)), "",
            escaped(BriefWords.summary(of: brief)),
        ]
    }

    private var happened: [String] {
        var lines = title(BriefWords.whatHappened)
        for (index, episode) in brief.episodes.enumerated() where !episode.lines.isEmpty {
            if brief.episodes.count > 1 {
                let heading = BriefWords.heading(of: episode, position: index + 1)
                lines += ["### " + escaped(heading), ""]
            }
            lines += episode.lines.map { "- " + dated($0) } + [""]
        }
        return lines
    }

    private var said: [String] {
        guard !brief.speakers.isEmpty else { return [] }
        var lines = title(BriefWords.whoSaidWhat)
        for kind in BriefSpeakerKind.allCases {
            let speakers = brief.speakers.filter { $0.kind == kind }
            if speakers.isEmpty { continue }
            lines += ["### " + BriefWords.heading(of: kind), ""]
            for speaker in speakers { lines += self.speaker(speaker) + [""] }
        }
        if brief.speakersMore > 0 {
            lines += ["and " + BriefWords.count(brief.speakersMore, "speaker") + " more", ""]
        }
        return lines
    }

    private func speaker(_ speaker: BriefSpeaker) -> [String] {
        let role = speaker.role.map { ", " + escaped($0) } ?? ""
        var lines = ["**\(escaped(speaker.name))**\(role)", ""]
        for statement in speaker.statements {
            let words = escaped(BriefWords.words(of: statement))
            let how = BriefWords.circumstances(of: statement).map { " (\(escaped($0)))" } ?? ""
            lines.append("- \(words)\(how) \(references(statement.articles))")
            lines += statement.variants.map { "  - also: " + sentence($0) }
        }
        if speaker.more > 0 { lines.append("- and \(speaker.more) more") }
        return lines
    }

    private var sources: [String] {
        guard !brief.sources.isEmpty else { return [] }
        var lines = title(BriefWords.whoCitesWhom)
        for source in brief.sources {
            let basis = BriefWords.basis(of: source).map { ", " + escaped($0) } ?? ""
            let reports = BriefWords.count(source.reports, "report")
            let cited = "\(references(source.articles)) (\(reports))"
            lines.append("- **\(escaped(source.name))**\(basis) ← \(cited)")
            lines += source.chains.map { "  - " + $0.map(escaped).joined(separator: " → ") }
            lines += source.lines.map { "  - " + sentence($0) }
        }
        return lines + [""]
    }

    private var differences: [String] {
        guard !brief.differences.isEmpty else { return [] }
        var lines = title(BriefWords.whatDiffers)
        for difference in brief.differences {
            lines.append("- **\(escaped(BriefWords.heading(of: difference)))**")
            lines += difference.sides.map { side in
                let value = difference.kind == .onlyOne ? "" : "\(escaped(side.value)): "
                let later = side.isLater ? "later: " : ""
                return "  - \(later)\(value)\(sentence(side.line, articles: side.articles))"
            }
        }
        return lines + [""]
    }

    private var next: [String] {
        guard !brief.next.isEmpty else { return [] }
        return title(BriefWords.whatNext) + brief.next.map { "- " + dated($0) } + [""]
    }

    private var articles: [String] {
        title(BriefWords.articles)
            + brief.articles.map { article in
                let outlet = article.outlet.map(escaped)
                let day = article.published.map(BriefWords.day)
                let copy = article.copyOf.map { "a copy of [\($0)]" }
                let facts = [outlet, day, copy].compactMap(\.self).joined(separator: ", ")
                let title = escaped(BriefWords.title(of: article))
                let name = target(article.url).map { "[\(title)](\($0))" } ?? title
                return "\(article.number). \(name)" + (facts.isEmpty ? "" : " — \(facts)")
            }
    }

    // MARK: - Pieces

    private func title(_ title: String) -> [String] { ["", "## " + title, ""] }

    private func dated(_ line: BriefLine) -> String {
        let day = BriefWords.day(of: line).map { " (\($0))" } ?? ""
        return escaped(line.text) + day + " " + references([line.article])
    }

    private func sentence(_ line: BriefLine, articles: [Int]? = nil) -> String {
        escaped(line.text) + " " + references(articles ?? [line.article])
    }

    private func references(_ numbers: [Int]) -> String {
        numbers.map { number in
            let article = brief.articles.first { $0.number == number }
            return article.flatMap { target($0.url) }.map { "[\\[\(number)\\]](\($0))" }
                ?? "\\[\(number)\\]"
        }.joined(separator: " ")
    }

    /// An address as the target of a link; `nil` when it must not be one.
    private func target(_ url: String) -> String? {
        guard let link = ShownText.link(ShownText.plain(url)) else { return nil }
        let odd = ["<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C", "(": "%28", ")": "%29"]
        return link.map { odd[String($0)] ?? String($0) }.joined()
    }

    private func escaped(_ text: String) -> String { ShownText.markdown(text) }
}

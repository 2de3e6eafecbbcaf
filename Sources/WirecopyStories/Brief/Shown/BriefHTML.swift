/// A brief as a fragment of HTML: sections with headings, no script, no style, all text escaped.
///
/// Classes: `brief`, `summary`, `ref`, `days`, `speaker`, `role`, `how`, `variants`, `basis`,
/// `chain`, `side`, `value`, `later`, `facts`, `more`. Anchors: `brief-article-N`,
/// `brief-what-happened` and the like.
package struct BriefHTML {
    private let brief: Brief
    private let level: Int
    private let place: (BriefLine) -> String?
    private let page: (BriefArticle) -> String?

    /// Prepares a brief.
    ///
    /// - Parameters:
    ///   - brief: what is shown.
    ///   - level: level of the parts' headings, 1 to 5.
    ///   - place: address of a span's place; `nil` leads to the list of articles below.
    ///   - page: address of an article; `nil` leads to the address where it was found.
    package init(
        _ brief: Brief,
        level: Int = 2,
        place: @escaping (BriefLine) -> String? = { _ in nil },
        page: @escaping (BriefArticle) -> String? = { _ in nil }
    ) {
        self.brief = brief
        self.level = min(max(level, 1), 5)
        self.place = place
        self.page = page
    }

    /// The fragment.
    package var fragment: String {
        let parts = [happened, said, sources, differences, next, articles].compactMap(\.self)
        return """
            <div class="brief">
            <p class="summary">\(escaped(BriefWords.summary(of: brief)))</p>
            \(parts.joined(separator: "\n"))
            </div>
            """
    }

    // MARK: - Parts

    private var happened: String? {
        let episodes = brief.episodes.enumerated().filter { !$0.element.lines.isEmpty }
        return part(
            BriefWords.whatHappened,
            episodes.map { index, episode in
                let heading = BriefWords.heading(of: episode, position: index + 1)
                let title = brief.episodes.count > 1 ? subheading(heading) : ""
                return title + list(episode.lines.map(dated))
            }
        )
    }

    private var said: String? {
        let kinds = BriefSpeakerKind.allCases.compactMap { kind -> String? in
            let speakers = brief.speakers.filter { $0.kind == kind }
            guard !speakers.isEmpty else { return nil }
            return subheading(BriefWords.heading(of: kind)) + speakers.map(speaker).joined()
        }
        let count = BriefWords.count(brief.speakersMore, "speaker")
        let more = brief.speakersMore > 0 ? ["<p class=\"more\">and \(count) more</p>"] : []
        return part(BriefWords.whoSaidWhat, kinds.isEmpty ? [] : kinds + more)
    }

    private func speaker(_ speaker: BriefSpeaker) -> String {
        let role = speaker.role.map { ", <span class=\"role\">\(inline($0))</span>" } ?? ""
        let more = speaker.more > 0 ? ["<span class=\"more\">and \(speaker.more) more</span>"] : []
        return """
            <div class="speaker"><p><strong>\(inline(speaker.name))</strong>\(role)</p>
            \(list(speaker.statements.map(statement) + more))</div>

            """
    }

    private func statement(_ statement: BriefStatement) -> String {
        let how = BriefWords.circumstances(of: statement).map {
            " <span class=\"how\">(\(inline($0)))</span>"
        }
        let first = statement.parts.first
        let carriers = statement.articles.map { reference($0, at: first) }.joined(separator: " ")
        let variants =
            statement.variants.isEmpty
            ? ""
            : "<ul class=\"variants\">"
                + statement.variants.map { "<li>also: \(sentence($0))</li>" }.joined() + "</ul>"
        let words = inline(BriefWords.words(of: statement))
        return "\(words)\(how ?? "") \(carriers)\(variants)"
    }

    private var sources: String? {
        let entries = brief.sources.map { source in
            let basis = BriefWords.basis(of: source).map {
                ", <span class=\"basis\">\(inline($0))</span>"
            }
            let carriers = source.articles.map { reference($0) }.joined(separator: " ")
            let chains = source.chains.map { chain in
                "<span class=\"chain\">\(chain.map(inline).joined(separator: " → "))</span>"
            }
            let head = "<strong>\(inline(source.name))</strong>\(basis ?? "")"
            let inner = chains + source.lines.map { sentence($0) }
            return "\(head) <span class=\"facts\">cited by</span> \(carriers)"
                + (inner.isEmpty ? "" : list(inner))
        }
        return part(BriefWords.whoCitesWhom, entries.isEmpty ? [] : [list(entries)])
    }

    private var differences: String? {
        let entries = brief.differences.map { difference in
            let sides = difference.sides.map { side in
                let later = side.isLater ? "<span class=\"later\">later</span> " : ""
                let value = "<span class=\"value\">\(inline(side.value))</span> "
                let carriers = side.articles.map { reference($0, at: side.line) }
                return later + (difference.kind == .onlyOne ? "" : value)
                    + "\(inline(side.line.text)) \(carriers.joined(separator: " "))"
            }
            return "<strong>\(inline(BriefWords.heading(of: difference)))</strong>" + list(sides)
        }
        return part(BriefWords.whatDiffers, entries.isEmpty ? [] : [list(entries)])
    }

    private var next: String? {
        part(BriefWords.whatNext, brief.next.isEmpty ? [] : [list(brief.next.map(dated))])
    }

    private var articles: String? {
        let entries = brief.articles.map { article in
            let copy = article.copyOf.map { "a copy of [\($0)]" }
            let facts = [article.outlet, article.published.map(BriefWords.day), copy]
                .compactMap(\.self).joined(separator: ", ")
            let title = inline(BriefWords.title(of: article))
            let address = page(article) ?? ShownText.link(article.url)
            let name = address.map { "<a href=\"\(escaped($0))\">\(title)</a>" } ?? title
            return """
                <li id="brief-article-\(article.number)" value="\(article.number)">\(name) \
                <span class="facts">\(inline(facts))</span></li>
                """
        }
        let rows = entries.joined(separator: "\n")
        return part(BriefWords.articles, entries.isEmpty ? [] : ["<ol>\n\(rows)\n</ol>"])
    }

    // MARK: - Pieces

    private func part(_ title: String, _ content: [String]) -> String? {
        guard !content.isEmpty else { return nil }
        let anchor = "brief-" + title.lowercased().split(separator: " ").joined(separator: "-")
        return """
            <section aria-labelledby="\(anchor)">
            <h\(level) id="\(anchor)">\(escaped(title))</h\(level)>
            \(content.joined(separator: "\n"))
            </section>
            """
    }

    private func subheading(_ text: String) -> String {
        "<h\(level + 1) class=\"days\">\(escaped(text))</h\(level + 1)>\n"
    }

    private func list(_ entries: [String]) -> String {
        "<ul>\n" + entries.map { "<li>\($0)</li>\n" }.joined() + "</ul>"
    }

    private func sentence(_ line: BriefLine) -> String {
        "\(inline(line.text)) \(reference(line.article, at: line))"
    }

    private func dated(_ line: BriefLine) -> String {
        let day = BriefWords.day(of: line).map { words in
            " <time datetime=\"\(escaped(line.dated ?? ""))\">\(escaped(words))</time>"
        }
        return "\(inline(line.text))\(day ?? "") \(reference(line.article, at: line))"
    }

    /// A link to an article: to the span's place when the span is of that article.
    private func reference(_ number: Int, at line: BriefLine? = nil) -> String {
        let own = line.flatMap { $0.article == number ? place($0) : nil }
        let article = brief.articles.indices.contains(number - 1) ? brief.articles[number - 1] : nil
        let facts = [article?.outlet, article?.published.map(BriefWords.day)].compactMap(\.self)
        let label = facts.isEmpty ? "" : " title=\"\(escaped(facts.joined(separator: ", ")))\""
        let address = own ?? "#brief-article-\(number)"
        return "<a class=\"ref\" href=\"\(escaped(address))\"\(label)>[\(number)]</a>"
    }

    /// Text of an article inside of our own: its direction stays within it.
    private func inline(_ text: String) -> String { "<bdi>\(escaped(text))</bdi>" }

    private func escaped(_ text: String) -> String { ShownText.html(text) }
}

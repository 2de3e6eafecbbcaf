import WirecopyMessages
import WirecopyStorage

/// The text of an article with its names, statements and sources marked, and between its paragraphs
/// what was left out of the page.
struct ArticleText {
    /// Bytes of a paragraph that are shown on one page; the rest is in the export.
    private static let paragraphBytesMax = 20_000
    /// Characters of a block that was left out.
    private static let droppedMax = 240
    /// Blocks that were left out, in one place of the page.
    private static let droppedBlocksMax = 12

    private let article: ArticleReport
    private let range: Range<Int>
    private let place: Range<Int>?

    /// Prepares some paragraphs of an article; `place` is one that the reader came for.
    init(_ article: ArticleReport, paragraphs: Range<Int>, place: Range<Int>? = nil) {
        self.article = article
        range = paragraphs
        self.place = place
    }

    /// The text.
    var html: HTML {
        let runs = marked.paragraphs
        let byPlace = Dictionary(grouping: article.dropped) { block in
            min(block.after ?? article.paragraphs.count, article.paragraphs.count)
        }
        let isLast = range.upperBound == article.paragraphs.count
        let paragraphs = range.map { index -> HTML in
            blocks(byPlace[index])
                + paragraph(article.paragraphs[index].kind, runs[index - range.lowerBound])
        }
        let rest = isLast ? blocks(byPlace[article.paragraphs.count]) : .empty
        return """
            \(legend)
            <div class="text" dir="auto"\(Self.language(article.language))>
            \(paragraphs.joined(separator: "\n"))
            \(rest)
            </div>
            """
    }

    /// The attribute `lang`, when the language is one that may stand there.
    static func language(_ language: String?) -> HTML {
        guard let language, language.utf8.count <= 35,
            language.utf8.allSatisfy({
                $0 == UInt8(ascii: "-")
                    || Character(Unicode.Scalar($0)).isASCII
                        && (Character(Unicode.Scalar($0)).isLetter
                            || Character(Unicode.Scalar($0)).isNumber)
            })
        else { return .empty }
        return " lang=\"\(language)\""
    }

    private var marked: MarkedText {
        var marks: [(range: Range<Int>, mark: MarkedText.Mark)] = []
        func add(_ start: Int, _ end: Int, _ mark: MarkedText.Mark) {
            guard start < end else { return }
            marks.append((start..<end, mark))
        }
        for (index, mention) in article.mentions.enumerated() {
            add(mention.start, mention.end, .mention(index))
        }
        for (index, quotation) in article.quotations.enumerated() {
            add(quotation.start, quotation.end, .quotation(index))
        }
        for (index, citation) in article.citations.enumerated() {
            add(citation.start, citation.end, .citation(index))
        }
        // The only value among the marks: the place that the reader came for.
        if let place { add(place.lowerBound, place.upperBound, .value(0)) }
        let shown = article.paragraphs[range].map {
            $0.start..<min($0.end, $0.start + Self.paragraphBytesMax)
        }
        return MarkedText(Array(article.text.utf8), paragraphs: shown, marks: marks)
    }

    private var legend: HTML {
        let droppedCount = article.dropped.count
        let dropped: HTML =
            droppedCount == 0
            ? .empty
            : """
            <label><input type="checkbox" id="show-dropped"> what was left out \
            <small>\(droppedCount)</small></label>
            """
        return """
            <fieldset class="legend"><legend>Show</legend>
            <label class="names"><input type="checkbox" id="show-names" checked> names \
            <small>\(article.mentions.count)</small></label>
            <label class="said"><input type="checkbox" id="show-said" checked> statements \
            <small>\(article.quotations.count { $0.kind != "not_speech" })</small></label>
            \(dropped)
            </fieldset>
            """
    }

    private func paragraph(_ kind: String, _ runs: [MarkedText.Run]) -> HTML {
        var html = HTML.empty
        var quotation: Int?
        var isHere = false
        for run in runs {
            if run.quotation != quotation, let index = run.quotation {
                html += opening(index)
                quotation = index
            }
            if run.value == nil {
                html += words(run)
            } else {
                html += "<mark\(isHere ? HTML.empty : " id=\"here\"")>\(words(run))</mark>"
                isHere = true
            }
            if run.endsQuotation, let index = run.quotation {
                html += "</span>" + speaker(of: index)
                quotation = nil
            }
        }
        return kind == "heading"
            ? "<h2 class=\"inner\" dir=\"auto\">\(html)</h2>"
            : "<p dir=\"auto\"\(kind == "lede" ? " class=\"lede\"" : HTML.empty)>\(html)</p>"
    }

    private func opening(_ index: Int) -> HTML {
        let isSaid = article.quotations[index].kind != "not_speech"
        return "<span id=\"q\(index)\" class=\"q\(isSaid ? " said" : "")\">"
    }

    /// Who said it, behind the statement.
    private func speaker(of index: Int) -> HTML {
        let quotation = article.quotations[index]
        guard quotation.kind != "not_speech", let name = quotation.speaker else { return .empty }
        let shown = Parts.name(name, max: 80)
        guard let entity = quotation.speakerEntity else {
            return " <span class=\"by\">\(shown)</span>"
        }
        return " <a class=\"by\" href=\"/names/\(entity)\">\(shown)</a>"
    }

    private func words(_ run: MarkedText.Run) -> HTML {
        let words: HTML =
            run.citation == nil ? "\(run.text)" : "<span class=\"cited\">\(run.text)</span>"
        guard let index = run.mention else { return words }
        let mention = article.mentions[index]
        return "<a class=\"m \(mention.type)\" href=\"/names/\(mention.entity)\">\(words)</a>"
    }

    /// What stood here on the page and is no part of the text.
    private func blocks(_ dropped: [ArticleReport.Dropped]?) -> HTML {
        guard let dropped else { return .empty }
        let shown = dropped.prefix(Self.droppedBlocksMax).map { block -> HTML in
            """
            <li><span class="why">\(block.label)</span> \
            <span dir="auto">\(Parts.cut(block.text, Self.droppedMax))</span></li>
            """
        }
        let rest = dropped.count - shown.count
        let more: HTML = rest > 0 ? "<li>and \(rest) more</li>" : .empty
        return """
            <aside class="dropped" aria-label="Left out here">\
            <ul>\(shown.joined())\(more)</ul></aside>

            """
    }
}

import WirecopyMessages
import WirecopyStorage

/// One article: its text with what was found in it, what was left out, and the evidence of each
/// field.
struct ArticlePage {
    let article: ArticleReport
    /// Which part of a long text is shown, counted from 1.
    var part = 1
    /// A place in the text that the reader came for.
    var place: Range<Int>?
    /// The story to which it belongs, with the reasons.
    var story: StoryPlaceReport?

    /// The page.
    var document: Document {
        Document(title: article.title ?? article.url, part: .articles, main: main)
    }

    private var parts: ArticleParts { ArticleParts(article) }

    private var main: HTML {
        """
        <div class="reading">
        <article aria-labelledby="title">
        \(head)
        \(ArticleText(article, paragraphs: parts.paragraphs(of: part), place: place).html)
        \(pager)
        </article>
        <aside aria-label="What was found">
        \(part == 1 ? ArticleAside(article, story: story).html : .empty)
        </aside>
        </div>
        \(part == 1 ? ArticleEvidence(article).html : .empty)
        """
    }

    private var head: HTML {
        let section = article.section.map { " · \($0)" } ?? ""
        let subtitle = article.subtitle.map { text -> HTML in
            "<p class=\"deck\" dir=\"auto\">\(Parts.cut(text, 600))</p>"
        }
        return """
            <header>
            <p class="eyebrow"><bdi>\(Parts.cut(article.siteName ?? article.host, 80))\
            \(Parts.cut(section, 60))</bdi></p>
            <h1 id="title" dir="auto"\(language)>\(ArticleList.title(article.title))</h1>
            \(subtitle ?? .empty)
            \(byline)
            <p class="address">\(Parts.outside(article.url))</p>
            <p class="hint">\(CitesPage.link(article.host, "Who cites this outlet")) · \
            \(ExportLinks("/api/v1/articles/\(article.id)/export").html)</p>
            </header>
            """
    }

    private var language: HTML { ArticleText.language(article.language) }

    private var byline: HTML {
        let authors = article.authors.prefix(8).map { Parts.name($0, max: 80) }
        let by: HTML = authors.isEmpty ? .empty : "By \(authors.joined(separator: ", ")) · "
        let date =
            article.published.map { date -> HTML in
                let note = article.publishedIsInferred == true ? " (concluded in part)" : ""
                return "\(Figure.published(date))\(note)"
            } ?? "first seen \(Figure.moment(article.firstSeenMs))"
        return "<p class=\"byline\">\(by)\(date)</p>"
    }

    private var pager: HTML {
        guard parts.count > 1 else { return .empty }
        let links = (1...parts.count).map { number -> HTML in
            number == part
                ? "<li><span aria-current=\"page\">\(number)</span></li>"
                : "<li><a href=\"/articles/\(article.id)?part=\(number)\">\(number)</a></li>"
        }
        return """
            <nav class="pager" aria-label="Parts of the text"><ol>\(links.joined())</ol></nav>
            """
    }
}

/// A long text in parts, cut between paragraphs.
struct ArticleParts {
    private let starts: [Int]
    private let end: Int
    /// First bytes of the paragraphs.
    private let firstBytes: [Int]

    /// Cuts an article's text where a part has `WebLimits.articleBytesMax`.
    init(_ article: ArticleReport) {
        var starts = [0]
        var bytes = 0
        for (index, paragraph) in article.paragraphs.enumerated() {
            let size = paragraph.end - paragraph.start
            if bytes > 0, bytes + size > WebLimits.articleBytesMax {
                starts.append(index)
                bytes = 0
            }
            bytes += size
        }
        self.starts = starts
        firstBytes = article.paragraphs.isEmpty ? [0] : article.paragraphs.map(\.start)
        end = article.paragraphs.count
    }

    /// How many parts there are, one at least.
    var count: Int { starts.count }

    /// The part in which a place of the text begins.
    func part(of place: Range<Int>) -> Int {
        (starts.lastIndex { firstBytes[$0] <= place.lowerBound } ?? 0) + 1
    }

    /// The indexes of the paragraphs of a part; empty for a part that does not exist.
    func paragraphs(of part: Int) -> Range<Int> {
        guard starts.indices.contains(part - 1) else { return 0..<0 }
        return starts[part - 1]..<(part < starts.count ? starts[part] : end)
    }
}

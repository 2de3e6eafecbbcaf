import WirecopyMessages
import WirecopyStorage
import WirecopyStories

/// Stories, those with the newest articles first.
struct StoriesPage {
    /// How the stories are chosen.
    struct Question: Sendable {
        /// Only stories with an article since this day, as it was given.
        var since: String?
        /// Only stories of at least so many articles.
        var articlesMin = 2
        /// Stories that come before.
        var offset = 0
    }

    let question: Question
    let found: Result<StoryListReport, WebFailure>

    /// The page.
    var document: Document { Document(title: "Stories", part: .stories, main: main) }

    private var main: HTML {
        let single: HTML = question.articlesMin == 1 ? " checked" : .empty
        return """
            <h1>Stories</h1>
            <form class="ask" action="/stories" method="get">
            <p><label for="since">News since</label>
            <input id="since" name="since" type="date" value="\(question.since ?? "")"></p>
            <p class="tick"><label><input type="checkbox" name="single" value="1"\(single)> \
            also of one article</label></p>
            <p><button>Show</button></p>
            </form>
            <p class="hint"><a href="/stories/edits">Stories by hand</a>: what persons decided.</p>
            \(list)
            """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.stories.isEmpty else { return Parts.nothing("No stories here yet.") }
            let next = Parts.next(
                "/stories",
                [
                    ("since", question.since),
                    ("single", question.articlesMin == 1 ? "1" : nil),
                    ("offset", String(question.offset + report.stories.count)),
                ],
                "Older stories"
            )
            return StoryList(report.stories, isBelowHeading: false).html
                + (report.hasMore ? next : .empty)
        }
    }
}

/// Stories as a list of headlines.
struct StoryList {
    private let stories: [StorySummary]
    private let isBelowHeading: Bool

    /// Prepares stories; `isBelowHeading` says that the list stands in a section of the page.
    init(_ stories: [StorySummary], isBelowHeading: Bool = true) {
        self.stories = stories
        self.isBelowHeading = isBelowHeading
    }

    /// The list.
    var html: HTML {
        let entries = stories.map { story -> HTML in
            let link: HTML = """
                <a href="/stories/\(story.id)" dir="auto">\(Self.title(story.title))</a>
                """
            let headline: HTML =
                isBelowHeading
                ? "<h3 class=\"headline\">\(link)</h3>" : "<h2 class=\"headline\">\(link)</h2>"
            return "<li>\(headline)<p class=\"origin\">\(Self.facts(story))</p></li>"
        }
        return "<ul class=\"articles\">\n\(entries.joined(separator: "\n"))\n</ul>"
    }

    /// A headline, or words that stand for it.
    static func title(_ title: String?) -> String {
        guard let title, !title.isEmpty else { return "A story without a headline" }
        return Parts.cut(title)
    }

    /// How large a story is, and when it was in the news.
    static func facts(_ story: StorySummary) -> HTML {
        let (first, last) = (day(story.firstMs), day(story.lastMs))
        let days: HTML = first == last ? "\(first)" : "\(first) to \(last)"
        let episodes = story.episodes > 1 ? ", " + Figure.count(story.episodes, "episode") : ""
        return """
            \(Figure.count(story.articles, "article")) of \
            \(Figure.count(story.outlets, "outlet"))\(episodes) · \(days)
            """
    }

    private static func day(_ milliseconds: Int) -> String {
        let text = Instant(milliseconds: milliseconds).rfc3339
        return Figure.civilDay(text) ?? text
    }
}

/// One story: its brief, its days as a picture, who cites whom, how it came to be.
struct StoryPage {
    /// Episodes and articles that the page lists itself; the brief has the central ones.
    private static let membersShown = 60
    private static let changesShown = 20

    let story: StoryReport
    let brief: ShownBrief
    /// Whether the reader has shown the token.
    let mayChange: Bool

    /// The page.
    var document: Document {
        Document(title: StoryList.title(story.summary.title), part: .stories, main: main)
    }

    private var main: HTML {
        """
        <header>
        <p class="eyebrow">Story \(story.summary.id)</p>
        <h1 dir="auto">\(StoryList.title(story.summary.title))</h1>
        <p class="byline">\(StoryList.facts(story.summary))</p>
        <p class="hint">\(ExportLinks("/api/v1/stories/\(story.summary.id)/export").html)</p>
        </header>
        \(Parts.section("days", "Days", picture(brief.timeline, "Timeline")))
        \(brief.text)
        \(Parts.section("graph", "Who quotes and cites whom", picture(brief.graph, "Graph")))
        \(Parts.section("members", "How it grew", members))
        \(Parts.section("by-hand", "By hand", forms.html))
        """
    }

    /// A picture that scrolls sideways where the screen is narrow.
    private func picture(_ svg: HTML, _ name: String) -> HTML {
        svg.isEmpty
            ? .empty
            : """
            <div class="picture" role="region" aria-label="\(name)" tabindex="0">\(svg)</div>
            """
    }

    private var forms: StoryEditForms {
        StoryEditForms(story: story.summary.id, mayChange: mayChange)
    }

    private var members: HTML {
        let all = story.episodes.enumerated().flatMap { index, episode in
            episode.articles.map { (index + 1, $0) }
        }
        let rows = all.prefix(Self.membersShown).map { episode, article -> HTML in
            let copy: HTML =
                article.copyOf.map {
                    "<small>a copy of <a href=\"/articles/\($0)\">\($0)</a></small>"
                } ?? .empty
            return """
                <tr><th scope="row">\(episode)</th>\
                <td>\(forms.box(article.id, ArticleList.title(article.title)))\
                <a href="/articles/\(article.id)" dir="auto">\
                \(ArticleList.title(article.title))</a> \(copy)</td>\
                <td>\(ArticleList.origin(article.siteName, article.host, article.published))</td>\
                </tr>
                """
        }
        let rest = all.count - rows.count
        let more: HTML = rest > 0 ? "<p class=\"more\">and \(rest) more</p>" : .empty
        return Parts.table(
            "Articles of the story by episode",
            [.init("Episode"), .init("Article"), .init("Where and when")],
            rows
        ) + more + changes
    }

    private var changes: HTML {
        let rows = story.changes.suffix(Self.changesShown).map { change -> HTML in
            let hand: HTML =
                change.edit.map { ", by hand (<a href=\"/stories/edits\">edit \($0)</a>)" }
                ?? .empty
            return "<li>\(Self.told(change))\(hand).</li>"
        }
        return rows.isEmpty ? .empty : "<ul>\(rows.joined())</ul>"
    }

    private static func told(_ change: StoryReport.Change) -> HTML {
        switch (change.kind, change.article) {
        case ("split", _): "Story \(change.other) was split off story \(change.story)"
        case ("moved", .some(let article)):
            "<a href=\"/articles/\(article)\">An article</a> moved from story \(change.story) "
                + "to \(change.other)"
        default: "Story \(change.story) became a part of story \(change.other)"
        }
    }
}

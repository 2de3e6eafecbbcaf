import WirecopyStorage

/// What persons decided about stories, newest first.
struct StoryEditsPage {
    /// Edits that the page lists; `wirecopy stories edits` has more.
    private static let editsShown = 100
    private static let articlesShown = 5

    let found: Result<StoryEditReport, WebFailure>
    let mayChange: Bool

    /// The page.
    var document: Document { Document(title: "Stories by hand", part: .stories, main: main) }

    private var main: HTML {
        """
        <h1>Stories by hand</h1>
        <p class="hint">What was decided stays, whatever comes later. One that is undone gives its \
        articles back to where they were.</p>
        \(list)
        """
    }

    private var list: HTML {
        switch found {
        case .failure(let failure): return Parts.nothing("\(failure.message)")
        case .success(let report):
            guard !report.edits.isEmpty else {
                return Parts.nothing("Nobody has changed a story by hand.")
            }
            return Parts.table(
                "What was decided",
                [.init("Edit"), .init("When"), .init("What"), .init("Undo")],
                report.edits.prefix(Self.editsShown).map(row)
            )
        }
    }

    private func row(_ edit: StoryEdit) -> HTML {
        """
        <tr><th scope="row">\(edit.id)</th><td>\(Figure.moment(edit.atMs))</td>\
        <td>\(Self.told(edit))</td><td>\(undo(edit))</td></tr>
        """
    }

    private static func told(_ edit: StoryEdit) -> HTML {
        let (story, other) = (link(edit.story), link(edit.other))
        let articles = edit.articles.prefix(articlesShown).map { id -> HTML in
            "<a href=\"/articles/\(id)\">\(id)</a>"
        }
        let rest = edit.articles.count - articles.count
        let more = rest > 0 ? " and \(rest) more" : ""
        let which: HTML = "\(articles.joined(separator: ", "))\(more)"
        return switch edit.action {
        case .merge: "\(story) is a part of \(other)."
        case .split: "\(other) is not \(story): \(which)"
        case .move: "\(other), not \(story), has \(which)"
        }
    }

    private static func link(_ story: Int) -> HTML {
        "<a href=\"/stories/\(story)\">story \(story)</a>"
    }

    private func undo(_ edit: StoryEdit) -> HTML {
        if let undone = edit.undoneAtMs { return "undone \(Figure.moment(undone))" }
        guard mayChange else { return "<a href=\"/sign-in\">Sign in</a>" }
        return """
            <form action="/stories/edits" method="post">\
            <input type="hidden" name="action" value="undo">\
            <input type="hidden" name="edit" value="\(edit.id)">\
            <button aria-label="Undo edit \(edit.id)">Undo</button></form>
            """
    }
}

/// The controls with which a story is changed, for those who may.
struct StoryEditForms {
    /// The form to which the boxes of articles belong.
    static let boxes = "articles-by-hand"

    let story: Int
    let mayChange: Bool

    /// A box beside an article, by which it is chosen; empty for readers.
    func box(_ article: String, _ title: String) -> HTML {
        mayChange
            ? """
            <input type="checkbox" form="\(Self.boxes)" name="article" value="\(article)" \
            aria-label="Choose: \(title)">
            """ : .empty
    }

    /// The forms.
    var html: HTML {
        let edits: HTML = "<a href=\"/stories/edits\">what was decided</a>"
        guard mayChange else {
            return """
                <p class="hint">Not one story, or more than one? <a href="/sign-in">Sign in</a> to \
                change it by hand; see \(edits).</p>
                """
        }
        return """
            <p class="hint">Choose articles above to take them out, or join the whole story with \
            another. What is decided here stays, and can be undone: see \(edits).</p>
            <form class="ask" id="\(Self.boxes)" action="/stories/edits" method="post">
            <input type="hidden" name="story" value="\(story)">
            <p><label for="move-to">Number of a story</label>
            <input id="move-to" name="other" inputmode="numeric" maxlength="20"></p>
            <p><button name="action" value="move">Move the chosen there</button></p>
            <p><button class="act" name="action" value="split">Make the chosen a story</button></p>
            </form>
            <form class="ask" action="/stories/edits" method="post">
            <input type="hidden" name="action" value="merge">
            <input type="hidden" name="story" value="\(story)">
            <p><label for="join-with">Number of a story</label>
            <input id="join-with" name="other" inputmode="numeric" maxlength="20" required></p>
            <p><button>Join with it</button></p>
            </form>
            """
    }
}

import WirecopyStorage

/// One version of an article beside the one before it: what was taken out and what was added.
struct VersionPage {
    /// Paragraphs that are shown, from the first that changed on.
    private static let paragraphsMax = 200
    private static let pieceMax = 4000

    let difference: VersionDiff

    /// The page.
    var document: Document {
        Document(title: "Version \(difference.to.n)", part: .articles, main: main)
    }

    private var isFirst: Bool { difference.from.n == difference.to.n }

    private var main: HTML {
        let title =
            difference.title.isEmpty
            ? "An article without a headline" : pieces(difference.title)
        let compared: HTML =
            isFirst ? .empty : ", beside version \(difference.from.n)"
        let paragraphs = difference.paragraphs.prefix(Self.paragraphsMax).map { paragraph -> HTML in
            "<p dir=\"auto\">\(pieces(paragraph.pieces))</p>"
        }
        return """
            <article aria-labelledby="title" class="single">
            <header>
            <p class="eyebrow"><a href="/articles/\(difference.article)">Version \(difference.to.n)\
            </a>\(compared), received \(Figure.moment(difference.to.fetchedAtMs))</p>
            <h1 id="title" dir="auto">\(title)</h1>
            </header>
            \(corrections)
            <div class="text" dir="auto">\(paragraphs.joined(separator: "\n"))</div>
            \(versions)
            </article>
            """
    }

    private var corrections: HTML {
        difference.to.corrections.map { note -> HTML in
            "<p class=\"flag\" dir=\"auto\">\(Parts.cut(note))</p>"
        }.joined()
    }

    private func pieces(_ pieces: [VersionDiff.Piece]) -> HTML {
        pieces.map { piece -> HTML in
            let words = Parts.cut(piece.text, Self.pieceMax)
            return switch piece.kind {
            case .kept: "\(words)"
            case .removed: "<del>\(words)</del>"
            case .added: "<ins>\(words)</ins>"
            }
        }.joined(separator: " ")
    }

    private var versions: HTML {
        guard difference.versions > 1 else { return .empty }
        let first = max(1, difference.to.n - 4)
        let links = (first...min(difference.versions, first + 8)).map { number -> HTML in
            number == difference.to.n
                ? "<li><span aria-current=\"page\">\(number)</span></li>"
                : """
                <li><a href="/articles/\(difference.article)/versions/\(number)">\(number)</a></li>
                """
        }
        return "<nav class=\"pager\" aria-label=\"Versions\"><ol>\(links.joined())</ol></nav>"
    }
}

/// Asks for the token.
struct SignInPage {
    /// What went wrong the last time, if anything.
    var problem: String?
    /// Whether the reader has shown it already.
    let isSignedIn: Bool

    /// The page.
    var document: Document { Document(title: "Sign in", main: main) }

    private var main: HTML {
        let problem = problem.map { "<p class=\"flag\" role=\"alert\">\($0)</p>" as HTML }
        guard !isSignedIn else {
            return """
                <h1>Signed in</h1>
                <p>This browser may retry dead letters and replay pages for a day.</p>
                <form action="/sign-out" method="post"><button>Sign out</button></form>
                """
        }
        return """
            <h1>Sign in</h1>
            \(problem ?? .empty)
            <p>The token is in the file <code>run/web-token</code> of the installation's folder, \
            or it is the one that was given at the start.</p>
            <form class="ask" action="/sign-in" method="post">
            <p><label for="token">Token</label>
            <input id="token" name="token" type="password" autocomplete="current-password" \
            required maxlength="\(WebLimits.textMax)"></p>
            <p><button class="act">Sign in</button></p>
            </form>
            """
    }
}

/// What stands where a page cannot be shown.
struct FailurePage {
    let failure: WebFailure

    /// The page.
    var document: Document {
        Document(
            title: failure.title,
            main: """
                <h1>\(failure.title)</h1>
                <p>\(failure.message)</p>
                <p><a href="/">Back to the overview</a></p>
                """
        )
    }
}

import WirecopyStorage

/// One version of an article, as it was.
struct VersionPage {
    private static let textMax = 60_000

    let version: VersionReport
    let language: String?

    /// The page.
    var document: Document {
        Document(title: version.title ?? "Version \(version.n)", part: .articles, main: main)
    }

    private var main: HTML {
        let paragraphs = Parts.cut(version.text, Self.textMax)
            .split(separator: "\n\n").map { "<p dir=\"auto\">\(String($0))</p>" as HTML }
        return """
            <article aria-labelledby="title" class="single">
            <header>
            <p class="eyebrow"><a href="/articles/\(version.article)">Version \(version.n)</a>, \
            received \(Figure.moment(version.fetchedAtMs))</p>
            <h1 id="title" dir="auto">\(ArticleList.title(version.title))</h1>
            </header>
            <div class="text" dir="auto"\(ArticleText.language(language))>\
            \(paragraphs.joined(separator: "\n"))</div>
            </article>
            """
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

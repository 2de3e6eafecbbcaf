/// The frame of every page: landmarks, navigation, style sheet and script of our own.
struct Document {
    /// Characters of a title that are shown in a window's title.
    private static let titleMax = 120

    /// The parts of the site, in the order of the navigation.
    enum Part: String, CaseIterable {
        case overview = "Overview"
        case stories = "Stories"
        case articles = "Articles"
        case names = "Names"
        case quotes = "Quotes"
        case sources = "Sources"
        case deadLetters = "Dead letters"
        case replay = "Replay"

        var path: String {
            switch self {
            case .overview: "/"
            case .stories: "/stories"
            case .articles: "/articles"
            case .names: "/names"
            case .quotes: "/quotes"
            case .sources: "/sources"
            case .deadLetters: "/dead-letters"
            case .replay: "/replay"
            }
        }
    }

    /// Text of the window's title, not yet escaped.
    let title: String
    /// The part of the site to which the page belongs, if any.
    var part: Part?
    /// What the page shows; it begins with the page's `h1`.
    let main: HTML
    /// Whether the page is kept up to date by events.
    var isLive = false

    /// The document.
    func html(_ assets: WebAssets) -> HTML {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>\(String(title.prefix(Self.titleMax))) · Wirecopy</title>
        <link rel="icon" href="\(assets.icon.path)" type="image/svg+xml">
        <link rel="stylesheet" href="\(assets.style.path)">
        <script src="\(assets.script.path)" defer></script>
        </head>
        <body\(events)>
        <a class="skip" href="#main">Skip to the content</a>
        <header class="masthead">
        <a class="wordmark" href="/">Wirecopy</a>
        <nav aria-label="Main"><ul>\(navigation)</ul></nav>
        <form class="find" role="search" action="/articles" method="get">
        <label class="unseen" for="find">Search articles</label>
        <input id="find" name="q" type="search" maxlength="\(WebLimits.textMax)" \
        placeholder="Search articles">
        <button>Search</button>
        </form>
        </header>
        <main id="main" tabindex="-1">
        \(main)
        </main>
        <footer class="colophon">
        <p>Wirecopy · <a href="/api/v1/openapi.json">API</a> · \
        <a href="/sign-in">Sign in</a> · moments of this machine are UTC, dates of publication \
        as printed</p>
        </footer>
        </body>
        </html>

        """
    }

    private var events: HTML { isLive ? " data-events=\"/events\"" : .empty }

    private var navigation: HTML {
        Part.allCases.map { part -> HTML in
            let current: HTML = part == self.part ? " aria-current=\"page\"" : ""
            return "<li><a href=\"\(part.path)\"\(current)>\(part.rawValue)</a></li>"
        }.joined()
    }
}

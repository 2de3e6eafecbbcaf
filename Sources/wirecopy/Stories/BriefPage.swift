import WirecopyMessages
import WirecopyStories
import WirecopyWeb

/// A brief with its pictures as one page of HTML that needs nothing else: no script, no address
/// that is visited unasked, and all text of articles escaped.
struct BriefPage {
    private let brief: Brief

    /// Prepares a brief.
    init(_ brief: Brief) { self.brief = brief }

    /// The document.
    var html: String {
        let headline = BriefWords.headline(of: brief)
        let timeline = TimelinePicture(StoryTimeline(of: brief), title: headline)
        let graph = GraphPicture(StoryGraph(of: brief), title: headline)
        return PageText.document(
            title: headline,
            sheet: Self.sheet,
            body: """
                <header><h1 dir="auto">\(PageText.escaped(headline))</h1></header>
                <main>
                \(BriefHTML(brief).fragment)
                <section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
                <div class="wide">\(timeline.svg(isStandalone: false))</div></section>
                <section aria-labelledby="graph"><h2 id="graph">Who cites and quotes whom</h2>
                <div class="wide">\(graph.svg(isStandalone: false))</div></section>
                </main>
                """
        )
    }

    /// CSS; contrasts are at least 4.5 to 1 in both schemes (WCAG 2.2, 1.4.3).
    private static let sheet = """
        :root { color-scheme: light dark; --paper: #fdfdfb; --ink: #1c1d1f; --quiet: #5b6068;
          --line: #d9dbd6; --link: #245a9c; --odd: #8a5200; }
        @media (prefers-color-scheme: dark) {
          :root { --paper: #16181b; --ink: #e9e9e6; --quiet: #a3a8b0; --line: #383c42;
            --link: #8ab8ee; --odd: #f0b866; } }
        body { margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 48rem;
          background: var(--paper); color: var(--ink);
          font: 1.05rem/1.55 Georgia, serif; overflow-wrap: anywhere; }
        h1 { font-size: 1.9rem; line-height: 1.25; margin: 0 0 .4rem; }
        h2 { font-size: 1.25rem; margin: 2.4rem 0 .6rem; border-bottom: 1px solid var(--line); }
        h3 { font: 600 .92rem/1.4 system-ui, sans-serif; color: var(--quiet);
          margin: 1.4rem 0 .3rem; }
        ul, ol { padding-inline-start: 1.3rem; margin: .3rem 0 .8rem; } li { margin: .35rem 0; }
        .speaker p { margin: 1rem 0 0; } .speaker ul { margin-top: .2rem; }
        .summary, .role, .how, .variants, .basis, .chain, .facts, .more, .later, time {
          color: var(--quiet); }
        .summary, .facts, .chain, .more, .later, time { font: .92rem/1.5 system-ui, sans-serif; }
        .value { color: var(--odd); font-weight: 600; }
        a { color: var(--link); }
        .ref { font: .85rem system-ui, sans-serif; text-decoration: none; }
        .ref:hover, .ref:focus-visible { text-decoration: underline; }
        :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
        .wide { overflow-x: auto; } svg { max-width: none; }
        """
}

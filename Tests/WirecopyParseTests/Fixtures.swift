import WirecopyMessages

@testable import WirecopyParse

/// Pages made up for the tests.
enum Fixtures {
    static let readOn = Instant(milliseconds: 1_717_500_000_000)  // 2024-06-04

    static func source(_ text: String, type: String? = nil, url: String? = nil) -> PageSource {
        PageSource(
            url: url ?? "https://harbourpost.example/river",
            contentType: type,
            body: Array(text.utf8),
            fetchedAt: readOn
        )
    }

    /// The article that the shipped models find on a page of HTML.
    static func draft(_ page: String) throws -> ArticleDraft {
        HTMLPage.draft(of: source(page), try ParseModels.shipped())
    }

    static let paragraphs = [
        "The river Lenne rose by two metres on Tuesday after a night of heavy rain in the hills.",
        "“We have never seen it that fast,” said Marta Olsen, who runs the lock at Brede.",
        "Farmers moved some 400 cattle to higher ground, according to the district council.",
        "The council said it would open two schools for those who had to leave their homes.",
    ]

    /// A usual news page: head, navigation, article with boxes, related items, footer.
    static let page = """
        <!doctype html><html lang="en"><head><title>River rises - The Harbour Post</title>
        <meta property="og:site_name" content="The Harbour Post">
        <meta property="og:title" content="River rises">
        <meta property="article:published_time" content="2024-05-29T14:03:00+02:00">
        <meta name="author" content="By Ann Lee"><link rel="canonical" href="/news/river">
        </head><body>
        <nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
        <article><h1>River rises</h1><p class="standfirst">Two villages were cut off for a day
        when the Lenne left its bed.</p><div class="byline">By Ann Lee</div>
        <div class="article-body"><p>\(paragraphs[0])</p>
        <figure><img src="x.jpg"><figcaption>The lock at Brede on 3 January 2019.</figcaption>
        </figure><p>\(paragraphs[1])</p>
        <div class="newsletter-signup">
        <p>Sign up for our newsletter and never miss a flood.</p></div>
        <h2>Cattle moved</h2><p>\(paragraphs[2])</p><p>\(paragraphs[3])</p>
        <p><a href="/more">Read more: Ten floods that changed the valley</a></p></div>
        <div class="author-bio"><p>Ann Lee is a reporter in the valley and likes boats.</p></div>
        </article>
        <aside class="related"><h3>Related</h3><a href="/a">Ferry stops after storm in the bay</a>
        <a href="/b">Council elects a new head after long debate</a></aside>
        <footer><p>© 2024 The Harbour Post. All rights reserved.</p></footer></body></html>
        """

    /// Text copied out of a page with empty lines between its paragraphs.
    static let loosePage = """
        Support our journalism — become a member now and help us report in 2031.
        Become a member Gift membership
        Skip to content
        Marta Olsen opens the lock at Brede on Jan. 3, 2019, in the valley. (Photo by A B/Wire via \
        Getty Images)

        River rises after storm in the hills

        Written by Ann Lee

        May.29 - 2024 7:37 AM CET

        News
        Photo: Somebody
        \(paragraphs[0])

        Trending Now

        \(paragraphs[1])

        Subscribe to the weekly newsletter of the valley
        visit the valley

        Cattle moved

        \(paragraphs[2])

        \(paragraphs[3])

        Ferry: Captain says the storm came without a warning from the weather office
        The captain of the ferry was asked about the storm.
        Thanks to readers like you we keep our reporting free for everyone.
        Become a member Gift membership

        News Feed

        4:19 PM

        Ferry stops for a day.

        Enter your email to subscribe
        * indicates required
        """

    /// Text without empty lines, with a list of other headlines at the end.
    static let tightPage = """
        River mulls leaving its bed again
        Two villages are under pressure to move to higher ground before the next flood comes
        What happened
        \(paragraphs[0])
        Who said what
        \(paragraphs[1])
        \(paragraphs[2])
        What next?
        \(paragraphs[3])
        The Valley
        See beyond your village. Read the facts behind the floods, and more from many sides.
        Sign up for The Valley's Free Newsletters
        Ann has worked as a news writer at The Valley since 2008. She covers rivers and locks.
        -
        Why is the ferry so slow?TODAY'S QUESTION The captain has raised more questions than answers
        -
        Storm outraged at new lockSpeed Read
        """
}

import Testing

@testable import RobotsFile

/// What the standard says (RFC 9309), by its own examples and by its sentences.
struct RobotsStandardTests {
    private static let simple = """
        User-Agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-Agent: foobot
        Disallow:/
        Allow:/example/page.html
        Allow:/example/allowed.gif

        User-Agent: barbot
        User-Agent: bazbot
        Disallow: /example/page.html

        User-Agent: quxbot
        """

    private func isAllowed(_ target: String, _ robot: String, _ text: String) -> Bool {
        RobotsFile(Array(text.utf8)).rules(for: robot).verdict(on: RobotsPath(target)).isAllowed
    }

    @Test(arguments: [
        ("/example/page.html", "foobot", true), ("/example/allowed.gif", "foobot", true),
        ("/example/", "foobot", false), ("/", "foobot", false), ("/x.gif", "foobot", false),
        ("/example/page.html", "barbot", false), ("/example/other.html", "barbot", true),
        ("/example/page.html", "bazbot", false), ("/x.gif", "bazbot", true),
        // A group without rules allows everything, and is a group all the same.
        ("/example/", "quxbot", true), ("/x.gif", "quxbot", true),
        ("/example/", "tidebot", false), ("/a/x.gif", "tidebot", false),
        ("/a/x.gif?v=1", "tidebot", true), ("/publications/", "tidebot", true),
        ("/publications/x.gif", "tidebot", true), ("/", "tidebot", true),
    ])
    func `the first example decides as it says`(target: String, robot: String, isAllowed: Bool) {
        #expect(self.isAllowed(target, robot, Self.simple) == isAllowed)
    }

    @Test func `the longest match wins, and allowing among equals`() {
        let text = """
            User-Agent: foobot
            Allow: /example/page/
            Disallow: /example/page/disallowed.gif
            """
        #expect(isAllowed("/example/page/", "foobot", text))
        #expect(!isAllowed("/example/page/disallowed.gif", "foobot", text))
        #expect(isAllowed("/a", "foobot", "User-agent: *\nDisallow: /a\nAllow: /a"))
    }

    /// Names are compared without case; a version is no part of them; several groups are one.
    @Test func `names of robots are product tokens`() {
        let text = """
            user-agent: TideBot/2.1 (+https://tide.example)
            disallow: /a
            user-agent: tidebotter
            disallow: /c
            USER-AGENT: tidebot
            DISALLOW: /b
            """
        for target in ["/a", "/b"] { #expect(!isAllowed(target, "TIDEBOT", text)) }
        #expect(isAllowed("/c", "TideBot", text))
    }

    @Test(arguments: [
        // What is not ASCII is compared as UTF-8 that is percent-encoded.
        ("/foo/bar/\u{30C4}", "/foo/bar/%E3%83%84", false),
        ("/foo/bar/%E3%83%84", "/foo/bar/%E3%83%84", false),
        ("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", false),
        // Needless encodings say nothing.
        ("/foo/bar/%62%61%7A", "/foo/bar/baz", false),
        ("/foo/bar/baz", "/foo/bar/%62%61%7A", false),
        ("/foo/bar?baz=quz", "/foo/bar?baz=quz", false),
        // Paths are compared with case.
        ("/foo/bar", "/Foo/bar", true),
    ])
    func `characters are compared whatever way they are written in`(
        rule: String,
        target: String,
        isAllowed: Bool
    ) {
        #expect(
            self.isAllowed(target, "tidebot", "User-agent: *\nDisallow: \(rule)") == isAllowed
        )
    }

    @Test(arguments: [
        ("/path/file-with-a-%2A.html", "/path/file-with-a-%2A.html", false),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", false),
        ("/path/file-with-a-%2A.html", "/path/file-with-a-x.html", true),
        ("/path/foo-%24", "/path/foo-$", false), ("/path/foo-%24", "/path/foo-", true),
        ("/this/*/exactly", "/this/and/that/exactly", false),
        ("/this/path/exactly$", "/this/path/exactly", false),
        ("/this/path/exactly$", "/this/path/exactly/not", true),
        ("/a*b*$", "/axbx", false), ("*/b", "/a/b", false), ("/*$", "/", false),
    ])
    func `signs mean themselves where they are encoded`(
        rule: String,
        target: String,
        isAllowed: Bool
    ) {
        #expect(
            self.isAllowed(target, "tidebot", "User-agent: *\nDisallow: \(rule)") == isAllowed
        )
    }

    @Test(arguments: ["\n", "\r\n", "\r"])
    func `lines end in any of three ways, and comments end with them`(end: String) {
        let lines = ["# all", "User-agent: * # everybody", "", "Disallow: /a#b", "Allow:", "x"]
        let text = lines.joined(separator: end)
        #expect(!isAllowed("/a", "tidebot", text))
        #expect(isAllowed("/b", "tidebot", text))
    }

    @Test func `other records neither end nor begin a group`() {
        let text = """
            User-agent: a
            Sitemap: https://tide.example/map.xml
            Crawl-delay: 3
            User-agent: b

            Disallow: /x
            """
        for robot in ["a", "b"] { #expect(!isAllowed("/x", robot, text)) }
    }

    @Test func `rules in front of any group are nobody's`() {
        #expect(isAllowed("/x", "tidebot", "Disallow: /\nUser-agent: *\nDisallow: /y"))
    }
}

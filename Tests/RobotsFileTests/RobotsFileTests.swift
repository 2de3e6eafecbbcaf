import Testing

@testable import RobotsFile

/// The rules of an invented file for one robot.
private func rules(_ text: String, for token: String = "Wirecopy") -> RobotsRules {
    RobotsFile(Array(text.utf8)).rules(for: token)
}

private func isAllowed(_ target: String, by text: String) -> Bool {
    rules(text).verdict(on: RobotsPath(target)).isAllowed
}

@Suite struct RobotsFileTests {
    @Test func `a robot's own group counts and not everybody's`() {
        let text = """
            User-agent: *
            Disallow: /
            User-agent: WIRECOPY/2.0 (news)
            User-agent: otherbot
            Disallow: /desk
            """
        #expect(isAllowed("/a", by: text))
        #expect(!isAllowed("/desk/1", by: text))
        #expect(!rules(text, for: "third").verdict(on: RobotsPath("/a")).isAllowed)
    }

    @Test func `groups with one name are one group`() {
        let text = """
            User-agent: wirecopy
            Disallow: /a
            User-agent: other
            Disallow: /
            User-agent: wirecopy
            Disallow: /b
            """
        #expect(!isAllowed("/a", by: text))
        #expect(!isAllowed("/b", by: text))
        #expect(isAllowed("/c", by: text))
    }

    @Test(arguments: [
        ("/a/b", false), ("/a/b/", true), ("/a/b?x", false), ("/a", true), ("/c.pdf", false),
        ("/c.pdf?x", true), ("/d%2Ae", false), ("/dxe", true), ("/caf%c3%a9", false),
    ])
    func `the longest pattern decides`(target: String, isExpected: Bool) {
        let text = """
            User-agent: *
            Disallow: /a/b
            Allow: /a/b/
            Disallow: /*.pdf$
            Disallow: /d%2ae
            Disallow: /café
            """
        #expect(isAllowed(target, by: text) == isExpected)
    }

    @Test func `the line that decides is told`() {
        let verdict = rules("User-agent: *\n\n# desk\nDisallow: /desk").verdict(
            on: RobotsPath("/desk/1")
        )
        guard case .forbidden(let rule) = verdict else {
            Issue.record("It is not forbidden.")
            return
        }
        #expect(rule.line == 4)
        #expect(rule.pattern.text == "/desk")
    }

    @Test func `needless encodings hide nothing that is forbidden`() {
        let text = "User-agent: *\nDisallow: /desk\nDisallow: /%6eotes"
        #expect(!isAllowed("/%64esk", by: text))
        #expect(!isAllowed("/notes", by: text))
    }

    @Test func `pauses and sitemaps are read`() {
        let file = RobotsFile(
            Array(
                """
                Sitemap: https://tide.example/a.xml
                User-agent: *
                Crawl-delay: 2.5
                Disallow: /desk
                User-agent: slow
                Disallow:
                Crawl-delay: 999999999
                Crawl-delay: soon
                sitemap:https://tide.example/b.xml#part
                """.utf8
            )
        )
        #expect(file.rules(for: "Wirecopy").crawlDelay == .seconds(2.5))
        #expect(file.rules(for: "slow").crawlDelay == RobotsFile.crawlDelayMax)
        #expect(file.sitemaps == ["https://tide.example/a.xml", "https://tide.example/b.xml"])
    }

    @Test func `what is behind the size limit is not read`() {
        let filler = String(repeating: "# tide\n", count: RobotsFile.sizeMaxBytes / 7 + 1)
        let file = RobotsFile(Array((filler + "User-agent: *\nDisallow: /").utf8))
        #expect(file.isCut)
        #expect(file.rules(for: "Wirecopy").verdict(on: RobotsPath("/a")).isAllowed)
    }

    @Test func `rules that would take hours to follow forbid`() {
        let rule = "Disallow: /" + String(repeating: "*aaaaaaaaaaaaaaab", count: 100) + "\n"
        let text = "User-agent: *\n" + String(repeating: rule, count: 250)
        let path = RobotsPath("/" + String(repeating: "a", count: 8000))
        #expect(rules(text).verdict(on: path) == .tooCostly)
    }

    @Test func `signals in a group are read for its pages`() {
        let text = """
            User-agent: *
            Content-Signal: search=yes, ai-train=no
            Content-Usage: /archive/ train-ai=y, ai-input=n
            Allow: /
            """
        #expect(rules(text).usageSignals(of: RobotsPath("/a")) == [.noAITraining])
        #expect(
            rules(text).usageSignals(of: RobotsPath("/archive/a")) == [.noAITraining, .noAIInput]
        )
    }
}

@Suite struct UsageSignalTests {
    @Test(
        arguments: [
            ("noindex, noarchive", [.noIndex, .noArchive]),
            ("NONE", [.noIndex, .noFollow]),
            ("max-snippet: 0, max-image-preview:large", [.noSnippet]),
            ("max-snippet:-1", []),
            ("unavailable_after: 25 Jun 2030 15:00:00 PST, noai", [.noAI]),
            ("otherbot: noindex, nofollow", []),
            ("otherbot: noindex, wirecopy: noarchive", [.noArchive]),
            ("*: noimageai", [.noImageAI]),
            ("all", []), ("", []), (",,:,", []),
        ] as [(String, Set<UsageSignal>)]
    )
    func `robots tags are read`(value: String, signals: Set<UsageSignal>) {
        #expect(UsageReader.robotsTag(value, productToken: "Wirecopy") == signals)
    }

    @Test(
        arguments: [
            ("search=no", [.noIndex]), ("ai-train=no,ai-input=yes", [.noAITraining]),
            ("tdm=n; train-ai=\"n\"", [.miningReserved, .noAITraining]), ("search", []),
            ("ai-train=no=no", []), ("", []),
        ] as [(String, Set<UsageSignal>)]
    )
    func `preferences are read`(value: String, signals: Set<UsageSignal>) {
        #expect(UsageReader.preferences(value) == signals)
    }

    @Test func `a file of reservations is read entry by entry`() throws {
        let text = """
            [{"location": "/open/*", "tdm-reservation": 0}, {"location": 7}, 5,
             {"location": "/*", "tdm-reservation": 1, "tdm-policy": "https://tide.example/terms"}]
            """
        let file = try #require(MiningFile(Array(text.utf8)))
        #expect(file.rule(for: RobotsPath("/open/a"))?.isReserved == false)
        let rule = try #require(file.rule(for: RobotsPath("/a")))
        #expect(rule.isReserved)
        #expect(rule.policy == "https://tide.example/terms")
        #expect(MiningFile(Array("{}".utf8)) == nil)
        #expect(UsageReader.isMiningReserved(" 1 "))
        #expect(!UsageReader.isMiningReserved("0"))
    }

    @Test func `headers of an answer are read`() {
        let statements = UsageReader.statements(
            inHeaders: [
                ("x-robots-tag", "noarchive"), ("X-Robots-Tag", "otherbot: noindex"),
                ("TDM-Reservation", "1"), ("Content-Usage", "train-ai=n"), ("Server", "noindex"),
            ],
            for: "Wirecopy"
        )
        #expect(
            statements == [
                UsageStatement(.noArchive, .robotsHeader),
                UsageStatement(.miningReserved, .miningHeader),
                UsageStatement(.noAITraining, .usageHeader),
            ]
        )
    }

    @Test func `meta elements of a page are read`() {
        let statements = UsageReader.statements(
            inMeta: [
                ("ROBOTS", "noindex"), ("wirecopy", "noai"), ("otherbot", "nosnippet"),
                ("tdm-reservation", "1"), ("description", "none"),
            ],
            for: "Wirecopy"
        )
        #expect(
            statements == [
                UsageStatement(.noIndex, .robotsMeta), UsageStatement(.noAI, .robotsMeta),
                UsageStatement(.miningReserved, .miningMeta),
            ]
        )
    }

    @Test func `files of a site are read for a page`() {
        let robots = rules("User-agent: *\nContent-Signal: ai-input=no")
        let ai = rules("User-Agent: *\nDisallow: *.jpg\nDisallow: /desk/")
        let mining = MiningFile(Array(#"[{"location": "/desk/", "tdm-reservation": 1}]"#.utf8))
        let read = { (path: String) in
            Set(
                UsageReader.statements(
                    robots: robots,
                    ai: ai,
                    mining: mining,
                    on: RobotsPath(path)
                ).map(\.place)
            )
        }
        #expect(read("/a") == [.robotsFile])
        #expect(read("/a.jpg") == [.robotsFile, .aiFile])
        #expect(read("/desk/1") == [.robotsFile, .aiFile, .miningFile])
        #expect(
            UsageReader.statements(robots: nil, ai: nil, mining: nil, on: RobotsPath("/")) == []
        )
    }
}

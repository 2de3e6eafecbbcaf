import Testing
import WirecopyMessages

@testable import WirecopyStorage

/// What papers make of an agency's text, and what only looks like it.
@Suite struct AgencyCopyTests {
    private static let agency = [
        "ORMSTAD, May 3 (Coast Press) - The drawbridge at Ormstad stayed open for nine hours on "
            + "Friday after a cable snapped, cutting off the islands of Store and Vesle Orm.",
        "Some 4,000 commuters were stranded on the wrong side of the sound, the harbour office "
            + "said. The last of them reached home shortly before midnight.",
        "\"It went off like a shot,\" said Berta Hauge, who keeps the kiosk below the bridge. \"I "
            + "looked up and the counterweight was hanging by one side.\"",
        "Nobody was hurt. Engineers said a second cable had held the weight of 212 tonnes until "
            + "jacks could be set below it.",
        "The bridge was built in 1961 and last overhauled in 2019, when inspectors found rust in "
            + "two of its eight cables. Both were to be replaced this autumn.",
        "\"We knew that they were old and we thought that we had time,\" the head of the roads "
            + "department, Eskil Tonn, told a news conference.",
        "He said the bridge would carry cars again on Sunday at the earliest. Lorries would have "
            + "to take the ferry from Brakk for at least three weeks.",
        "The ferry company said it would put a second vessel into service and run through the "
            + "night, at no charge for residents of the islands.",
        "Island mayors have asked for a tunnel since 2008. A plan for one was shelved four years "
            + "ago because of its cost, put at 900 million crowns.",
        "-- Reporting by Una Dahlin; Editing by Per Roos",
    ]

    private static func sketch(_ paragraphs: [String]) -> TextSketch {
        TextSketch(Array(paragraphs.joined(separator: "\n\n").utf8))
    }

    private static func draft(_ host: String, _ paragraphs: [String], day: Int) -> Draft {
        var draft = Draft()
        draft.url = "https://\(host).example/bridge"
        draft.title = "The bridge, as \(host) tells it"
        draft.published = "2024-05-0\(day)"
        draft.paragraphs = paragraphs
        return draft
    }

    private static func strings(_ fixture: StoreFixture, _ sql: String) throws -> [String] {
        try fixture.read { try $0.all(String.self, sql) }
    }

    /// The text without each run of three paragraphs behind the first.
    private static let shortened = (1...7).map { start in
        agency.indices.filter { !(start..<start + 3).contains($0) }.map { agency[$0] }
    }

    /// How a desk makes a text its own.
    private static let edited = [
        ("ORMSTAD, May 3 (Coast Press) - The", "The"), ("on Friday", "yesterday"),
        ("Some 4,000", "About 4,000"), ("shortly before midnight", "around midnight"),
        ("the roads department", "Bridges and Roads"), ("at no charge", "free"),
    ]

    @Test func `a text that is shortened by a third is found`() {
        let whole = Self.sketch(Self.agency)
        for paragraphs in Self.shortened {
            let copy = Self.sketch(paragraphs)
            #expect(whole.overlap(with: copy).isNearCopy)
            #expect(!Set(whole.keys).isDisjoint(with: copy.keys))
        }
    }

    @Test func `a text that is shortened, edited and added to is found`() {
        let whole = Self.sketch(Self.agency)
        let local =
            "In Ormstad the school buses did not run. Head teacher Kari Lund kept 31 pupils "
            + "of the islands in the gymnasium, where parents fetched them by boat."
        for paragraphs in Self.shortened {
            let text = Self.edited.reduce(paragraphs.joined(separator: "\n\n")) {
                $0.replacing($1.0, with: $1.1)
            }
            let copy = Self.sketch([text, local])
            #expect(whole.overlap(with: copy).isNearCopy)
            #expect(!Set(whole.keys).isDisjoint(with: copy.keys))
        }
    }

    @Test(arguments: TestDatabase.all)
    func `papers that carry an agency's text are its copies, however cut`(_ database: TestDatabase)
        async throws
    {
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft("agency", Self.agency, day: 1))
            for (number, paragraphs) in Self.shortened.enumerated() {
                _ = try await stage.handle(Self.draft("paper\(number)", paragraphs, day: 2))
            }
            let originals = try Self.strings(
                fixture,
                "SELECT original_host FROM v_near_duplicate"
            )
            #expect(originals == Array(repeating: "agency.example", count: Self.shortened.count))
        }
    }

    @Test(arguments: TestDatabase.all)
    func `a report of its own, and one that recalls what happened, are no copies`(
        _ database: TestDatabase
    )
        async throws
    {
        let own = [
            "Kiosk owner Berta Hauge heard a bang, looked up and saw the counterweight of "
                + "Ormstad's drawbridge dangling. \"It went off like a shot,\" she says.",
            "A steel cable had parted. For nine hours the bridge stood open, and about 4,000 "
                + "people who work in town could not get back to Store and Vesle Orm.",
            "Eskil Tonn, who is in charge of roads, admitted that the cables were overdue. \"We "
                + "knew that they were old and we thought that we had time,\" he said.",
            "Cars may cross from Sunday. Until the cables are changed, lorries go by way of Brakk.",
        ]
        let later = [
            "Ormstad's drawbridge was opened to lorries on Monday, a week later than the roads "
                + "department had promised.",
            "Two new cables, each 61 metres long, were hung over the weekend by a crew from the "
                + "shipyard. Divers checked the piers and found them sound.",
            Self.agency[4],
            "The council votes on Thursday on a study for a tunnel, which would take until next "
                + "spring and cost 6 million crowns.",
            "\"I shall believe in it when I can hear it echo,\" said the mayor of Vesle Orm.",
        ]
        try await StoreFixture.with(database) { fixture in
            let stage = try await fixture.stage()
            _ = try await stage.handle(Self.draft("agency", Self.agency, day: 1))
            _ = try await stage.handle(Self.draft("own", own, day: 1))
            _ = try await stage.handle(Self.draft("later", later, day: 9))
            #expect(try Self.strings(fixture, "SELECT host FROM v_near_duplicate") == [])
        }
    }
}

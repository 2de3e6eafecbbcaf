/// Generated pages that report on stories: a few on each event, in other words each time.
///
/// What happens, where and to whom follows from the number of the story; pages of one share names
/// and figures and little else, as reports of several outlets do.
enum StoryPage {
    /// Pages of one story.
    static let perStory = 5

    private static let beginnings = ["Ka", "Lo", "Mir", "Sten", "Tor", "Vel", "Bra", "Dun", "Hol"]
    private static let endings = ["vik", "mere", "sund", "holm", "ness", "garth", "wick"]
    private static let givenNames = ["Ada", "Bero", "Cilla", "Dagny", "Egon", "Frida", "Gorm"]
    private static let events = [
        ("ferry", "ran aground on a sandbank", "passengers"),
        ("warehouse", "burned to its walls", "neighbours"),
        ("bridge", "was closed after a crack was found", "commuters"),
        ("clinic", "lost its only surgeon to a rival", "patients"),
        ("dam", "overflowed in a night of rain", "farmers"),
        ("theatre", "opened again after nine years", "visitors"),
    ]

    /// A page; the number decides story and report.
    static func html(_ number: Int) -> String {
        let (story, report) = (number / perStory, number % perStory)
        let place = word(story, beginnings, endings)
        let owner =
            "\(givenNames[story % givenNames.count]) \(word(story * 7 + 3, beginnings, endings))"
        let (subject, event, people) = events[story % events.count]
        let count = 40 + story * 13 % 400
        let title = titles(place, subject, owner, people)[report]
        let paragraphs = texts(place, subject, event, owner, people, count)[report]
        let day = 1 + story % 20 + report
        return """
            <!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>\(title)</title>
            <meta property="article:published_time" \
            content="2026-03-\(day < 10 ? "0" : "")\(day)T0\(report + 5):12:00Z"></head>
            <body><article><h1>\(title)</h1>
            \(paragraphs.map { "<p>\($0)</p>" }.joined(separator: "\n"))
            <p>This is page \(number) of the paper.</p></article></body></html>

            """
    }

    private static func word(_ number: Int, _ heads: [String], _ tails: [String]) -> String {
        heads[number % heads.count] + tails[number / heads.count % tails.count]
    }

    private static func titles(
        _ place: String,
        _ subject: String,
        _ owner: String,
        _ people: String
    ) -> [String] {
        [
            "\(place) \(subject): what is known", "\(owner) answers \(people) of \(place)",
            "A night at the \(subject) of \(place)", "Who pays in \(place)?",
            "\(people.prefix(1).uppercased() + people.dropFirst()) wait in \(place)",
        ]
    }

    private static func texts(
        _ place: String,
        _ subject: String,
        _ event: String,
        _ owner: String,
        _ people: String,
        _ count: Int
    ) -> [[String]] {
        [
            [
                "The \(subject) of \(place) \(event) late on Monday; \(count) \(people) were told.",
                "“We did what could be done,” \(owner) said in \(place) before sunrise.",
            ],
            [
                "\(owner) stood before \(count) \(people) in the hall of \(place) for an hour.",
                "“Nobody will be left alone with this,” \(owner) said of the \(subject).",
                "Some left early; the council of \(place) meets again in two weeks.",
            ],
            [
                "It was dark in \(place) when the \(subject) \(event), a watchman recalls.",
                "By his count \(count) \(people) came out with lamps and blankets.",
                "\(owner) arrived after midnight and asked for quiet.",
            ],
            [
                "Insurers put the loss at the \(subject) in \(place) at \(count) thousand crowns.",
                "“That is too low by half,” \(owner) said, who owns the larger share of it.",
                "A lawyer for \(people) wants the books of the company opened.",
            ],
            [
                "Three days on, \(count) \(people) still wait for word about the \(subject).",
                "In \(place) the shops close at noon, and \(owner) has stopped giving interviews.",
            ],
        ]
    }
}

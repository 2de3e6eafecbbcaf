import WirecopyMessages

// Articles that are of one story, and one that is not.
extension Draft {
    /// A report on a ferry that ran aground.
    static func ferry(_ n: Int, day: Int, title: String, _ more: String) -> Draft {
        var draft = Draft()
        draft.url = "https://news\(n).example/ferry-\(n)"
        draft.title = title
        draft.published = "2024-05-\(10 + day)T08:00:00Z"
        draft.fetchedAt += n
        draft.paragraphs = [
            "The ferry Halcyon ran aground off Dunmere with 212 people on board.",
            "Captain Ines Varga ordered passengers into boats near the Skerrow lighthouse. \(more)",
        ]
        draft.names = [
            ("Halcyon", .product), ("Dunmere", .politicalPlace), ("Ines Varga", .person),
            ("Skerrow", .place),
        ]
        draft.quotes = []
        return draft
    }

    /// A report on a vaccine.
    static var vaccine: Draft {
        var draft = Draft()
        draft.url = "https://news.example/vaccine"
        draft.title = "Orrin sells its malaria vaccine to Lumen"
        draft.published = "2024-05-11T09:00:00Z"
        draft.paragraphs = [
            "Orrin Biosciences will sell its malaria vaccine to Lumen Health for 2 billion.",
            "Chief executive Priya Dahl told analysts that it would pay for a new laboratory.",
        ]
        draft.names = [
            ("Orrin Biosciences", .organisation), ("Lumen Health", .organisation),
            ("Priya Dahl", .person),
        ]
        draft.quotes = []
        return draft
    }

    /// Reports of one story: two of one episode, a third of another.
    static let ferries = [
        ferry(1, day: 0, title: "Ferry aground off Dunmere", "Nobody was hurt."),
        ferry(2, day: 1, title: "212 rescued from the Halcyon", "Boats came from Dunmere harbour."),
        ferry(
            3,
            day: 15,
            title: "Halcyon's captain before the court",
            "Varga denies that she slept."
        ),
    ]
}

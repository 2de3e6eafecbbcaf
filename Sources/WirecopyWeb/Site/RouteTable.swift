/// All addresses of the site in one table: what is a page, what is of the API, and what is both.
///
/// `{id}` stands for a word, `{number}` for a whole number from 0 without leading zeros. The first
/// row that fits is taken.
enum RouteTable {
    /// What an address has in the places in braces.
    struct Values {
        var id = ""
        var number = 0
    }

    /// A pattern of words with what it leads to.
    struct Row: Sendable {
        let words: [Substring]
        let page: (@Sendable (Values) -> WebRoute)?
        let api: (@Sendable (Values) -> APIRoute)?

        init(
            _ pattern: String,
            page: (@Sendable (Values) -> WebRoute)? = nil,
            api: (@Sendable (Values) -> APIRoute)? = nil
        ) {
            words = pattern.split(separator: "/", omittingEmptySubsequences: false)
            self.page = page
            self.api = api
        }

        /// The values of an address; `nil` when it is another one.
        func values(_ address: [String]) -> Values? {
            guard address.count == words.count else { return nil }
            var values = Values()
            for (word, given) in zip(words, address) {
                switch word {
                case "{id}":
                    guard !given.isEmpty else { return nil }
                    values.id = given
                case "{number}":
                    guard let number = Int(given), number >= 0, String(number) == given else {
                        return nil
                    }
                    values.number = number
                default:
                    guard given == word else { return nil }
                }
            }
            return values
        }
    }

    /// The rows: what lists, then what it lists.
    static let rows = [
        Row("", page: { _ in .overview }),
        Row("status", api: { _ in .status }),
        Row("ledger", api: { _ in .ledger }),
        Row("openapi.json", api: { _ in .openAPI }),
        Row("events", page: { _ in .events }, api: { _ in .events }),
        Row("articles", page: { _ in .articles }, api: { _ in .articles }),
        Row("articles/{id}", page: { .article($0.id) }, api: { .article($0.id) }),
        Row(
            "articles/{id}/versions/{number}",
            page: { .version(article: $0.id, number: $0.number) }
        ),
        Row("articles/{id}/export", api: { .exportArticle($0.id) }),
        Row("search", api: { _ in .search }),
        Row("export", api: { _ in .export }),
        Row("names", page: { _ in .names }, api: { _ in .names }),
        Row("names/{number}", page: { .name($0.number) }, api: { .name($0.number) }),
        Row("quotes", page: { _ in .quotes }, api: { _ in .quotes }),
        Row("cites", page: { _ in .cites }, api: { _ in .cites }),
        Row("stories", page: { _ in .stories }, api: { _ in .stories }),
        Row("stories/edits", page: { _ in .storyEdits }, api: { _ in .storyEdits }),
        Row("stories/{number}", page: { .story($0.number) }, api: { .story($0.number) }),
        Row("stories/{number}/brief", api: { .brief($0.number) }),
        Row("stories/{number}/export", api: { .exportStory($0.number) }),
        Row("sources", page: { _ in .sources }, api: { _ in .sources }),
        Row("dead-letters", page: { _ in .deadLetters }, api: { _ in .deadLetters }),
        Row("dead-letters/retry", page: { _ in .retry }, api: { _ in .retry }),
        Row(
            "dead-letters/{number}",
            page: { .deadLetter($0.number) },
            api: { .deadLetter($0.number) }
        ),
        Row("replay", page: { _ in .replay }, api: { _ in .replay }),
        Row("trace", page: { _ in .trace }, api: { _ in .trace }),
        Row("sign-in", page: { _ in .signIn }),
        Row("sign-out", page: { _ in .signOut }),
    ]

    /// The page at an address.
    static func page(_ address: [String]) -> WebRoute? {
        first(address) { $0.page }.map { $0($1) }
    }

    /// What the API has at an address behind its version.
    static func api(_ address: [String]) -> APIRoute? {
        first(address) { $0.api }.map { $0($1) }
    }

    private static func first<Target>(
        _ address: [String],
        _ kind: (Row) -> Target?
    ) -> (Target, Values)? {
        for row in rows {
            if let target = kind(row), let values = row.values(address) { return (target, values) }
        }
        return nil
    }
}

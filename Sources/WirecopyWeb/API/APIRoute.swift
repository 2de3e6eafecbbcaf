/// The addresses of the API, version 1; `openapi.json` describes each.
enum APIRoute: Equatable {
    case openAPI
    case status
    case ledger
    case articles
    case article(String)
    case search
    case names
    case name(Int)
    case quotes
    case sources
    case deadLetters
    case deadLetter(Int)
    case retry
    case replay
    case trace
    case stories
    case story(Int)
    case brief(Int)
    case events

    /// Reads what stands behind `/api`.
    init?(_ words: ArraySlice<String>) {
        let words = Array(words)
        guard words.first == "v1" else { return nil }
        switch words.count {
        case 2: self.init(first: words[1])
        case 3: self.init(first: words[1], second: words[2])
        case 4 where words[1] == "stories" && words[3] == "brief":
            self.init(number: words[2], APIRoute.brief)
        default: return nil
        }
    }

    private init?(first: String) {
        switch first {
        case "openapi.json": self = .openAPI
        case "status": self = .status
        case "ledger": self = .ledger
        case "articles": self = .articles
        case "search": self = .search
        case "names": self = .names
        case "quotes": self = .quotes
        case "sources": self = .sources
        case "dead-letters": self = .deadLetters
        case "replay": self = .replay
        case "trace": self = .trace
        case "stories": self = .stories
        case "events": self = .events
        default: return nil
        }
    }

    private init?(first: String, second: String) {
        switch (first, second) {
        case ("dead-letters", "retry"): self = .retry
        case ("articles", let id) where !id.isEmpty: self = .article(id)
        case ("names", let text): self.init(number: text, APIRoute.name)
        case ("dead-letters", let text): self.init(number: text, APIRoute.deadLetter)
        case ("stories", let text): self.init(number: text, APIRoute.story)
        default: return nil
        }
    }

    private init?(number text: String, _ route: (Int) -> APIRoute) {
        guard let number = Int(text), number >= 0, String(number) == text else { return nil }
        self = route(number)
    }

    /// The methods that the address takes.
    var methods: [String] {
        switch self {
        case .retry, .replay: ["POST"]
        default: ["GET", "HEAD"]
        }
    }
}

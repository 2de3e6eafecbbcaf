/// The addresses of the site, a closed list.
enum WebRoute: Equatable {
    case overview
    case articles
    case article(String)
    case version(article: String, number: Int)
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
    case signIn
    case signOut
    case events
    case asset
    case api(APIRoute)

    /// The address of a path; `nil` when there is none.
    init?(_ path: some StringProtocol) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard path.first == "/", parts.count <= 6 else { return nil }
        let words = parts.map { PercentCoding.decoded($0, plusIsBlank: false) ?? "" }
        if words.first == "api" {
            guard let route = APIRoute(words.dropFirst()) else { return nil }
            self = .api(route)
            return
        }
        switch words.count {
        case 1: self.init(first: words[0])
        case 2: self.init(first: words[0], second: words[1])
        case 4 where words[0] == "articles" && words[2] == "versions":
            guard let number = Int(words[3]) else { return nil }
            self = .version(article: words[1], number: number)
        default:
            guard words[0] == "assets" else { return nil }
            self = .asset
        }
    }

    private init?(first: String) {
        switch first {
        case "": self = .overview
        case "articles": self = .articles
        case "names": self = .names
        case "quotes": self = .quotes
        case "sources": self = .sources
        case "dead-letters": self = .deadLetters
        case "replay": self = .replay
        case "trace": self = .trace
        case "stories": self = .stories
        case "sign-in": self = .signIn
        case "sign-out": self = .signOut
        case "events": self = .events
        default: return nil
        }
    }

    private init?(first: String, second: String) {
        switch (first, second) {
        case ("dead-letters", "retry"): self = .retry
        case ("articles", let id) where !id.isEmpty: self = .article(id)
        case ("names", let text): self.init(number: text, WebRoute.name)
        case ("dead-letters", let text): self.init(number: text, WebRoute.deadLetter)
        case ("stories", let text): self.init(number: text, WebRoute.story)
        default: return nil
        }
    }

    private init?(number text: String, _ route: (Int) -> WebRoute) {
        guard let number = Int(text), number >= 0 else { return nil }
        self = route(number)
    }

    /// The methods that the address takes; `HEAD` goes with `GET`.
    var methods: [String] {
        switch self {
        case .retry, .signOut: ["POST"]
        case .replay, .signIn: ["GET", "HEAD", "POST"]
        case .api(let route): route.methods
        default: ["GET", "HEAD"]
        }
    }

    /// Whether it is shown to anybody: what is needed to show the token.
    var isOpen: Bool {
        switch self {
        case .signIn, .signOut, .asset: true
        default: false
        }
    }
}

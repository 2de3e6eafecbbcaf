/// What the site answers, a closed list; `RouteTable` has the addresses.
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
    case cites
    case stories
    case story(Int)
    case storyEdits
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
            guard words.count > 1, words[1] == "v1",
                let route = RouteTable.api(Array(words.dropFirst(2)))
            else { return nil }
            self = .api(route)
            return
        }
        if words.first == "assets", words.count > 1 {
            self = .asset
        } else if let route = RouteTable.page(words) {
            self = route
        } else {
            return nil
        }
    }

    /// The methods that the address takes; `HEAD` goes with `GET`.
    var methods: [String] {
        switch self {
        case .retry, .signOut: ["POST"]
        case .replay, .signIn, .storyEdits: ["GET", "HEAD", "POST"]
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

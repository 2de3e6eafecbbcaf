/// What the API answers, version 1: `RouteTable` has the addresses, `openapi.json` describes each.
enum APIRoute: Equatable {
    case openAPI
    case status
    case ledger
    case articles
    case article(String)
    case search
    case export
    case exportArticle(String)
    case exportStory(Int)
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
    case storyEdits
    case story(Int)
    case brief(Int)
    case events

    /// The methods that the address takes.
    var methods: [String] {
        switch self {
        case .retry, .replay: ["POST"]
        case .storyEdits: ["GET", "HEAD", "POST"]
        default: ["GET", "HEAD"]
        }
    }
}

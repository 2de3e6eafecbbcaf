/// What a publisher asks of those who keep or use a page: a closed list, for filters.
package enum UsageSignal: String, Sendable, CaseIterable, Comparable {
    /// Not to be found by search.
    case noIndex = "no_index"
    /// Links are not to be followed.
    case noFollow = "no_follow"
    /// No copy is to be shown.
    case noArchive = "no_archive"
    /// No excerpt is to be shown.
    case noSnippet = "no_snippet"
    /// Pictures are not to be indexed.
    case noImageIndex = "no_image_index"
    /// No use by AI of any kind.
    case noAI = "no_ai"
    /// No use of pictures by AI.
    case noImageAI = "no_image_ai"
    /// Not for training models.
    case noAITraining = "no_ai_training"
    /// Not as input of models that answer questions.
    case noAIInput = "no_ai_input"
    /// Rights of text and data mining are reserved (Directive (EU) 2019/790, article 4).
    case miningReserved = "mining_reserved"

    package static func < (left: UsageSignal, right: UsageSignal) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A signal with the place that it was said at.
package struct UsageStatement: Sendable, Hashable {
    /// Where publishers say it.
    package enum Place: String, Sendable, CaseIterable {
        /// The header `X-Robots-Tag`.
        case robotsHeader = "robots_header"
        /// `<meta name="robots">`.
        case robotsMeta = "robots_meta"
        /// `Content-Signal` or `Content-Usage` in `robots.txt`.
        case robotsFile = "robots_file"
        /// The header `Content-Usage`.
        case usageHeader = "usage_header"
        /// `ai.txt`.
        case aiFile = "ai_file"
        /// The header `TDM-Reservation`.
        case miningHeader = "mining_header"
        /// `<meta name="tdm-reservation">`.
        case miningMeta = "mining_meta"
        /// `/.well-known/tdmrep.json`.
        case miningFile = "mining_file"
    }

    /// What was said.
    package let signal: UsageSignal
    /// Where.
    package let place: Place

    /// Makes a statement.
    package init(_ signal: UsageSignal, _ place: Place) {
        self.signal = signal
        self.place = place
    }
}

/// Reads what headers, pages and files say.
package enum UsageReader {
    /// Directives of one value that are read; more are noise.
    static let directivesMax = 64

    /// What a value of `X-Robots-Tag` or of a robots `meta` says to a robot.
    ///
    /// A value may begin with the name of the robot that it is for, as in `otherbot: noindex`;
    /// then it means nobody else, and what follows up to the next name is that robot's.
    package static func robotsTag(_ value: String, productToken: String) -> Set<UsageSignal> {
        var signals: Set<UsageSignal> = []
        var isForUs = true
        for part in value.split(separator: ",").prefix(directivesMax) {
            var words = part.split(separator: ":", maxSplits: 1).map {
                $0.lowercased().trimmed
            }
            if words.count == 2, !namesWithValue.contains(words[0]) {
                isForUs = words[0] == productToken.lowercased() || words[0] == "*"
                words = words[1].split(separator: ":", maxSplits: 1).map { String($0).trimmed }
            }
            guard isForUs, let name = words.first else { continue }
            signals.formUnion(meaning(of: name, value: words.dropFirst().first))
        }
        return signals
    }

    /// Directives with a colon of their own.
    private static let namesWithValue: Set<String> = [
        "unavailable_after", "max-snippet", "max-image-preview", "max-video-preview",
    ]

    private static func meaning(of name: String, value: String?) -> [UsageSignal] {
        switch name {
        case "noindex": [.noIndex]
        case "nofollow": [.noFollow]
        case "none": [.noIndex, .noFollow]
        case "noarchive", "nocache": [.noArchive]
        case "nosnippet": [.noSnippet]
        case "max-snippet": value == "0" ? [.noSnippet] : []
        case "noimageindex": [.noImageIndex]
        case "noai": [.noAI]
        case "noimageai": [.noImageAI]
        case "notrain", "noml", "noaitraining": [.noAITraining]
        default: []
        }
    }

    /// What `search=yes, ai-train=no` says: Cloudflare's content signals and the vocabulary of the
    /// IETF's AI preferences, of which `n` and `no` refuse.
    package static func preferences(_ value: String) -> Set<UsageSignal> {
        var signals: Set<UsageSignal> = []
        let separators: Set<Character> = [",", ";", " ", "\t"]
        for part in value.split(whereSeparator: separators.contains).prefix(directivesMax) {
            let words = part.lowercased().split(separator: "=").map(String.init)
            guard words.count == 2, ["n", "no"].contains(words[1].filter { $0 != "\"" }) else {
                continue
            }
            switch words[0] {
            case "search": signals.insert(.noIndex)
            case "ai-train", "train-ai", "train-genai", "genai": signals.insert(.noAITraining)
            case "ai-input", "ai-use", "ai-inference": signals.insert(.noAIInput)
            case "ai", "bots": signals.insert(.noAI)
            case "tdm": signals.insert(.miningReserved)
            default: break
            }
        }
        return signals
    }

    /// Whether a value of `TDM-Reservation` reserves rights.
    package static func isMiningReserved(_ value: String) -> Bool { value.trimmed == "1" }
}

extension RobotsRules {
    /// What the file says of the use of a page.
    package func usageSignals(of path: RobotsPath) -> Set<UsageSignal> {
        var budget = Self.comparisonsMax
        return usage.reduce(into: []) { signals, rule in
            if rule.pattern?.matches(path, .plain, budget: &budget) ?? true {
                signals.formUnion(rule.signals)
            }
        }
    }
}

/// A line of preferences in `robots.txt`.
struct UsageRule: Sendable, Hashable {
    /// The paths it is about; all when `nil`.
    let pattern: RobotsPattern?
    let signals: Set<UsageSignal>

    /// Reads a value; with `hasPath` a path may stand in front, as in `/a train-ai=n`.
    init(_ value: ArraySlice<UInt8>, hasPath: Bool) {
        let path = value.prefix { !$0.isRobotsSpace }
        let isPath = hasPath && path.first == UInt8(ascii: "/")
        pattern = isPath ? RobotsPattern(path) : nil
        let rest = isPath ? value.dropFirst(path.count) : value
        signals = UsageReader.preferences(String(decoding: rest, as: UTF8.self))
    }
}

extension String {
    /// Without ASCII white space around it.
    fileprivate var trimmed: String {
        let bytes = RobotsField.trimmed(Array(utf8)[...])
        return String(decoding: bytes, as: UTF8.self)
    }
}

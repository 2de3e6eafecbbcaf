/// How long an answer holds, as its server says.
enum CacheLife {
    /// The seconds of `max-age` in a `Cache-Control` (RFC 9111 section 5.2.2.1); `nil` when there
    /// is none. `no-store` and `no-cache` are no life at all.
    static func maxAge(_ cacheControl: String) -> Duration? {
        var life: Duration?
        for directive in cacheControl.lowercased().split(separator: ",") {
            let words = directive.split(separator: "=", maxSplits: 1)
                .map { $0.filter { $0 != " " && $0 != "\"" } }
            switch (words.first, words.count) {
            case ("no-store", _), ("no-cache", _): return .zero
            case ("max-age", 2): life = Int(words[1]).map { .seconds(min(max(0, $0), secondsMax)) }
            default: break
            }
        }
        return life
    }

    /// A year: longer lives are told by mistake.
    private static let secondsMax = 365 * 86_400
}

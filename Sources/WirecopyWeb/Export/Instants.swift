import Foundation

/// Instants as other programs read them: RFC 3339 with seconds and an offset.
enum Instants {
    /// An instant in milliseconds since 1970 UTC.
    static func text(milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000).ISO8601Format()
    }

    /// A date as a page gives it; `nil` where it has no time of day.
    static func text(published: String) -> String? {
        guard let start = published.firstIndex(of: "T") else { return nil }
        let clock = published[start...].dropFirst().prefix { $0.isNumber || $0 == ":" || $0 == "." }
        let seconds = clock.count { $0 == ":" } >= 2 ? "" : ":00"
        let text = "\(published[..<start])T\(clock)\(seconds)\(zone(of: published) ?? "Z")"
        return (try? Date(text, strategy: .iso8601)).map { $0.ISO8601Format() }
    }

    private static func zone(of text: String) -> String? {
        let clock = text.drop { $0 != "T" }
        guard let start = clock.firstIndex(where: { $0 == "Z" || $0 == "+" || $0 == "-" }) else {
            return nil
        }
        return String(clock[start...])
    }
}

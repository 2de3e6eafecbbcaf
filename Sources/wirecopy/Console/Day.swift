import Foundation

/// Days as people read them.
enum Day {
    /// The day, UTC, of an instant in milliseconds since 1970: `2024-05-29`.
    static func text(milliseconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return String(date.ISO8601Format().prefix(10))
    }

    /// The minute, UTC: `2024-05-29 14:03`.
    static func minute(milliseconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return String(date.ISO8601Format().prefix(16)).replacing("T", with: " ")
    }
}

import Foundation
import WirecopyMessages
import WirecopyProgram

/// A moment as people type it: an age such as `90m`, `12h`, `2d`, `3w`, or a date such as
/// `2026-11-20` or `2026-11-20T08:00:00Z`.
struct Moment {
    /// Reads a moment that may be left out; ages count back from this instant.
    static func instant(_ text: String?) throws(ProgramFailure) -> Instant? {
        guard let text else { return nil }
        return Instant(milliseconds: try Moment(text, now: .now).milliseconds)
    }

    /// Milliseconds since 1970-01-01 UTC.
    let milliseconds: Int

    /// Reads a moment; ages count back from `now`.
    init(_ text: String, now: Date) throws(ProgramFailure) {
        let units: [Character: Double] = ["m": 60, "h": 3600, "d": 86_400, "w": 604_800]
        if let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()),
            number >= 0
        {
            let date = now.addingTimeInterval(-Double(min(number, 1_000_000)) * unit)
            milliseconds = Int(date.timeIntervalSince1970 * 1000)
            return
        }
        let full = text.count == 10 ? text + "T00:00:00Z" : text
        guard let date = try? Date(full, strategy: .iso8601) else {
            throw ProgramFailure(
                .usage,
                "\(text) is no moment; type an age such as 90m, 12h, 2d, or a date as 2026-11-20."
            )
        }
        milliseconds = Int(date.timeIntervalSince1970 * 1000)
    }
}

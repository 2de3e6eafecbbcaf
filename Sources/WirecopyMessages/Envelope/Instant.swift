import Glibc

/// An instant of our own machines: whole milliseconds since 1970-01-01 UTC.
///
/// Dates read from pages are text with a precision instead; see `PublicationDate`.
package struct Instant: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01 UTC.
    package let milliseconds: Int

    /// Makes an instant from milliseconds since 1970-01-01 UTC.
    package init(milliseconds: Int) {
        self.milliseconds = milliseconds
    }

    /// The time of this machine; for mains, since everything below takes the time as a parameter.
    package static func now() -> Instant {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return Instant(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    }

    package static func < (left: Instant, right: Instant) -> Bool {
        left.milliseconds < right.milliseconds
    }

    /// The instant that lies this much later.
    package static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(milliseconds: instant.milliseconds + duration.wholeMilliseconds)
    }

    /// The time from the right instant to the left one.
    package static func - (left: Instant, right: Instant) -> Duration {
        .milliseconds(left.milliseconds - right.milliseconds)
    }

    /// RFC 3339 text in UTC with three decimals, such as `2026-11-21T10:36:46.123Z`.
    ///
    /// The civil date is computed as in Howard Hinnant's `civil_from_days` (2013).
    package var rfc3339: String {
        var text: [UInt8] = []
        appendText(to: &text)
        return String(decoding: text, as: UTF8.self)
    }

    /// Appends the bytes of `rfc3339`, which are ASCII.
    func appendText(to bytes: inout [UInt8]) {
        let dayLength = 86_400_000
        let days = milliseconds.floorDivided(by: dayLength)
        let rest = milliseconds - days * dayLength
        let (year, month, day) = Self.civil(days: days)
        bytes.append(decimal: year, width: 4)
        bytes.append("-")
        bytes.append(decimal: month, width: 2)
        bytes.append("-")
        bytes.append(decimal: day, width: 2)
        bytes.append("T")
        bytes.append(decimal: rest / 3_600_000, width: 2)
        bytes.append(":")
        bytes.append(decimal: rest / 60_000 % 60, width: 2)
        bytes.append(":")
        bytes.append(decimal: rest / 1000 % 60, width: 2)
        bytes.append(".")
        bytes.append(decimal: rest % 1000, width: 3)
        bytes.append("Z")
    }

    /// The date that lies so many days behind 1970-01-01 in the Gregorian calendar.
    package static func civil(days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468
        let era = shifted.floorDivided(by: 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra =
            (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Duration {
    /// The duration in whole milliseconds, rounded towards zero.
    package var wholeMilliseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000)
    }
}

extension Int {
    /// The quotient rounded towards negative infinity.
    fileprivate func floorDivided(by divisor: Int) -> Int {
        self >= 0 ? self / divisor : (self - divisor + 1) / divisor
    }
}

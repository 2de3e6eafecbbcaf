/// How a source has answered of late.
package struct SourceHealth: JSONRepresentable, Equatable {
    /// The last days on which it was polled, oldest first, at most `daysMax`.
    package var days: [Day]
    /// Polls since the last one that brought an answer.
    package var failureCount: Int
    /// Why the last poll failed, a full sentence; `nil` when it did not.
    package var lastFailure: String?
    /// The last HTTP status; `nil` before the first answer.
    package var lastStatus: Int?
    /// When it last answered with a document or with "not modified".
    package var lastSuccess: Instant?
    /// The address under which it was watched before it moved.
    package var movedFrom: String?

    /// Two weeks: long enough to see that a source that has a weekly rhythm dries up.
    package static let daysMax = 14

    /// Makes the health of a source that was never polled.
    package init() {
        days = []
        failureCount = 0
    }

    /// One day of polls, UTC.
    package struct Day: JSONRepresentable, Equatable {
        /// Days since 1 January 1970.
        package var day: Int
        /// Polls that brought no answer, or one that could not be read.
        package var failed: Int
        /// Addresses that were new.
        package var found: Int
        /// Polls.
        package var polls: Int
        /// Polls that were answered with "not modified".
        package var unchanged: Int

        /// Makes a day without polls.
        package init(day: Int) {
            self.day = day
            (failed, found, polls, unchanged) = (0, 0, 0, 0)
        }

        package init(from reader: inout JSONReader) throws(JSONFailure) {
            var read = Self(day: 0)
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "day": read.day = try reader.integer()
                case "failed": read.failed = try reader.integer()
                case "found": read.found = try reader.integer()
                case "polls": read.polls = try reader.integer()
                case "unchanged": read.unchanged = try reader.integer()
                default: try reader.skip()
                }
            }
            self = read
        }

        package func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("day", day)
                writer.field("failed", failed)
                writer.field("found", found)
                writer.field("polls", polls)
                writer.field("unchanged", unchanged)
            }
        }
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        self.init()
        var health = self
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "days": health.days = try reader.values()
            case "failures": health.failureCount = try reader.integer()
            case "last_failure": health.lastFailure = try reader.string()
            case "last_status": health.lastStatus = try reader.integer()
            case "last_success_ms":
                health.lastSuccess = Instant(milliseconds: try reader.integer())
            case "moved_from": health.movedFrom = try reader.string()
            default: try reader.skip()
            }
        }
        health.days = health.days.suffix(Self.daysMax)
        self = health
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("days", days)
            writer.field("failures", failureCount)
            writer.field("last_failure", lastFailure)
            writer.field("last_status", lastStatus)
            writer.field("last_success_ms", lastSuccess?.milliseconds)
            writer.field("moved_from", movedFrom)
        }
    }
}

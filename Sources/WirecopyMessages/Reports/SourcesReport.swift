/// Asks which sources are watched, in the order in which they came to the queue.
package struct SourcesRequest: Report {
    /// Only those behind this place, the `next` of the answer before.
    package var after: Int?

    /// Makes a request.
    package init(after: Int? = nil) { self.after = after }
}

/// Watched sources.
package struct SourcesReport: Report {
    /// At most `sourcesMax` sources.
    package var sources: [Source]
    /// Where the next question goes on; `nil` when these are the last.
    package var next: Int?

    /// Sources in one answer, so that it stays below a megabyte.
    package static let sourcesMax = 500

    /// Makes a report.
    package init(sources: [Source], next: Int? = nil) {
        self.sources = sources
        self.next = next
    }

    /// One source between two polls, or in one.
    package struct Source: Report {
        /// When the next poll is due; in the past for one that is on its way.
        package var dueMs: Int
        /// Polls since the last one that brought an answer.
        package var failures: Int
        /// New addresses of the last days, oldest first, at most `SourceHealth.daysMax`.
        package var days: [Day]
        /// What the document is; `nil` before it was read.
        package var kind: String?
        /// Why the last poll failed, a full sentence; `nil` when it did not.
        package var lastFailure: String?
        /// The last HTTP status.
        package var lastStatus: Int?
        /// When it last answered.
        package var lastSuccessMs: Int?
        /// The address under which it was watched before it moved.
        package var movedFrom: String?
        /// What the source calls itself.
        package var title: String?
        /// Its address.
        package var url: String

        /// Makes the report of a poll that waits.
        package init(url: String, poll: SourcePoll, due: Instant) {
            dueMs = due.milliseconds
            failures = poll.health.failureCount
            days = poll.health.days.map(Day.init)
            kind = poll.kind?.rawValue
            lastFailure = poll.health.lastFailure
            lastStatus = poll.health.lastStatus
            lastSuccessMs = poll.health.lastSuccess?.milliseconds
            movedFrom = poll.health.movedFrom
            title = poll.title
            self.url = url
        }
    }

    /// One day of polls, UTC.
    package struct Day: Report {
        /// Days since 1970-01-01.
        package var day: Int
        /// Polls without an answer that could be read.
        package var failed: Int
        /// Addresses that were new.
        package var found: Int
        /// Polls.
        package var polls: Int
        /// Polls that were answered with "not modified".
        package var unchanged: Int

        init(_ day: SourceHealth.Day) {
            self.day = day.day
            failed = day.failed
            found = day.found
            polls = day.polls
            unchanged = day.unchanged
        }
    }
}

/// Asks that a source be watched no longer.
package struct UnwatchRequest: Report {
    /// The source's address, as `SourcesReport` has it.
    package var url: String

    /// Makes a request.
    package init(url: String) { self.url = url }
}

/// Asks that the next poll of a source be another one: at once, or in another pace.
package struct PollRequest: Report {
    /// Whether it is due at once; otherwise when it was, or sooner where the new pace says so.
    package var isAtOnce: Bool
    /// The longest time between two polls from now on; `nil` leaves it.
    package var longestMs: Int?
    /// The shortest time between two polls from now on; `nil` leaves it.
    package var shortestMs: Int?
    /// The source's address, as `SourcesReport` has it.
    package var url: String

    /// Asks for a poll at once.
    package init(atOnce url: String) {
        self.url = url
        isAtOnce = true
    }

    /// Asks for another pace.
    package init(url: String, shortest: Duration, longest: Duration) {
        self.url = url
        isAtOnce = false
        (shortestMs, longestMs) = (shortest.wholeMilliseconds, longest.wholeMilliseconds)
    }
}

/// Whether a source was watched of which something was asked.
package struct WatchedReport: Report {
    /// False when there was none under the address.
    package var wasWatched: Bool

    /// Makes a report.
    package init(wasWatched: Bool) { self.wasWatched = wasWatched }
}

/// Selects messages that are done or dead, to be sent through again; all given parts must hold.
package struct ReplayRequest: Report {
    /// With `limit`: only messages behind this place.
    package var after: Int?
    /// A condition in SQL on the columns of `queue_message`.
    package var condition: String?
    /// Only count; change nothing.
    package var dryRun = false
    /// Code of the last failed delivery, or of the dead letter.
    package var errorCode: String?
    /// Host of the URL.
    package var host: String?
    /// Only messages that were given up.
    package var isOfDeadLetters: Bool?
    /// Replay at most so many messages and tell the next place, instead of all without a stop.
    package var limit: Int?
    /// How the page's way ended.
    package var outcome: String?
    /// Places in the journal; empty for any.
    package var positions: [Int] = []
    /// Reason of the page's end.
    package var reason: String?
    /// Queued at this moment or later.
    package var sinceMs: Int?
    /// The stage that shall work again; its input messages are selected.
    package var stage: StageName?
    /// Only messages that this version of the stage finished.
    package var stageVersion: String?
    /// Only messages up to this place.
    package var through: Int?
    /// Queued before this moment.
    package var untilMs: Int?
    /// Exact URL or path of the page.
    package var url: String?
    /// Urgency of the replayed messages: `replay`, or `retry` for dead letters.
    package var priority: MessageClass = .replay

    /// Makes a selection of everything.
    package init() {}
}

/// What a replay selected.
package struct ReplayReport: Report {
    /// Bytes of content of the selected messages.
    package var bytes: Int
    /// Messages selected.
    package var count: Int
    /// Messages by host; at most `hostsMax`, the largest first in `--json` order of keys.
    package var hosts: [String: Int]
    /// For a request with `limit`: where the next one begins; `nil` when nothing is left.
    package var next: Int?
    /// The last place that was selected; `nil` when none was.
    package var through: Int?
    /// Messages made ready again; 0 for a dry run, and less than `count` when some were open.
    package var replayed: Int

    /// More hosts than an operator reads.
    package static let hostsMax = 50

    /// For a request with `limit`: messages of the stage and the urgency that wait for a worker.
    package var waiting: Int?

    /// Makes a report.
    package init(count: Int, bytes: Int, hosts: [String: Int], replayed: Int) {
        self.count = count
        self.bytes = bytes
        self.hosts = hosts
        self.replayed = replayed
    }
}

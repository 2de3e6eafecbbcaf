/// Selects messages that are done or dead, to be sent through again; all given parts must hold.
package struct ReplayRequest: Report {
    /// Only count; change nothing.
    package var dryRun = false
    /// Host of the URL.
    package var host: String?
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
    /// Messages made ready again; 0 for a dry run, and less than `count` when some were open.
    package var replayed: Int

    /// More hosts than an operator reads.
    package static let hostsMax = 50

    /// Makes a report.
    package init(count: Int, bytes: Int, hosts: [String: Int], replayed: Int) {
        self.count = count
        self.bytes = bytes
        self.hosts = hosts
        self.replayed = replayed
    }
}

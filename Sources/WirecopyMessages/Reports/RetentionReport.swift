/// What a journal keeps of each kind of content, and what a policy would remove of it now.
package struct RetentionReport: Report {
    /// One kind of content.
    package struct Kind: Report {
        /// `finished`, `dead` or `bodies`.
        package let kind: String
        /// Pages, or segments of bodies, that are kept.
        package let count: Int
        /// Bytes: of the log for `finished`, of messages for `dead`, of segments for `bodies`.
        package let bytes: Int
        /// When the oldest of them ended; `nil` when there is none.
        package let oldestAtMs: Int?
        /// How many the policy removes now.
        package let wouldGo: Int
        /// Their bytes; `nil` where they are known only when their file is written again.
        package let wouldGoBytes: Int?

        /// Makes a line.
        package init(
            kind: String,
            count: Int,
            bytes: Int,
            oldestAtMs: Int?,
            wouldGo: Int,
            wouldGoBytes: Int?
        ) {
            self.kind = kind
            self.count = count
            self.bytes = bytes
            self.oldestAtMs = oldestAtMs
            self.wouldGo = wouldGo
            self.wouldGoBytes = wouldGoBytes
        }
    }

    /// Finished pages, dead ones, bodies.
    package let kinds: [Kind]
    /// Pages that were removed since the journal was made.
    package let removedPages: Int
    /// Files of the log.
    package let logFiles: Int

    /// Makes a report.
    package init(kinds: [Kind], removedPages: Int, logFiles: Int) {
        self.kinds = kinds
        self.removedPages = removedPages
        self.logFiles = logFiles
    }
}

/// Decides when the pages of the write-ahead log are moved to the database's file.
///
/// Moving them takes as long as a transaction does, so that another thread does it while
/// transactions go on. It never catches up with them: what is left, about one transaction, is moved
/// between two of them, and then the log begins anew.
struct CheckpointPlan: Sendable {
    /// What a checkpoint found and left, in pages since the log began anew.
    struct Progress: Sendable, Equatable {
        /// Pages in the log.
        let written: Int
        /// Of these, pages that are in the database's file.
        let moved: Int
    }

    /// Pages in the log from which on they are moved: 64 MB, so that a page which many commits
    /// change is moved once.
    static let pagesUsual = 8192
    /// As many times the pages, and transactions wait: a disk that is slower than the writer does
    /// not let the log grow without end.
    private static let waitingFactor = 4

    private enum State { case idle, besideTransactions, restDue }

    private let pages: Int
    private var state = State.idle
    private var logPages = 0

    /// Begins with an empty log.
    ///
    /// - Parameter pages: pages in the log from which on they are moved.
    init(pages: Int) { self.pages = pages }

    /// True when the log is so long that nothing may be added until pages were moved.
    var isTooLong: Bool { logPages > Self.waitingFactor * pages }

    /// A transaction is about to begin.
    ///
    /// - Returns: whether the rest of the log is moved first.
    func beginsWithRest() -> Bool { state == .restDue || isTooLong }

    /// A transaction was committed.
    ///
    /// - Parameter added: pages that it wrote to the log.
    /// - Returns: whether pages are to be moved beside the next transactions.
    mutating func committed(_ added: Int) -> Bool {
        logPages += added
        guard state == .idle, logPages >= pages else { return false }
        state = .besideTransactions
        return true
    }

    /// Moving beside transactions has ended. One that failed is tried again after the next commit.
    mutating func endedBeside(isMoved: Bool) { state = isMoved ? .restDue : .idle }

    /// Moving the rest has ended.
    ///
    /// - Parameter progress: what came of it; `nil` when it failed, or others are at it.
    mutating func endedRest(_ progress: Progress?) {
        state = .idle
        // The next transaction begins the log anew, unless a reader needs what is in it.
        if let progress {
            logPages = progress.moved == progress.written ? 0 : progress.written
        }
    }
}

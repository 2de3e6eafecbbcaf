import Dispatch
import Synchronization
import WirecopyStories

/// The articles of a transaction on their way to their places among the stories.
///
/// Where the engine lets two threads use a transaction, they are placed on a second one, in the
/// order in which they come, while the writer goes on with the rows of the next ones: most of
/// placing is comparing. Elsewhere each is placed at once.
struct PlacingLine {
    private let desk: StoryDesk
    private let db: StoreDatabase
    /// What the two threads share; `nil` where there is one.
    private let queue: ArrivalQueue?

    /// Runs a transaction's work with a line. When that returns or throws, all that entered it have
    /// their places or never will, and the second thread has left the transaction.
    ///
    /// - Throws: what `body` throws, or what made the second thread fail before.
    static func during<Output>(
        _ db: StoreDatabase,
        _ desk: StoryDesk,
        _ body: (PlacingLine) throws -> Output
    ) throws -> Output {
        let line = PlacingLine(desk: desk, db: db)
        do {
            let output = try body(line)
            try line.finish()
            return output
        } catch {
            db.engine.giveUpTurn()
            let earlier = line.queue?.abandon()
            throw error is OtherThreadFailed ? earlier ?? error : error
        }
    }

    private init(desk: StoryDesk, db: StoreDatabase) {
        self.desk = desk
        self.db = db
        guard let makeEngine = db.engine.companion else {
            queue = nil
            return
        }
        let queue = ArrivalQueue()
        self.queue = queue
        desk.thread.async {
            queue.handle {
                let engine = makeEngine()
                let own = StoreDatabase(engine: engine)
                while let arrivals = queue.next() {
                    for arrival in arrivals { try desk.enter(arrival, own) }
                }
                try engine.finish()
            }
        }
    }

    /// Has a place found for an article whose version readers see now.
    ///
    /// - Throws: the engine's errors.
    func enter(_ arrival: StoryArrival) throws {
        guard let queue else { return try desk.enter(arrival, db) }
        queue.add(arrival)
    }

    /// Waits until all have their places; called before anything is written that must not
    /// alternate with statements of the second thread.
    ///
    /// - Throws: the engine's errors.
    func finish() throws {
        db.engine.giveUpTurn()
        try queue?.finish()
    }
}

/// An article that comes to the stories.
struct StoryArrival: Sendable {
    /// Which article.
    let article: Int64
    /// What is known of it.
    let features: ArticleFeatures
    /// When it was published, or else first seen; milliseconds.
    let sort: Int
    /// Whether it may have a place already.
    let isKnown: Bool
}

/// Hands articles from the thread that writes their rows to the one that places them.
private final class ArrivalQueue: Sendable {
    private struct State {
        var waiting: [StoryArrival] = []
        /// No more will come.
        var isClosed = false
        var isAbandoned = false
        var failure: (any Error)?
    }

    /// Articles for which the second thread is woken; to wake it for each costs the first one more
    /// than to wait a little at the end.
    private static let batch = 8

    private let state = Mutex(State())
    private let work = DispatchSemaphore(value: 0)
    private let ended = DispatchSemaphore(value: 0)

    // MARK: - The thread that writes rows

    func add(_ arrival: StoryArrival) {
        let isBatch = state.withLock { state in
            state.waiting.append(arrival)
            return state.waiting.count % Self.batch == 0
        }
        if isBatch { work.signal() }
    }

    func finish() throws {
        state.withLock { $0.isClosed = true }
        work.signal()
        ended.wait()
        ended.signal()
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    /// Has the second thread leave what it has not begun.
    ///
    /// - Returns: what it failed with.
    func abandon() -> (any Error)? {
        state.withLock { $0.isAbandoned = true }
        try? finish()
        return state.withLock { $0.failure }
    }

    // MARK: - The thread that places

    /// Does the thread's work to its end.
    func handle(_ body: () throws -> Void) {
        do {
            try body()
        } catch {
            state.withLock { $0.failure = error }
        }
        ended.signal()
    }

    /// What waits, as soon as something does; `nil` when no more will come.
    func next() -> [StoryArrival]? {
        while true {
            let (arrivals, isLast) = state.withLock { state in
                defer { state.waiting = [] }
                let isLast = state.isAbandoned || (state.isClosed && state.waiting.isEmpty)
                return (state.waiting, isLast)
            }
            if isLast { return nil }
            if !arrivals.isEmpty { return arrivals }
            work.wait()
        }
    }
}

import Synchronization

/// Hands one stream of events to all readers.
///
/// Each event is made once and its bytes are shared. A reader has room for a few events; one that
/// does not take them is dropped, so that a slow reader costs neither memory nor others' time.
package final class LiveBoard: Sendable {
    private struct State {
        var readers: [Int: AsyncStream<[UInt8]>.Continuation] = [:]
        var lastNumber = 0
        var latest: [UInt8]?
        var droppedCount = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    private let readersMax: Int
    private let waitingMax: Int

    /// Makes a board without readers.
    package init(
        readersMax: Int = WebLimits.readersMax,
        waitingMax: Int = WebLimits.eventsWaitingMax
    ) {
        self.readersMax = readersMax
        self.waitingMax = waitingMax
    }

    /// Readers at this moment.
    package var readerCount: Int { state.withLock { $0.readers.count } }
    /// Readers that were dropped because they did not take what they had asked for.
    package var droppedCount: Int { state.withLock { $0.droppedCount } }

    /// Takes a reader in; it gets the latest event at once.
    ///
    /// - Returns: `nil` when there are as many readers as there may be, or the board is closed.
    package func subscribe() -> LiveReader? {
        let (events, continuation) = AsyncStream<[UInt8]>.makeStream(
            bufferingPolicy: .bufferingOldest(waitingMax)
        )
        let number: Int? = state.withLock { state in
            guard !state.isClosed, state.readers.count < readersMax else { return nil }
            state.lastNumber += 1
            state.readers[state.lastNumber] = continuation
            if let latest = state.latest { continuation.yield(latest) }
            return state.lastNumber
        }
        guard let number else { return nil }
        continuation.onTermination = { [weak self] _ in self?.forget(number) }
        return LiveReader(events: events) { continuation.finish() }
    }

    /// Sends an event to all readers, and keeps it for those who come later when `isKept`.
    package func publish(_ event: [UInt8], isKept: Bool = true) {
        let slow = state.withLock { state in
            if isKept { state.latest = event }
            let slow = state.readers.filter { _, reader in
                if case .enqueued = reader.yield(event) { false } else { true }
            }
            for number in slow.keys { state.readers[number] = nil }
            state.droppedCount += slow.count
            return Array(slow.values)
        }
        // Outside of the lock: ending a stream calls `forget`.
        for reader in slow { reader.finish() }
    }

    /// Ends all readers and takes no more.
    package func close() {
        let readers = state.withLock { state in
            state.isClosed = true
            defer { state.readers = [:] }
            return Array(state.readers.values)
        }
        for reader in readers { reader.finish() }
    }

    private func forget(_ number: Int) {
        state.withLock { state in state.readers[number] = nil }
    }
}

/// One reader's events: the bytes of Server-Sent Events (WHATWG HTML, section 9.2), in UTF-8.
///
/// Ends when the reader is dropped or the board is closed; a reader that is let go is forgotten.
package struct LiveReader: Sendable {
    /// The events, for one loop.
    package let events: AsyncStream<[UInt8]>
    private let end: @Sendable () -> Void

    init(events: AsyncStream<[UInt8]>, end: @escaping @Sendable () -> Void) {
        self.events = events
        self.end = end
    }

    /// Ends the events: the reader is gone.
    package func leave() { end() }
}

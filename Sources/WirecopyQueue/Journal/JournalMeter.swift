import Synchronization
package import WirecopyMetrics

/// What the journal's thread measures; read by others at any time.
package final class JournalMeter: Sendable {
    /// The measurements so far.
    package struct Figures: Sendable {
        /// Time that a group of changes took, from its first write to its last sync.
        package fileprivate(set) var commitTime = Histogram(.disk)
        /// Time that one sync took.
        package fileprivate(set) var syncTime = Histogram(.disk)
        /// Messages stored, finished or failed with one sync.
        package fileprivate(set) var batch = Histogram(.batch)
        /// Pages that retention removed.
        package fileprivate(set) var retiredPages = 0
        /// Bytes of files that retention freed.
        package fileprivate(set) var freedBytes = 0
    }

    private let state = Mutex(Figures())

    /// Makes a meter of zeros.
    package init() {}

    /// The measurements so far.
    package var figures: Figures { state.withLock { $0 } }

    /// A group of so many messages came to rest.
    func committed(messages: Int, in duration: Duration) {
        state.withLock { figures in
            figures.commitTime.add(duration)
            figures.batch.add(messages)
        }
    }

    /// Retention did a step.
    package func note(_ step: RetentionStep) {
        state.withLock { figures in
            switch step {
            case .retired(let pages, _): figures.retiredPages += pages
            case .removedLog(_, let bytes), .removedBodies(_, let bytes):
                figures.freedBytes += bytes
            case .compactedLog(_, let bytes, let before): figures.freedBytes += before - bytes
            case .looked: break
            }
        }
    }

    /// A file was synced.
    func synced(in duration: Duration) {
        state.withLock { $0.syncTime.add(duration) }
    }
}

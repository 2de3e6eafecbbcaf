import Dispatch
import Foundation
import Glibc
import Synchronization

/// Turns SIGTERM, SIGINT and, for a supervised program, the end of its supervisor into one call.
///
/// The first signal stops gracefully; the second ends the process at once. Owned by the main for
/// the life of the process.
package final class StopSignals {
    /// The variable that a supervisor sets: standard input then ends when the supervisor does.
    package static let supervisedVariable = "WIRECOPY_SUPERVISED"

    private let sources: [any DispatchSourceSignal]

    /// Begins to listen; `stop` is called once, on a queue of its own.
    package init(_ stop: @escaping @Sendable () -> Void) {
        let queue = DispatchQueue(label: "wirecopy.signals")
        let once = StopOnce(stop)
        sources = [SIGTERM, SIGINT].map { number in
            _ = signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { once.signal() }
            source.resume()
            return source
        }
        if ProcessInfo.processInfo.environment[Self.supervisedVariable] != nil {
            Self.watchSupervisor(once)
        }
    }

    private static func watchSupervisor(_ once: StopOnce) {
        Thread.detachNewThread {
            while let data = try? FileHandle.standardInput.read(upToCount: 64), !data.isEmpty {}
            once.supervisorEnded()
        }
    }
}

/// Counts the reasons to stop, so that the first one stops and a second signal ends the process.
private final class StopOnce: Sendable {
    private let stop: @Sendable () -> Void
    private let reasons = Mutex(0)

    init(_ stop: @escaping @Sendable () -> Void) { self.stop = stop }

    func signal() {
        if countReason() == 1 { stop() } else { _exit(ExitStatus.interrupted.rawValue) }
    }

    func supervisorEnded() {
        if countReason() == 1 { stop() }
    }

    private func countReason() -> Int {
        reasons.withLock { reasons in
            reasons += 1
            return reasons
        }
    }
}

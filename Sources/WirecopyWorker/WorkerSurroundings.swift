import FoundationEssentials
import Glibc
package import WirecopyMessages
package import WirecopyStatus

/// What a worker takes from the machine, so that tests can give something else.
package struct WorkerSurroundings: Sendable {
    /// Gives the present instant.
    package var now: @Sendable () -> Instant
    /// Gives the identity of a message that is made at an instant; never the same twice.
    package var makeID: @Sendable (Instant) -> MessageID
    /// Source of jitter.
    package var generator: any RandomNumberGenerator & Sendable
    /// Gives what the process uses.
    package var usage: @Sendable () -> ProcessUsage
    /// Ends a process whose stage does not come back; called on the socket thread, because the
    /// thread pool may be blocked by that very stage.
    package var abandon: @Sendable (WorkerFailure) -> Void

    /// Joins the parts.
    package init(
        now: @escaping @Sendable () -> Instant,
        makeID: @escaping @Sendable (Instant) -> MessageID,
        generator: any RandomNumberGenerator & Sendable,
        usage: @escaping @Sendable () -> ProcessUsage,
        abandon: @escaping @Sendable (WorkerFailure) -> Void
    ) {
        self.now = now
        self.makeID = makeID
        self.generator = generator
        self.usage = usage
        self.abandon = abandon
    }

    /// The real machine; `abandon` writes the sentence to standard error and exits with 70
    /// (`EX_SOFTWARE`).
    package static let system = WorkerSurroundings(
        now: Instant.now,
        makeID: { now in
            var generator = SystemRandomNumberGenerator()
            return MessageID(milliseconds: now.milliseconds, using: &generator)
        },
        generator: SystemRandomNumberGenerator(),
        usage: ProcessUsage.now,
        abandon: { failure in
            let line = Array((failure.message + "\n").utf8)
            _ = unsafe write(STDERR_FILENO, line, line.count)
            _exit(EX_SOFTWARE)
        }
    )
}

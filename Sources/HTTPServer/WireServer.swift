import Dispatch
import Foundation
import Glibc
import Synchronization

/// A small HTTP server that follows scripts, good or bad, byte for byte.
///
/// One thread accepts, one thread serves a connection; connections, their sizes and their times are
/// bounded. A descriptor is closed only by the thread that serves it, under the lock, so that
/// `stop` never meets a number that was used again.
package final class WireServer: Sendable {
    /// Turns a request into what to do; the second closure is called when it is done.
    package typealias Handler =
        @Sendable (HTTPRequest) -> (script: WireScript, finished: () -> Void)

    /// Where it listens, with the real port.
    package let address: ListenAddress

    private let limits: WireLimits
    private let listener: Int32
    private let presence = Mutex(WirePresence())
    private let threads = DispatchGroup()

    /// Rest after a failed accept, so that a lack of descriptors does not become a busy loop.
    private static let acceptPauseMicroseconds: UInt32 = 10_000
    /// Rest until threads that were told to end have ended, which takes them microseconds.
    private static let admissionPauseMicroseconds: UInt32 = 1000
    /// Ten seconds of rests: on a loaded machine even those threads wait for a processor.
    private static let admissionsMax = 10_000
    /// A tenth of a second of rests until a server that is full turns a connection away.
    private static let fullRoundsMax = 100
    /// How long `stop` waits for the threads.
    static let stopLimitSeconds = 10

    /// Binds to an address; port 0 takes a free one.
    ///
    /// - Throws: `addressInvalid`, `addressTaken` or `socket`.
    package init(
        _ address: ListenAddress,
        limits: WireLimits = WireLimits()
    ) throws(HTTPServerFailure) {
        (listener, self.address) = try ListeningSocket.open(address)
        self.limits = limits
    }

    /// Begins to answer.
    package func start(_ handler: @escaping Handler) {
        threads.enter()
        Thread.detachNewThread { [self] in
            accept(handler)
            threads.leave()
        }
    }

    /// Closes all connections, waits for their threads and frees the port. May be called twice.
    package func stop() {
        guard presence.withLock({ $0.stop() }) else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        _ = threads.wait(timeout: .now() + .seconds(Self.stopLimitSeconds))
        close(listener)
    }

    /// True for errors of `accept` that do not pass: the listener is none any more. All others are
    /// a lack of something, or troubles of one connection that it inherits (accept(2)).
    private static func isLasting(_ code: Int32) -> Bool {
        [EBADF, EINVAL, ENOTSOCK, EFAULT].contains(code)
    }

    private func accept(_ handler: @escaping Handler) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            if descriptor < 0 {
                guard !Self.isLasting(errno), !presence.withLock(\.isStopped) else { return }
                usleep(Self.acceptPauseMicroseconds)
                continue
            }
            guard admit(descriptor) else {
                close(descriptor)
                continue
            }
            threads.enter()
            Thread.detachNewThread { [self] in
                serve(descriptor, handler)
                threads.leave()
            }
        }
    }

    /// Finds room for a connection; waits for it where others are about to end, and a moment where
    /// all are being answered: a client has its answer before our thread says so.
    private func admit(_ descriptor: Int32) -> Bool {
        for round in 0..<Self.admissionsMax {
            let admission = presence.withLock {
                $0.admit(descriptor, limits.connections, now: .now)
            }
            switch admission {
            case .admitted: return true
            case .full where round >= Self.fullRoundsMax: return false
            case .full, .soon: usleep(Self.admissionPauseMicroseconds)
            }
        }
        return false
    }

    private func serve(_ descriptor: Int32, _ handler: Handler) {
        let connection = WireConnection(descriptor: descriptor, limits: limits) { [self] waits in
            presence.withLock { $0.note(descriptor, waits: waits, now: .now) }
        }
        connection.serve(handler)
        presence.withLock { $0.remove(descriptor) }
    }
}

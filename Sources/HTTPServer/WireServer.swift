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
    private let connections = Mutex(Connections())
    private let threads = DispatchGroup()

    private struct Connections {
        var open: Set<Int32> = []
        var isStopped = false
    }

    /// Rest after a failed accept, so that a lack of descriptors does not become a busy loop.
    private static let acceptPauseMicroseconds: UInt32 = 10_000
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
        let isFirst = connections.withLock { state in
            defer { state.isStopped = true }
            for descriptor in state.open { shutdown(descriptor, Int32(SHUT_RDWR)) }
            return !state.isStopped
        }
        guard isFirst else { return }
        shutdown(listener, Int32(SHUT_RDWR))
        _ = threads.wait(timeout: .now() + .seconds(Self.stopLimitSeconds))
        close(listener)
    }

    /// True for errors of `accept` after which the next connection may be fine (accept(2)).
    private static func isPassing(_ code: Int32) -> Bool {
        [EINTR, ECONNABORTED, EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(code)
    }

    private func accept(_ handler: @escaping Handler) {
        while true {
            let descriptor = Glibc.accept(listener, nil, nil)
            if descriptor < 0 {
                guard Self.isPassing(errno), !connections.withLock(\.isStopped) else { return }
                usleep(Self.acceptPauseMicroseconds)
                continue
            }
            let isWelcome = connections.withLock { state in
                guard !state.isStopped, state.open.count < limits.connections else {
                    return false
                }
                state.open.insert(descriptor)
                return true
            }
            guard isWelcome else {
                close(descriptor)
                continue
            }
            threads.enter()
            Thread.detachNewThread { [self] in
                WireConnection(descriptor: descriptor, limits: limits).serve(handler)
                connections.withLock { state in
                    state.open.remove(descriptor)
                    close(descriptor)
                }
                threads.leave()
            }
        }
    }
}

import Foundation
import Glibc
import SplitMix
import Synchronization

/// One link through a proxy: a connection to each side and a thread for each direction.
///
/// The descriptors are closed by the last thread that ends, so that `cut` never meets a number that
/// was used again.
final class FaultLink: Sendable {
    /// Bytes taken at once; small, so that a change of the weather is soon felt.
    private static let pieceBytes = 4096
    /// How often a held direction looks for better weather.
    private static let lookMicroseconds: UInt32 = 2000

    private let client: Int32
    private let server: Int32
    private let seed: UInt64
    private let threads = Mutex(2)

    init(_ client: Int32, _ server: Int32, seed: UInt64) {
        self.client = client
        self.server = server
        self.seed = seed
    }

    /// Whether both directions have ended.
    var isOver: Bool { threads.withLock { $0 == 0 } }

    /// Begins to pass bytes; `weather` is asked again and again.
    func start(_ weather: @escaping @Sendable () -> FaultWeather) {
        for isToClient in [false, true] {
            Thread.detachNewThread { [self] in
                pump(isToClient: isToClient, weather)
                end()
            }
        }
    }

    /// Ends the link with a reset towards both sides.
    func cut() {
        threads.withLock { threads in
            guard threads > 0 else { return }
            for side in [client, server] {
                TCP.lingerNever(side)
                shutdown(side, Int32(SHUT_RDWR))
            }
        }
    }

    /// Passes one direction until either side is gone.
    private func pump(isToClient: Bool, _ weather: () -> FaultWeather) {
        let (source, sink) = isToClient ? (server, client) : (client, server)
        let passage = isToClient ? \FaultWeather.toClient : \FaultWeather.toServer
        var flipper = BitFlipper(seed: isToClient ? seed &* 31 : seed)
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let limit = isToClient ? weather().bytesPerSecondToClient : nil
            // A tenth of a second's bytes at a time keeps a slow link smooth.
            let wanted = limit.map { max(1, min($0 / 10, Self.pieceBytes)) } ?? Self.pieceBytes
            let count = recv(source, &piece, wanted, 0)
            guard count > 0 else { return }
            while weather()[keyPath: passage] == .held {
                guard !isGone(source) else { return }
                usleep(Self.lookMicroseconds)
            }
            // It may have changed while nothing came.
            let now = weather()
            if now[keyPath: passage] == .swallowed { continue }
            usleep(Self.pauseMicroseconds(now, count, isToClient: isToClient))
            if let bytes = now.flipOnceInBytes { flipper.flip(&piece, count, onceIn: bytes) }
            guard TCP.sendAll(sink, piece.prefix(count)) else { return }
        }
    }

    private static func pauseMicroseconds(
        _ weather: FaultWeather,
        _ count: Int,
        isToClient: Bool
    ) -> UInt32 {
        let delay = Int(weather.delay / .microseconds(1))
        let limit = isToClient ? weather.bytesPerSecondToClient : nil
        return UInt32(clamping: delay + (limit.map { count * 1_000_000 / max(1, $0) } ?? 0))
    }

    /// Whether the other side has gone while nothing is read from it.
    private func isGone(_ side: Int32) -> Bool {
        var polled = pollfd(fd: side, events: 0, revents: 0)
        return poll(&polled, 1, 0) > 0 && polled.revents & Int16(POLLHUP | POLLERR) != 0
    }

    private func end() {
        threads.withLock { threads in
            threads -= 1
            // The other direction ends too: a link with one direction is made by weather alone.
            shutdown(client, Int32(SHUT_RDWR))
            shutdown(server, Int32(SHUT_RDWR))
            guard threads == 0 else { return }
            close(client)
            close(server)
        }
    }
}

/// Flips bits at places that a seed decides.
struct BitFlipper {
    private var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Flips one bit in about so many bytes.
    mutating func flip(_ piece: inout [UInt8], _ count: Int, onceIn bytes: Int) {
        for index in 0..<count where random.next() % UInt64(max(1, bytes)) == 0 {
            piece[index] ^= 1 << UInt8(random.next() % 8)
        }
    }
}

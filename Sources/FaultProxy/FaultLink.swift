import Foundation
import Glibc
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

    func start(_ weather: @escaping @Sendable () -> FaultWeather) {
        Thread.detachNewThread { [self] in
            pump(client, server, seed) { weather().toServer } weather: { weather() }
        }
        Thread.detachNewThread { [self] in
            pump(server, client, seed &* 31, isToClient: true) {
                weather().toClient
            } weather: {
                weather()
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

    private func pump(
        _ source: Int32,
        _ sink: Int32,
        _ seed: UInt64,
        isToClient: Bool = false,
        passage: () -> FaultWeather.Passage,
        weather: () -> FaultWeather
    ) {
        defer { end() }
        var flipper = BitFlipper(seed: seed)
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let limit = isToClient ? weather().bytesPerSecondToClient : nil
            // A tenth of a second's bytes at a time keeps a slow link smooth.
            let wanted = limit.map { max(1, min($0 / 10, Self.pieceBytes)) } ?? Self.pieceBytes
            let count = recv(source, &piece, wanted, 0)
            guard count > 0 else { return }
            if let limit { usleep(UInt32(clamping: count * 1_000_000 / limit)) }
            while passage() == .held {
                guard !isGone(source) else { return }
                usleep(Self.lookMicroseconds)
            }
            let now = weather()
            if passage() == .swallowed { continue }
            if now.delay > .zero { usleep(UInt32(clamping: Int(now.delay / .microseconds(1)))) }
            if let bytes = now.flipOnceInBytes { flipper.flip(&piece, count, onceIn: bytes) }
            guard TCP.sendAll(sink, piece.prefix(count)) else { return }
        }
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

/// Flips bits at places that a seed decides (SplitMix64, S. Vigna 2015).
struct BitFlipper {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// Flips one bit in about so many bytes.
    mutating func flip(_ piece: inout [UInt8], _ count: Int, onceIn bytes: Int) {
        for index in 0..<count where next() % UInt64(max(1, bytes)) == 0 {
            piece[index] ^= 1 << UInt8(next() % 8)
        }
    }

    private mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

import Digests
import Foundation

/// The addresses that a source's document held when it was last read, by a short digest of each.
///
/// Six bytes tell 50,000 addresses apart but for one pair in 200,000 documents; the address that
/// is missed then is fetched when it is named elsewhere.
struct SeenAddresses: Sendable, Equatable {
    private var digests: Set<UInt64> = []
    private var ordered: [UInt64] = []

    /// Bytes of a digest that are kept.
    private static let digestBytes = 6
    /// The most addresses that one document may name, as in the sitemap protocol; 400 kB.
    static let countMax = 50_000

    init() {}

    /// Reads what `encoded` wrote; what cannot be read was not seen.
    init(encoded text: String) {
        let bytes = Array(Data(base64Encoded: text) ?? Data()).prefix(
            Self.countMax * Self.digestBytes
        )
        for start in stride(from: 0, to: bytes.count - Self.digestBytes + 1, by: Self.digestBytes) {
            insert(bytes[start..<start + Self.digestBytes].reduce(0) { $0 << 8 | UInt64($1) })
        }
    }

    /// The text that travels with the next poll.
    var encoded: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(ordered.count * Self.digestBytes)
        for digest in ordered {
            for shift in stride(from: 8 * (Self.digestBytes - 1), through: 0, by: -8) {
                bytes.append(UInt8(truncatingIfNeeded: digest >> shift))
            }
        }
        return Data(bytes).base64EncodedString()
    }

    var isEmpty: Bool { ordered.isEmpty }

    func contains(_ address: String) -> Bool { digests.contains(Self.digest(of: address)) }

    /// Notes an address; one beyond the most is forgotten.
    mutating func insert(_ address: String) { insert(Self.digest(of: address)) }

    private mutating func insert(_ digest: UInt64) {
        guard ordered.count < Self.countMax, digests.insert(digest).inserted else { return }
        ordered.append(digest)
    }

    private static func digest(of address: String) -> UInt64 {
        Digest.sha256(of: Array(address.utf8)).bytes.prefix(digestBytes)
            .reduce(0) { $0 << 8 | UInt64($1) }
    }
}

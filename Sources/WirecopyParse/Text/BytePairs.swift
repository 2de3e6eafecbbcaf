/// The first two bytes of some phrases, for passing over the places of a text where none begins.
///
/// A bit for each of `slots` values of a hash: small enough to stay at hand. Pairs may share a bit,
/// so that what is held may also be another pair.
struct BytePairs: Sendable {
    /// Values of `slot`.
    static let slots = 4096
    private var bits = [UInt64](repeating: 0, count: slots / 64)

    /// The place of a pair, from 0 up to `slots`.
    @inline(__always)
    static func slot(_ first: UInt8, _ second: UInt8) -> Int {
        (Int(first) &* 29 ^ Int(second)) & (slots - 1)
    }

    /// Adds what has a place.
    mutating func insert(_ slot: Int) { bits[slot >> 6] |= 1 << UInt64(slot & 63) }

    /// Whether something with a place was added.
    @inline(__always)
    func contains(_ slot: Int) -> Bool { bits[slot >> 6] & (1 << UInt64(slot & 63)) != 0 }
}

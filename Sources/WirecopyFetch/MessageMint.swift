package import WebArchive
package import WirecopyMessages

/// Gives the time, and identities that ascend with it; the only place where a stage or an input
/// meets clock and chance.
package struct MessageMint: Sendable {
    /// The time of this machine.
    package let now: @Sendable () -> Instant
    private let random: @Sendable () -> UInt64

    /// Makes a mint from a clock and a source of random bits.
    package init(
        now: @escaping @Sendable () -> Instant,
        random: @escaping @Sendable () -> UInt64
    ) {
        self.now = now
        self.random = random
    }

    /// A random number from 0 up to, not including, 1.
    func chance() -> Double { Double(random() >> 11) / Double(1 << 53 as UInt64) }

    /// A fresh identity of this instant.
    package func makeID(at instant: Instant) -> MessageID {
        var generator = Generator(random: random)
        return MessageID(milliseconds: instant.milliseconds, using: &generator)
    }

    /// A fresh identity for a record of the archive.
    package func recordIdentity(at instant: Instant) -> WARCRecord.Identity {
        WARCRecord.Identity(uuid: makeID(at: instant).description, date: instant.rfc3339)
    }

    private struct Generator: RandomNumberGenerator {
        let random: @Sendable () -> UInt64

        mutating func next() -> UInt64 { random() }
    }
}

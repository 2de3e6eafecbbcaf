import WirecopyMessages

extension MessageMint {
    /// The clock and the randomness of this machine; for mains.
    package static var system: MessageMint {
        MessageMint(
            now: Instant.now,
            random: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            }
        )
    }
}

import Foundation
import WirecopyMessages

extension MessageMint {
    /// The clock and the randomness of this machine; for mains.
    package static var system: MessageMint {
        MessageMint(
            now: { Instant(milliseconds: Int(Date.now.timeIntervalSince1970 * 1000)) },
            random: {
                var generator = SystemRandomNumberGenerator()
                return generator.next()
            }
        )
    }
}

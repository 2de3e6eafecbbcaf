import SplitMix

/// All randomness of a simulation.
package struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var random: SplitMix64

    /// Makes the generator of a seed; equal seeds give equal numbers.
    package init(seed: Int) {
        // Neighbouring seeds must not begin alike.
        let bits = UInt64(bitPattern: Int64(seed))
        random = SplitMix64(seed: bits &* 0xD134_2543_DE82_EF95 &+ 0x2545_F491_4F6C_DD1D)
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 { random.next() }

    /// A generator of its own for a part, so that one part's draws do not move another's.
    mutating func fork() -> SeededGenerator {
        SeededGenerator(seed: Int(truncatingIfNeeded: next()))
    }

    /// A number of the range, each as likely.
    mutating func number(_ range: ClosedRange<Int>) -> Int {
        Int.random(in: range, using: &self)
    }

    /// True in so many of a thousand cases.
    mutating func happens(_ permille: Int) -> Bool {
        permille > 0 && number(0...999) < permille
    }

    /// One of the elements; they must not be empty.
    mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[number(0...(elements.count - 1))]
    }
}

import SplitMix

/// One reader: makes input for it and checks what it says.
protocol FuzzTarget: Sendable {
    /// Makes the input of one case; equal generators give equal input.
    func input(using generator: inout SeededGenerator) -> FuzzInput

    /// Reads an input and holds the answer to what must be true of every answer.
    ///
    /// - Throws: `FuzzFinding` when something is not true that must be.
    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict
}

/// What a reader said.
enum FuzzVerdict: Sendable {
    case accepted, refused
}

/// Something that must not be true of an answer; the sentence says what.
struct FuzzFinding: Error, Sendable {
    let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// Numbers that are the same in each run.
struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var random: SplitMix64

    /// The generator of one case: the cases of a seed are independent, so that one alone can be
    /// made again.
    init(seed: UInt64, case number: Int) {
        random = SplitMix64(
            seed: seed &* 0xD134_2543_DE82_EF95 ^ UInt64(number) &* 0x2545_F491_4F6C_DD1D
        )
        _ = next()
    }

    mutating func next() -> UInt64 { random.next() }

    /// A number from 0 up to, but not including, `bound`, which is 1 to 2^32.
    ///
    /// Not `Int.random(in:)`, whose results are not promised to stay the same.
    mutating func below(_ bound: Int) -> Int {
        Int(((next() >> 32) * UInt64(bound)) >> 32)
    }

    /// True once in so many times.
    mutating func once(in times: Int) -> Bool { below(times) == 0 }

    /// One of the values, of which there is at least one.
    mutating func one<Value>(of values: [Value]) -> Value { values[below(values.count)] }
}

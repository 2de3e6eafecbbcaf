import Foundation
import SplitMix

/// Words and names of no language, as often as words and names are in news.
struct ImaginedWords {
    /// Words of the language; the rank-frequency law of texts makes the first ones common.
    static let count = 200_000
    /// Names that are not of one story.
    static let names = 300_000

    private let words: [[UInt8]]

    /// Spells all words once.
    init() {
        words = (0..<Self.count).map { Array(Self.spelled($0 + 1).utf8) }
    }

    /// A word by chance: the one of rank r about as often as 1/r (Zipf).
    func word(_ random: inout SplitMix64) -> [UInt8] {
        words[Self.rank(below: Self.count, &random)]
    }

    /// The word of a rank, counted from 0.
    func word(rank: Int) -> [UInt8] { words[rank] }

    /// A rank below a bound, about as often as 1/(rank + 1).
    static func rank(below bound: Int, _ random: inout SplitMix64) -> Int {
        let share = Double.random(in: 0..<1, using: &random)
        return min(bound - 1, Int(exp(share * log(Double(bound + 1)))) - 1)
    }

    /// A person's name; the number is its rank among persons.
    static func person(_ number: Int) -> String {
        spelled(number % 1_999 + 17).capitalized + " "
            + spelled(number % 60_013 + 2_311).capitalized
    }

    /// The name of something that is no person.
    static func other(_ number: Int) -> String {
        spelled(number % 90_001 + 433).capitalized
            + (number % 3 == 0 ? " " + spelled(number % 97 + 11).capitalized : "")
    }

    private static let syllables = [
        "ra", "mel", "to", "vin", "sa", "der", "ko", "lu", "pe", "ni", "ba", "fo", "gri", "hu",
        "ja", "cy", "a", "o", "in", "es", "wu", "qui", "ze", "u",
    ]

    private static func spelled(_ number: Int) -> String {
        var (rest, text) = (number, "")
        while rest > 0 {
            text += syllables[rest % syllables.count]
            rest /= syllables.count
        }
        return text
    }
}

extension SplitMix64 {
    /// A number with the normal distribution, by Box and Muller's way (1958).
    mutating func normal() -> Double {
        let first = Double.random(in: Double.leastNonzeroMagnitude..<1, using: &self)
        let second = Double.random(in: 0..<1, using: &self)
        return sqrt(-2 * log(first)) * cos(2 * .pi * second)
    }

    /// A number up to a bound.
    mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<max(1, bound), using: &self) }

    /// Whether something happens that happens in this share of cases.
    mutating func happens(_ share: Double) -> Bool {
        Double.random(in: 0..<1, using: &self) < share
    }
}

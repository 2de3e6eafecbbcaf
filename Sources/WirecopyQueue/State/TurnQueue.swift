/// Whose turn it is: numbers of lanes or workers, first in, first out, in constant time.
struct TurnQueue: Sendable {
    /// Places before the first that are given back together.
    private static let gapMax = 64

    private var numbers: [Int32] = []
    private var start = 0

    var count: Int { numbers.count - start }

    /// Whose turn it is; `nil` when nobody waits.
    var first: Int32? { start < numbers.count ? numbers[start] : nil }

    /// Puts a number behind all others.
    mutating func append(_ number: Int32) { numbers.append(number) }

    /// Takes the first number away; there must be one.
    mutating func removeFirst() {
        start += 1
        guard start >= Self.gapMax, 2 * start >= numbers.count else { return }
        numbers.removeFirst(start)
        start = 0
    }

    /// Takes a number out wherever it stands, in linear time.
    mutating func remove(_ number: Int32) {
        numbers = numbers[start...].filter { $0 != number }
        start = 0
    }

    /// Puts the first number behind all others.
    mutating func rotate() {
        guard let first else { return }
        removeFirst()
        append(first)
    }
}

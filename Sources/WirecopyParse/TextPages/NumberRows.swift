/// Questions of one forest, the numbers of one behind those of the other.
package struct NumberRows: Sendable {
    /// Numbers of one question.
    package let width: Int
    private(set) var numbers: [Float] = []

    init(width: Int) { self.width = width }

    /// Number of questions.
    package var count: Int { width == 0 ? 0 : numbers.count / width }

    /// The numbers of one question.
    package subscript(_ index: Int) -> [Float] {
        Array(numbers[index * width..<(index + 1) * width])
    }

    mutating func append(_ row: [Float]) {
        precondition(row.count == width, "A question has \(row.count) numbers, not \(width).")
        numbers += row
    }
}

/// Collects the numbers of one question.
struct NumberRow {
    private(set) var numbers: [Float] = []

    mutating func add(_ number: Float) { numbers.append(number) }

    mutating func add(_ number: Int) { numbers.append(Float(number)) }

    mutating func add(_ fact: Bool) { numbers.append(fact ? 1 : 0) }

    mutating func add(_ numbers: [Float]) { self.numbers += numbers }

    /// A distance in lines; what lies further than `far` away is nowhere.
    mutating func addAway(_ lines: Int) {
        numbers.append(Float(max(-Self.far, min(Self.far, lines))))
    }

    /// What a line that is nowhere is away.
    static let far = 80
}

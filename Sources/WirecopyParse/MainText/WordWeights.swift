/// How strongly single words speak for or against something, as log-odds; learned from many sites.
struct WordWeights: Sendable {
    private let weights: [UInt64: Float]
    /// Lines of a word, a tab and a number, sorted.
    let lines: String

    /// Takes weights by word; words are in lower case.
    init(_ weights: [String: Float]) {
        lines = weights.sorted { $0.key < $1.key }.map { "\($0.key)\t\($0.value)\n" }.joined()
        self.weights = Dictionary(
            weights.map { (Self.key($0.key.utf8), $0.value) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Reads lines of a word, a tab and a number; other lines are passed over.
    init(lines: String) {
        var weights: [String: Float] = [:]
        for line in lines.split(separator: "\n") {
            let parts = line.split(separator: "\t")
            guard parts.count == 2, let weight = Float(parts[1]) else { continue }
            weights[String(parts[0])] = weight
        }
        self.init(weights)
    }

    /// What some words say together.
    struct Verdict: Sendable {
        var least: Float = 0
        var most: Float = 0
        var sum: Float = 0

        mutating func add(_ weight: Float) {
            least = min(least, weight)
            most = max(most, weight)
            sum += weight
        }
    }

    /// What the words of an element's name say.
    func verdict(on words: [String]) -> Verdict {
        var verdict = Verdict()
        for word in words {
            if let weight = weights[Self.key(word.utf8)] { verdict.add(weight) }
        }
        return verdict
    }

    /// What the words of a line say.
    func verdict(on line: FoldedLine) -> Verdict {
        var verdict = Verdict()
        for word in Self.words(of: line) {
            if let weight = weights[Self.key(word)] { verdict.add(weight) }
        }
        return verdict
    }

    /// Runs of letters and digits.
    static func words(of line: FoldedLine) -> [ArraySlice<UInt8>] {
        line.bytes.split { !$0.isLetter && !$0.isDigit }
    }

    private static func key(_ word: some Sequence<UInt8>) -> UInt64 { WordHash(of: word).value }
}

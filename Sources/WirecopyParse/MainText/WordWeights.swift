/// How strongly single words speak for or against something, as log-odds; learned from many sites.
struct WordWeights: Sendable {
    private let index: WordIndex
    /// By the number of the word in `index`.
    private let weights: [Float]
    /// Lines of a word, a tab and a number, sorted.
    let lines: String

    /// Takes weights by word; words are in lower case.
    init(_ weights: [String: Float]) {
        let sorted = weights.sorted { $0.key < $1.key }
        lines = sorted.map { "\($0.key)\t\($0.value)\n" }.joined()
        index = WordIndex(sorted.map { WordHash(of: $0.key.utf8).value })
        self.weights = sorted.map(\.value)
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

    /// What the words of an element's name say, by their hashes.
    func verdict(on words: [UInt64]) -> Verdict {
        var verdict = Verdict()
        for word in words { add(word, to: &verdict) }
        return verdict
    }

    /// What the words of a line say: its runs of letters and digits.
    func verdict(on line: FoldedLine) -> Verdict {
        var verdict = Verdict()
        var word = WordHash()
        var isInWord = false
        for byte in line.bytes {
            if byte.isLetter || byte.isDigit {
                word.add(byte)
                isInWord = true
            } else if isInWord {
                add(word.value, to: &verdict)
                word = WordHash()
                isInWord = false
            }
        }
        if isInWord { add(word.value, to: &verdict) }
        return verdict
    }

    @inline(__always)
    private func add(_ word: UInt64, to verdict: inout Verdict) {
        if let number = index[word] { verdict.add(weights[number]) }
    }

    /// Runs of letters and digits.
    static func words(of line: FoldedLine) -> [ArraySlice<UInt8>] {
        line.bytes.split { !$0.isLetter && !$0.isDigit }
    }
}

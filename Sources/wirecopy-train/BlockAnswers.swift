/// Which blocks of a page are its article's text, found by holding the blocks against the gold.
struct BlockAnswers {
    /// The share of each block that is in the text, from 0 to 1.
    private(set) var answers: [Float]
    /// How much is known about each block: about 1 a page in all.
    private(set) var weights: [Float]

    /// Words of a run that is looked for.
    private static let run = 4
    /// What a page with snippets counts beside one with a whole body.
    private static let snippetShare: Float = 0.3

    /// Blocks of a page of which the whole text is known.
    init(texts: [String], body: String) {
        let lines = body.split(separator: "\n").map { Self.words(String($0)) }
        let all = lines.flatMap { $0 }
        let runs = Set(Self.runs(all, Self.run))
        let short = Set(lines.filter { $0.count < Self.run }.map { $0.joined(separator: " ") })
        let pairs = Set(Self.runs(all, 2))
        let words = texts.map { Self.words($0) }
        answers = words.map { words in
            guard words.count < Self.run else {
                let found = Self.runs(words, Self.run)
                return Float(found.count { runs.contains($0) }) / Float(found.count)
            }
            return short.contains(words.joined(separator: " ")) ? 1 : 0
        }
        for index in words.indices where 1..<Self.run ~= words[index].count && answers[index] == 0 {
            // A short line that the gold joins with its neighbours.
            guard let before = (index > 0 ? words[index - 1].last : nil),
                index > 0, answers[index - 1] > 0.5
            else { continue }
            let chain = Self.runs([before] + words[index], 2)
            if chain.allSatisfy({ pairs.contains($0) }) { answers[index] = 1 }
        }
        weights = Self.weights(words, known: { _ in true })
        dropCopies(words)
        let guess = answers.map { $0 > 0.5 }
        answers = BlockChoice.best(words, gold: all, guess: guess).map { $0 ? 1 : 0 }
    }

    /// Blocks of a page of which only snippets are known.
    init(texts: [String], wanted: [String], unwanted: [String]) {
        let words = texts.map { Self.words($0) }
        let joined = words.map { " " + $0.joined(separator: " ") + " " }
        func holds(_ snippets: [String]) -> Set<Int> {
            var found: Set<Int> = []
            for snippet in snippets {
                let key = " " + Self.words(snippet).joined(separator: " ") + " "
                guard key.utf8.count > 4 else { continue }
                found.formUnion(joined.indices.filter { joined[$0].contains(key) })
            }
            return found
        }
        let (kept, dropped) = (holds(wanted), holds(unwanted))
        answers = texts.indices.map { kept.contains($0) ? 1 : 0 }
        let known = kept.symmetricDifference(dropped)
        weights = Self.weights(words) { known.contains($0) }.map { $0 * Self.snippetShare }
    }

    /// Blocks of a page of which a guess at the text is known, and snippets that go before it.
    init(texts: [String], guess: String, wanted: [String], unwanted: [String]) {
        self.init(texts: texts, body: guess)
        weights = weights.map { $0 * Self.guessShare }
        let known = BlockAnswers(texts: texts, wanted: wanted, unwanted: unwanted)
        for index in texts.indices where known.weights[index] > 0 {
            answers[index] = known.answers[index]
            weights[index] = max(weights[index], known.weights[index])
        }
    }

    /// What a page counts whose answers are a program's.
    private static let guessShare: Float = 0.5

    /// Of a text that stands on the page twice, only the one among other text is the article's.
    private mutating func dropCopies(_ words: [[String]]) {
        var places: [String: [Int]] = [:]
        for (index, line) in words.enumerated() where answers[index] > 0.5 {
            places[line.joined(separator: " "), default: []].append(index)
        }
        // In the page's order: each answer given here is company for the next.
        for indices in places.values.sorted(by: { $0[0] < $1[0] }) where indices.count > 1 {
            func company(_ index: Int) -> Float {
                (max(0, index - 4)...min(answers.count - 1, index + 4))
                    .reduce(0) { $0 + ($1 == index ? 0 : answers[$1]) }
            }
            guard let best = indices.max(by: { company($0) < company($1) }) else { continue }
            for index in indices where index != best { answers[index] = 0 }
        }
    }

    private static func weights(_ words: [[String]], known: (Int) -> Bool) -> [Float] {
        let raw = words.indices.map { known($0) ? Float(words[$0].count + 1).squareRoot() : 0 }
        let sum = max(1, raw.reduce(0, +))
        return raw.map { $0 / sum * 100 }
    }

    private static func runs(_ words: [String], _ length: Int) -> [String] {
        guard words.count >= length else { return [] }
        return (0...(words.count - length)).map {
            words[$0..<$0 + length].joined(separator: " ")
        }
    }

    /// Runs of letters and digits in lower case, as the scorer cuts them.
    static func words(_ text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
    }
}

/// Chooses the blocks whose joined words come closest to a text, by the runs of four words that
/// both have: how extraction is scored.
///
/// It starts from a good guess and turns single blocks over while that helps. A short block is so
/// judged by what it joins, which its own words cannot tell.
struct BlockChoice {
    private let words: [[Int]]
    private let goldRuns: [UInt64: Int]
    private let goldCount: Int
    private(set) var isChosen: [Bool]
    private var runs: [UInt64: Int] = [:]
    private var runCount = 0
    private var sharedCount = 0

    /// Words of a run.
    private static let run = 4
    /// Later rounds change next to nothing.
    private static let roundsMax = 3

    /// Improves a guess of the blocks that make up a text of some words.
    static func best(_ texts: [[String]], gold: [String], guess: [Bool]) -> [Bool] {
        var choice = BlockChoice(texts, gold, guess)
        for _ in 0..<roundsMax where choice.improve() {}
        return choice.isChosen
    }

    private init(_ texts: [[String]], _ gold: [String], _ guess: [Bool]) {
        var numbers: [String: Int] = [:]
        func number(_ word: String) -> Int {
            let next = numbers.count + 1
            return numbers.updateValue(numbers[word] ?? next, forKey: word) ?? next
        }
        words = texts.map { $0.map(number) }
        let runs = Self.runs(gold.map(number))
        goldRuns = Dictionary(runs.map { ($0, 1) }, uniquingKeysWith: +)
        goldCount = runs.count
        isChosen = guess
        let joined = words.indices.filter { guess[$0] }.flatMap { words[$0] }
        for run in Self.runs(joined) { change(run, by: 1) }
    }

    /// Turns over each block that is better turned over; false when none is.
    private mutating func improve() -> Bool {
        var hasChanged = false
        for index in words.indices where !words[index].isEmpty {
            let (before, behind) = (wordsBefore(index), wordsBehind(index))
            let with = Self.runs(before + words[index] + behind)
            let without = Self.runs(before + behind)
            let (old, new) = isChosen[index] ? (with, without) : (without, with)
            let score = score
            for run in new { change(run, by: 1) }
            for run in old { change(run, by: -1) }
            if self.score > score {
                isChosen[index].toggle()
                hasChanged = true
            } else {
                for run in old { change(run, by: 1) }
                for run in new { change(run, by: -1) }
            }
        }
        return hasChanged
    }

    /// F1 of the runs of four.
    private var score: Double {
        goldCount + runCount == 0 ? 0 : 2 * Double(sharedCount) / Double(goldCount + runCount)
    }

    private mutating func change(_ run: UInt64, by step: Int) {
        let (count, gold) = (runs[run, default: 0], goldRuns[run, default: 0])
        runs[run] = count + step
        runCount += step
        sharedCount += min(count + step, gold) - min(count, gold)
    }

    private func wordsBefore(_ index: Int) -> [Int] {
        var found: [Int] = []
        var other = index - 1
        while other >= 0, found.count < Self.run - 1 {
            if isChosen[other] { found = words[other].suffix(Self.run - 1 - found.count) + found }
            other -= 1
        }
        return found
    }

    private func wordsBehind(_ index: Int) -> [Int] {
        var found: [Int] = []
        var other = index + 1
        while other < words.count, found.count < Self.run - 1 {
            if isChosen[other] { found += words[other].prefix(Self.run - 1 - found.count) }
            other += 1
        }
        return found
    }

    private static func runs(_ words: [Int]) -> [UInt64] {
        guard words.count >= run else { return [] }
        return (0...(words.count - run)).map { start in
            words[start..<start + run].reduce(0) { hash, word in
                (hash ^ UInt64(word)) &* 0x9E37_79B9_7F4A_7C15 ^ (hash >> 31)
            }
        }
    }
}

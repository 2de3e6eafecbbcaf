import Foundation

/// In how many texts of a corpus a word stands; ships as `words.tsv`.
package struct BackgroundWords: Sendable, Equatable {
    /// Texts of the corpus.
    package let texts: Int
    /// Texts with the word, by key; words that one text alone has are left out.
    package let counts: [UInt32: Int]

    /// Takes counts.
    package init(texts: Int, counts: [UInt32: Int]) {
        self.texts = texts
        self.counts = counts
    }

    /// Counts the words of texts.
    package init(counting texts: [String]) {
        var counts: [UInt32: Int] = [:]
        for text in texts {
            var seen: Set<UInt32> = []
            let bytes = Array(text.utf8)
            FeatureWords.forEach(in: bytes, bytes.indices) {
                if !$0.isCommon { seen.insert($0.key) }
            }
            for key in seen { counts[key, default: 0] += 1 }
        }
        self.init(texts: texts.count, counts: counts.filter { $0.value > 1 })
    }

    /// Reads the shipped form: `texts`, a tab and a number, then a key in hexadecimal digits, a tab
    /// and a number a line.
    ///
    /// - Throws: `StoryFailure` when a line is something else.
    package init(table: String) throws(StoryFailure) {
        var texts: Int?
        var counts: [UInt32: Int] = [:]
        for line in table.split(separator: "\n") where !line.hasPrefix("#") {
            let columns = line.split(separator: "\t")
            guard columns.count == 2, let number = Int(columns[1]) else {
                throw StoryFailure(.resourceDamaged, "words.tsv has the line \(line.prefix(80)).")
            }
            if columns[0] == "texts" {
                texts = number
            } else if let key = UInt32(columns[0], radix: 16) {
                counts[key] = number
            }
        }
        guard let texts, texts > 0 else {
            throw StoryFailure(.resourceDamaged, "words.tsv does not tell of how many texts it is.")
        }
        self.init(texts: texts, counts: counts)
    }

    /// The shipped form; equal counts give equal bytes.
    package var table: String {
        let rows = counts.sorted { $0.key < $1.key }.map {
            "\(String($0.key, radix: 16))\t\($0.value)"
        }
        return (["texts\t\(texts)"] + rows).joined(separator: "\n") + "\n"
    }

    /// The share of texts that have each counter's words; a half text for those that none has.
    func shares(counters: Int) -> [Float] {
        let whole = Float(texts + 1)
        // Whole numbers are added first: their sum does not depend on the order, which is another
        // one in every program.
        var sums = [Int](repeating: 0, count: counters)
        for (key, count) in counts { sums[Int(key) & (counters - 1)] += count }
        return sums.map { (Float($0) + 0.5) / whole }
    }
}

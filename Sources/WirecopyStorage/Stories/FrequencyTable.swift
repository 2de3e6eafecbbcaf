import WirecopyStories

/// The store's counts of words: blocks of counters, and the number of articles in block -1.
struct FrequencyTable {
    let db: StoreDatabase

    private static let countersOfBlock = 1024
    private static let articlesBlock = -1

    /// All counts; those of blocks that are not there are 0.
    func counts() throws -> WordFrequencies.Counts {
        var counts = WordFrequencies.Counts(
            articles: 0,
            counters: [UInt32](repeating: 0, count: WordFrequencies.counters)
        )
        var statement = try RowStatement("SELECT block, counts FROM word_frequency", db)
        try statement.forEachRow { row in
            let numbers = NumberBytes.numbers(in: row.blob(1))
            let start = Int(row.integer(0)) * Self.countersOfBlock
            if row.integer(0) == Self.articlesBlock {
                counts.articles = Int(numbers.first ?? 0)
            } else if start >= 0, start + numbers.count <= counts.counters.count {
                counts.counters.replaceSubrange(start..<(start + numbers.count), with: numbers)
            }
        }
        return counts
    }

    /// Adds to the counts; blocks in which nothing was counted are not touched.
    func add(_ fresh: WordFrequencies.Counts) throws {
        for start in stride(from: 0, to: fresh.counters.count, by: Self.countersOfBlock) {
            let block = fresh.counters[start..<(start + Self.countersOfBlock)]
            if block.contains(where: { $0 > 0 }) {
                try add(Array(block), toBlock: start / Self.countersOfBlock)
            }
        }
        try add([UInt32(clamping: fresh.articles)], toBlock: Self.articlesBlock)
    }

    private func add(_ numbers: [UInt32], toBlock block: Int) throws {
        var stored: [UInt32] = []
        var statement = try RowStatement("SELECT counts FROM word_frequency WHERE block = ?", db)
        statement.add(block)
        try statement.forEachRow { stored = NumberBytes.numbers(in: $0.blob(0)) }
        let sum = numbers.indices.map { index in
            numbers[index] &+ (stored.indices.contains(index) ? stored[index] : 0)
        }
        try db.run(
            """
            INSERT INTO word_frequency (block, counts) VALUES (?, ?)
            ON CONFLICT (block) DO UPDATE SET counts = excluded.counts
            """,
            block,
            NumberBytes.bytes(of: sum)
        )
    }
}

/// The store's lists of the articles that have a word: blocks of lists, and a log of what is not in
/// all blocks yet.
///
/// A list has its place by the word's hash, so that the words of an article lie all over the table.
/// Written at once, a large store would write hundreds of kilobytes an article. So an article costs
/// a row at the end of the log, and after some hundred of them one part of the blocks takes in what
/// the log has for it.
struct StoryKeyTable {
    let db: StoreDatabase

    /// Articles after which the next part of the blocks is brought up to date.
    private static let sweepEvery: Int64 = 256
    /// Articles in the log at most, about: every part has had its turn by then. They are read when
    /// a process begins.
    static let logMax = Int(sweepEvery) * StoryKeyBlock.parts

    /// Which row of the log each part of the blocks has, and the last row.
    struct Marks {
        fileprivate(set) var parts: [Int64]
        fileprivate(set) var last: Int64

        /// Whether it is a part's turn.
        var isSweepDue: Bool { last - (parts.max() ?? 0) >= StoryKeyTable.sweepEvery }
    }

    /// Brings into memory what the log has and the blocks lack.
    ///
    /// - Returns: the marks.
    func load(into lists: inout StoryKeyLists) throws -> Marks {
        var marks = Marks(parts: [Int64](repeating: 0, count: StoryKeyBlock.parts), last: 0)
        var statement = try RowStatement("SELECT part, log FROM story_key_mark", db)
        try statement.forEachRow { row in
            let part = Int(row.integer(0))
            if marks.parts.indices.contains(part) { marks.parts[part] = row.integer(1) }
        }
        marks.last = marks.parts.max() ?? 0
        var read = marks.parts.min() ?? 0
        while let last = try loadNext(after: read, into: &lists, &marks) {
            // A store of before has all its articles in the log.
            for _ in marks.parts { try sweep(&lists, &marks) }
            read = last
        }
        return marks
    }

    /// - Returns: the last row that was read, when there may be more.
    private func loadNext(
        after read: Int64,
        into lists: inout StoryKeyLists,
        _ marks: inout Marks
    ) throws -> Int64? {
        var (count, last) = (0, read)
        var statement = try RowStatement(
            "SELECT id, article, hour, keys FROM story_key_log WHERE id > ? ORDER BY id LIMIT ?",
            db
        )
        statement.add(read)
        statement.add(2 * Self.logMax)
        try statement.forEachRow { row in
            count += 1
            last = row.integer(0)
            guard let posting = StoryKeyPosting(article: row.integer(1), hour: Int(row.integer(2)))
            else { return }
            for key in NumberBytes.numbers(in: row.blob(3))
            where marks.parts[StoryKeyBlock.part(of: key)] < last {
                lists.add(posting, to: key)
            }
        }
        marks.last = max(marks.last, last)
        return count == 2 * Self.logMax ? last : nil
    }

    /// The stored list of a word.
    func list(of key: UInt32) throws -> [StoryKeyPosting] {
        StoryKeyBlock.list(of: key, in: try numbers(ofBlock: StoryKeyBlock.block(of: key)))
    }

    /// The stored lists of words, those of an article by one question: to a server, each costs a
    /// round trip.
    func lists(of keys: [UInt32]) throws -> [UInt32: [StoryKeyPosting]] {
        var lists: [UInt32: [StoryKeyPosting]] = [:]
        for start in stride(from: 0, to: keys.count, by: Self.keysOfLookUp) {
            let sought = keys[start..<min(start + Self.keysOfLookUp, keys.count)]
            var lookUp = try RowStatement(Self.lookUp, db)
            // One statement for all: fewer keys repeat the last.
            for index in start..<(start + Self.keysOfLookUp) {
                lookUp.add(Int(StoryKeyBlock.block(of: sought[min(index, sought.endIndex - 1)])))
            }
            try lookUp.forEachRow { row in
                let numbers = NumberBytes.numbers(in: row.blob(1))
                for key in sought where Int64(StoryKeyBlock.block(of: key)) == row.integer(0) {
                    lists[key] = StoryKeyBlock.list(of: key, in: numbers)
                }
            }
        }
        return lists
    }

    /// Words of an article.
    private static let keysOfLookUp = 32
    private static let lookUp = """
        SELECT block, lists FROM story_key_block
        WHERE block IN (\(Array(repeating: "?", count: keysOfLookUp).joined(separator: ", ")))
        """

    /// Adds an article to the lists of words.
    func post(
        _ article: Int64,
        _ keys: [UInt32],
        hour: Int,
        _ lists: inout StoryKeyLists,
        _ marks: inout Marks
    ) throws {
        guard let posting = StoryKeyPosting(article: article, hour: hour) else { return }
        marks.last += 1
        try db.run(
            "INSERT INTO story_key_log (id, article, hour, keys) VALUES (?, ?, ?, ?)",
            marks.last,
            article,
            hour,
            NumberBytes.bytes(of: keys)
        )
        for key in keys { lists.add(posting, to: key) }
    }

    /// Brings the part of the blocks up to date whose turn it is.
    func sweep(_ lists: inout StoryKeyLists, _ marks: inout Marks) throws {
        let part = marks.parts.indices.min { marks.parts[$0] < marks.parts[$1] } ?? 0
        try lists.settle(part: part) { keys, list in
            let block = StoryKeyBlock.block(of: keys.first ?? 0)
            let numbers = StoryKeyBlock.replacing(
                keys,
                in: try numbers(ofBlock: block),
                with: list
            )
            try db.run(
                """
                INSERT INTO story_key_block (block, lists) VALUES (?, ?)
                ON CONFLICT (block) DO UPDATE SET lists = excluded.lists
                """,
                Int(block),
                NumberBytes.bytes(of: numbers)
            )
        }
        marks.parts[part] = marks.last
        try db.run(
            """
            INSERT INTO story_key_mark (part, log) VALUES (?, ?)
            ON CONFLICT (part) DO UPDATE SET log = excluded.log
            """,
            part,
            marks.last
        )
        // The last row that all have stays: the next one is numbered after it.
        try db.run("DELETE FROM story_key_log WHERE id < ?", marks.parts.min() ?? 0)
    }

    private func numbers(ofBlock block: UInt32) throws -> [UInt32] {
        var numbers: [UInt32] = []
        var statement = try RowStatement(
            "SELECT lists FROM story_key_block WHERE block = ?",
            db
        )
        statement.add(Int(block))
        try statement.forEachRow { numbers = NumberBytes.numbers(in: $0.blob(0)) }
        return numbers
    }
}

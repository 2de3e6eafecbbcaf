import WirecopyStories

/// Whether the lists of words lead to articles of stories, and some lead to each new article.
///
/// Blocks and log are read once. A list keeps the articles that came last (`StoryKeyBlock`), so
/// that an old one may be in none; those that came last are in one at least.
struct StoryKeyCheck {
    let db: StoreDatabase

    /// Articles of which none can have been pushed out of a list.
    private static let newestChecked = StoryKeyBlock.postingsMax

    private enum Rule: String, CaseIterable {
        case blocks = "Lists of words stand in their blocks, each in its order."
        case articles = "Lists of words lead to articles of stories."
        case newest = "The articles that came last are found by their words."
        case log = "What was posted last of an article are words of it."
        case marks = "No part of the lists is ahead of its log."
    }

    /// How many rules it looks at.
    static let rules = Rule.allCases.count

    private struct Tally {
        var count = 0
        var example = ""
        mutating func add(_ example: String) {
            if count == 0 { self.example = example }
            count += 1
        }
    }

    /// What is wrong; at most one finding a rule.
    func findings() throws -> [StoreCheckReport.Finding] {
        var tallies: [Rule: Tally] = [:]
        let articles = Set(try db.all(Int64.self, "SELECT article FROM story_article"))
        var found = try blocks(articles, &tallies)
        found.formUnion(try log(articles, &tallies))
        for article in articles.sorted().suffix(Self.newestChecked)
        where !found.contains(article) {
            if try hasWords(article) { tallies[.newest, default: Tally()].add("\(article)") }
        }
        return Rule.allCases.compactMap { rule in
            tallies[rule].map {
                StoreCheckReport.Finding(count: $0.count, example: $0.example, rule: rule.rawValue)
            }
        }
    }

    /// - Returns: the articles to which the lists of the blocks lead.
    private func blocks(
        _ articles: Set<Int64>,
        _ tallies: inout [Rule: Tally]
    ) throws -> Set<Int64> {
        var found: Set<Int64> = []
        var statement = try RowStatement("SELECT block, lists FROM story_key_block", db)
        try statement.forEachRow { row in
            let block = UInt32(clamping: row.integer(0))
            let lists = StoryKeyBlock.lists(in: NumberBytes.numbers(in: row.blob(1)))
            let isSound =
                lists?.allSatisfy { key, list in
                    StoryKeyBlock.block(of: key) == block
                        && list.count <= StoryKeyBlock.postingsMax
                        && zip(list, list.dropFirst()).allSatisfy(<)
                } ?? false
            let keys = lists?.map(\.0) ?? []
            if !isSound || !zip(keys, keys.dropFirst()).allSatisfy(<) {
                tallies[.blocks, default: Tally()].add("\(block)")
            }
            for (_, list) in lists ?? [] {
                for posting in list { found.insert(Int64(posting.article)) }
            }
        }
        for stranger in found.subtracting(articles).sorted() {
            tallies[.articles, default: Tally()].add("\(stranger)")
        }
        return found
    }

    /// - Returns: the articles of the log.
    private func log(
        _ articles: Set<Int64>,
        _ tallies: inout [Rule: Tally]
    ) throws -> Set<Int64> {
        var latest: [Int64: [UInt32]] = [:]
        var last: Int64 = 0
        var statement = try RowStatement(
            "SELECT id, article, keys FROM story_key_log ORDER BY id",
            db
        )
        try statement.forEachRow { row in
            last = row.integer(0)
            latest[row.integer(1)] = NumberBytes.numbers(in: row.blob(2))
        }
        for (article, keys) in latest.sorted(by: { $0.key < $1.key }) {
            guard articles.contains(article) else {
                tallies[.articles, default: Tally()].add("\(article)")
                continue
            }
            let features = try StoryTables(db: db).features(of: article)
            guard let features, Set(features.words.map(\.key)).isSuperset(of: keys) else {
                tallies[.log, default: Tally()].add("\(article)")
                continue
            }
        }
        let ahead = try db.all(Int64.self, "SELECT part FROM story_key_mark WHERE log > ?", last)
        for part in ahead { tallies[.marks, default: Tally()].add("\(part)") }
        return Set(latest.keys)
    }

    private func hasWords(_ article: Int64) throws -> Bool {
        try StoryTables(db: db).features(of: article).map { !$0.words.isEmpty } ?? true
    }
}

extension StoryKeyBlock {
    /// All lists of a block; `nil` when it ends within one.
    static func lists(in numbers: [UInt32]) -> [(UInt32, [StoryKeyPosting])]? {
        var lists: [(UInt32, [StoryKeyPosting])] = []
        var index = 0
        while index < numbers.count {
            guard index + 1 < numbers.count else { return nil }
            let end = index + 2 + 2 * Int(numbers[index + 1])
            guard end <= numbers.count else { return nil }
            let postings = stride(from: index + 2, to: end, by: 2).map {
                StoryKeyPosting(hour: numbers[$0], article: numbers[$0 + 1])
            }
            lists.append((numbers[index], postings))
            index = end
        }
        return lists
    }
}

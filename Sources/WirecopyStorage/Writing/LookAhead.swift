import WirecopyMessages

/// What a transaction has found out before it stores its articles, in few questions for all: to a
/// server, each costs a round trip.
struct LookAhead {
    /// From so many articles on it is worth it.
    private static let articlesMin = 4
    /// Texts of one question.
    private static let textsOfQuestion = 128

    /// Which statements have a word.
    let statementKeys = KeyRows("statement_key", "quotation")
    /// Which articles have a key of their text.
    let textKeys = KeyRows("text_key", "article")
    // What the store did not have. Each is believed once: who finds it absent may store it.
    private var messages: Set<String> = []
    private var articles: Set<String> = []
    private var urls: Set<String> = []
    private var digests: Set<String> = []

    /// Asks for what the articles of a group need to know.
    ///
    /// - Throws: the engine's errors.
    init(_ records: [ArticleRecord], of ids: [MessageID], _ db: StoreDatabase) throws {
        guard records.count >= Self.articlesMin else { return }
        messages = try Self.absent(ids.map(\.description), Self.messagesQuestion, db)
        articles = try Self.absent(records.map(\.identity.id), Self.articlesQuestion, db)
        urls = try Self.absent(records.map(\.identity.url), Self.urlsQuestion, db)
        digests = try Self.absent(records.map(\.digest), Self.digestsQuestion, db)
        let days = records.map { $0.day(firstSeen: $0.seenAtMilliseconds) }
        try statementKeys.lookAhead(Self.statementKeys(of: records, days), db)
        try textKeys.lookAhead(Self.textKeys(of: records, days), db)
    }

    /// Whether the store had nothing of a message; asked for once.
    mutating func isAbsent(_ message: MessageID) -> Bool {
        messages.remove(message.description) != nil
    }

    /// Which of an article's questions need not be put; asked for once.
    mutating func absence(of record: ArticleRecord) -> Absence {
        Absence(
            article: articles.remove(record.identity.id) != nil,
            url: urls.remove(record.identity.url) != nil,
            digest: digests.remove(record.digest) != nil
        )
    }

    /// What the store had nothing of: the identifier, the former address, the content.
    struct Absence {
        let article: Bool
        let url: Bool
        let digest: Bool
    }

    private static func statementKeys(of records: [ArticleRecord], _ days: [Int]) -> Set<Int64> {
        var keys: Set<Int64> = []
        for (record, day) in zip(records, days) {
            for words in record.statements.values {
                for hash in words.keys { keys.formUnion(TimeBucket.keys(hash, near: day)) }
            }
        }
        return keys
    }

    private static func textKeys(of records: [ArticleRecord], _ days: [Int]) -> Set<Int64> {
        var keys: Set<Int64> = []
        for (record, day) in zip(records, days) {
            for hash in record.sketch.keys { keys.formUnion(TimeBucket.keys(hash, near: day)) }
        }
        return keys
    }

    private static let marks = Array(repeating: "?", count: textsOfQuestion).joined(separator: ", ")
    private static let messagesQuestion =
        "SELECT message FROM handled_message WHERE message IN (\(marks))"
    private static let articlesQuestion = "SELECT id FROM article WHERE id IN (\(marks))"
    private static let urlsQuestion = """
        SELECT article.url FROM article_address
        JOIN article ON article.number = article_address.article
        WHERE article_address.url IN (\(marks)) AND article.url = article_address.url
        """
    private static let digestsQuestion =
        "SELECT digest FROM article_version WHERE digest IN (\(marks))"

    /// Those of some texts that a question does not find.
    private static func absent(
        _ texts: [String],
        _ question: String,
        _ db: StoreDatabase
    ) throws -> Set<String> {
        var absent = Set(texts)
        // A statement takes another text in the place of one with U+0000.
        absent = absent.filter { !$0.utf8.contains(0) }
        let sorted = absent.sorted()
        for start in stride(from: 0, to: sorted.count, by: textsOfQuestion) {
            var statement = try RowStatement(question, db)
            for index in start..<(start + textsOfQuestion) {
                statement.add(sorted[min(index, sorted.count - 1)])
            }
            try statement.forEachRow { row in
                if let text = row.text(0) { absent.remove(text) }
            }
        }
        return absent
    }
}

/// Keeps which articles are nearly copies of an earlier one, so that they count as one origin.
///
/// Each copy names its original, the earliest published of them, in `near_duplicate`; an original
/// is no copy. `leave` comes before an article's text is replaced, `enter` after it is shown. The
/// keys of a text stand in `text_key`, unless they are nearly those of its original. Copies are
/// found within 32 days, often 64.
struct CopyLinker {
    let db: StoreDatabase
    /// What is known of `text_key`.
    let known: KeyRows

    /// Articles that a text is compared with: the most alike are those with most keys in common.
    private static let comparedMax = 6
    /// From this similarity on a copy is found by the keys of its original.
    private static let keptApartMin = 0.9

    /// Looks whether an article is nearly a copy, or the original of one that came before it.
    func enter(article: Int64, text: TextSketch, sort: Int, agency: String?) throws {
        let day = QuotationNumber.day(ofMilliseconds: sort)
        let best = try candidates(for: text, day: day)
            .filter { $0 != article }
            .prefix(Self.comparedMax)
            .compactMap { try compared($0, text) }
            .max { ($0.overlap.similarity, $1.article) < ($1.overlap.similarity, $0.article) }
        guard let best else { return try addKeys(of: article, text, day: day) }
        let original = try original(of: best.article)
        let agency = try agency ?? self.agency(of: best.article)
        if try isEarlier(sort, than: original) {
            try db.run(
                "UPDATE near_duplicate SET original = ? WHERE original = ?",
                article,
                original
            )
            try insert(copy: original, of: article, best.overlap, agency)
            try addKeys(of: article, text, day: day)
        } else {
            try insert(copy: article, of: original, best.overlap, agency)
            if best.overlap.similarity < Self.keptApartMin {
                try addKeys(of: article, text, day: day)
            }
        }
    }

    /// Takes an article, with the text that it has now, out of the copies.
    func leave(article: Int64) throws {
        guard let (text, day) = try stored(article) else { return }
        for hash in text.keys {
            let key = TimeBucket.key(hash, day: day)
            try db.run("DELETE FROM text_key WHERE key = ? AND article = ?", key, article)
            known.remove(article, under: key)
        }
        try db.run("DELETE FROM near_duplicate WHERE article = ?", article)
        try passOn(article)
    }

    /// Makes the earliest copy of an original the original of the others.
    private func passOn(_ original: Int64) throws {
        let next = try db.row(
            """
            SELECT article FROM near_duplicate
            JOIN article ON article.number = near_duplicate.article
            WHERE original = ? ORDER BY article.sort_ms, article.number LIMIT 1
            """,
            original
        )
        guard let heir = next?[0] as Int64? else { return }
        try db.run("DELETE FROM near_duplicate WHERE article = ?", heir)
        try db.run("UPDATE near_duplicate SET original = ? WHERE original = ?", heir, original)
        if let (text, day) = try stored(heir) { try addKeys(of: heir, text, day: day) }
    }

    private struct Compared {
        let article: Int64
        let overlap: TextSketch.Overlap
    }

    private func compared(_ article: Int64, _ text: TextSketch) throws -> Compared? {
        guard let other = try stored(article)?.text else { return nil }
        let overlap = text.overlap(with: other)
        return overlap.isNearCopy ? Compared(article: article, overlap: overlap) : nil
    }

    private func candidates(for text: TextSketch, day: Int) throws -> [Int64] {
        let keys = text.keys.flatMap { TimeBucket.keys($0, near: day) }
        guard !keys.isEmpty else { return [] }
        var counts: [Int64: Int] = [:]
        for row in try known.rows(under: keys, limit: Self.rowsMax) ?? rows(under: keys) {
            counts[row, default: 0] += 1
        }
        return counts.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.map(\.key)
    }

    private func rows(under keys: [Int64]) throws -> [Int64] {
        var lookUp = try RowStatement(Self.lookUp, db)
        keys.forEach { lookUp.add($0) }
        var found: [Int64] = []
        try lookUp.forEachRow { row in found.append(row.integer(0)) }
        return found
    }

    /// Each key in two buckets.
    private static let keysOfLookUp = TextSketch.keyCount * 2
    /// Keys of one text that are read at most; a text that is copied a thousand times stands under
    /// few keys, because its copies are found by those of the original.
    private static let rowsMax = 256
    private static let lookUp = """
        SELECT article FROM text_key
        WHERE key IN (\(Array(repeating: "?", count: keysOfLookUp).joined(separator: ", ")))
        LIMIT \(rowsMax)
        """

    private func addKeys(of article: Int64, _ text: TextSketch, day: Int) throws {
        var statement = try RowStatement(
            "INSERT INTO text_key (key, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
            db
        )
        for hash in text.keys {
            let key = TimeBucket.key(hash, day: day)
            statement.add(key)
            statement.add(article)
            try statement.run()
            known.add(article, under: key)
        }
    }

    private func insert(
        copy: Int64,
        of original: Int64,
        _ overlap: TextSketch.Overlap,
        _ agency: String?
    ) throws {
        try db.run(
            """
            INSERT INTO near_duplicate (article, original, similarity, shared, agency)
            VALUES (?, ?, ?, ?, ?)
            """,
            copy,
            original,
            overlap.similarity,
            overlap.shared,
            agency
        )
    }

    private func original(of article: Int64) throws -> Int64 {
        let row = try db.row("SELECT original FROM near_duplicate WHERE article = ?", article)
        return row?[0] ?? article
    }

    private func isEarlier(_ sort: Int, than article: Int64) throws -> Bool {
        let row = try db.row("SELECT sort_ms FROM article WHERE number = ?", article)
        return row.map { sort < $0[0] as Int } ?? false
    }

    private func agency(of article: Int64) throws -> String? {
        try db.text(
            "SELECT json_extract(syndication, '$[0]') FROM article WHERE number = ?",
            article
        )
    }

    /// The text and the day that an article has in the store.
    private func stored(_ article: Int64) throws -> (text: TextSketch, day: Int)? {
        var statement = try RowStatement(
            """
            SELECT article_version.text, article.sort_ms FROM article
            JOIN article_version ON article_version.id = article.version
            WHERE article.number = ?
            """,
            db
        )
        statement.add(article)
        var found: (TextSketch, Int)?
        try statement.forEachRow { row in
            let day = QuotationNumber.day(ofMilliseconds: Int(row.integer(1)))
            found = (TextSketch(Array((row.text(0) ?? "").utf8)), day)
        }
        return found
    }
}

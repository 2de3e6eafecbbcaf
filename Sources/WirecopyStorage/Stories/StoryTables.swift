import WirecopyStories

/// The store's stories within a transaction.
struct StoryTables: StoryShelf {
    let db: StoreDatabase
    /// What the user decided, when that is what changes the stories.
    var edit: Int64?

    static let millisecondsOfHour = 3_600_000
    /// Articles of each key that are looked at: those that came before, and those that came after.
    private static let earlierOfKey = 24
    private static let laterOfKey = 8

    // MARK: - Looking

    func neighbours(
        of keys: [StoryKey],
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        let hour = milliseconds / Self.millisecondsOfHour
        var sums: [Int64: Float] = [:]
        var earlier = try RowStatement(
            """
            SELECT article FROM story_key WHERE key = ? AND hour <= ?
            ORDER BY hour DESC, article DESC LIMIT \(Self.earlierOfKey)
            """,
            db
        )
        var later = try RowStatement(
            """
            SELECT article FROM story_key WHERE key = ? AND hour > ?
            ORDER BY hour, article LIMIT \(Self.laterOfKey)
            """,
            db
        )
        for key in keys {
            earlier.add(Int(key.key))
            earlier.add(hour)
            try earlier.forEachRow { sums[$0.integer(0), default: 0] += key.weight }
            later.add(Int(key.key))
            later.add(hour)
            try later.forEachRow { sums[$0.integer(0), default: 0] += key.weight }
        }
        let ranked = sums.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        return try ranked.prefix(limit).compactMap { try shelved($0.key) }
    }

    /// An article with its place; `nil` when it has none.
    func shelved(_ article: Int64) throws -> ShelvedArticle? {
        var statement = try RowStatement(
            "SELECT story, episode FROM story_article WHERE article = ?",
            db
        )
        statement.add(article)
        var found: ShelvedArticle?
        try statement.forEachRow { row in
            found = ShelvedArticle(
                article: article,
                story: row.integer(0),
                episode: row.integer(1)
            )
        }
        return found
    }

    func features(of article: Int64) throws -> ArticleFeatures? {
        var statement = try RowStatement(
            "SELECT features FROM story_article WHERE article = ?",
            db
        )
        statement.add(article)
        var found: ArticleFeatures?
        try statement.forEachRow { found = ArticleFeatures(bytes: $0.blob(0)) }
        return found
    }

    func members(
        of story: Int64,
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        var found: [(distance: Int, member: ShelvedArticle)] = []
        for (bound, order) in [("<=", "at_ms DESC, article DESC"), (">", "at_ms, article")] {
            var statement = try RowStatement(
                """
                SELECT article, episode, at_ms FROM story_article
                WHERE story = ? AND at_ms \(bound) ? ORDER BY \(order) LIMIT ?
                """,
                db
            )
            statement.add(story)
            statement.add(milliseconds)
            statement.add(limit)
            try statement.forEachRow { row in
                let member = ShelvedArticle(
                    article: row.integer(0),
                    story: story,
                    episode: row.integer(1)
                )
                found.append((abs(Int(row.integer(2)) - milliseconds), member))
            }
        }
        return found.sorted { ($0.distance, $0.member.article) < ($1.distance, $1.member.article) }
            .prefix(limit).map(\.member)
    }

    func episodes(of story: Int64) throws -> [EpisodeSpan] {
        var statement = try RowStatement(
            "SELECT id, first_ms, last_ms FROM story_episode WHERE story = ? ORDER BY id",
            db
        )
        statement.add(story)
        var spans: [EpisodeSpan] = []
        try statement.forEachRow { row in
            let range = row.optionalInteger(1).flatMap { first in
                row.optionalInteger(2).map { Int(first)...Int($0) }
            }
            spans.append(EpisodeSpan(episode: row.integer(0), publishedMilliseconds: range))
        }
        return spans
    }

    // MARK: - Placing

    func makeStory() throws -> Int64 {
        try db.insert("INSERT INTO story DEFAULT VALUES RETURNING id")
    }

    func makeEpisode(of story: Int64) throws -> Int64 {
        try db.insert("INSERT INTO story_episode (story) VALUES (?) RETURNING id", story)
    }

    func place(_ article: PlacedArticle) throws {
        let at = article.milliseconds
        let dated = article.features.publishedMilliseconds
        try db.run(
            """
            INSERT INTO story_article
                (article, story, episode, at_ms, is_dated, log_odds, closest, numbers, features,
                 keys)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            article.article,
            article.story,
            article.episode,
            at,
            dated != nil,
            article.evidence.map { Double($0.logOdds) },
            article.evidence?.closest,
            article.evidence.map { $0.numbers.map { "\($0)" }.joined(separator: " ") },
            article.features.bytes,
            NumberBytes.bytes(of: article.keys)
        )
        try post(article.article, article.keys, at)
        try db.run(
            """
            UPDATE story SET articles = articles + 1, first_ms = min(coalesce(first_ms, ?2), ?2),
                last_ms = max(coalesce(last_ms, ?2), ?2)
            WHERE id = ?1
            """,
            article.story,
            at
        )
        guard dated != nil else { return }
        try db.run(
            """
            UPDATE story_episode SET first_ms = min(coalesce(first_ms, ?2), ?2),
                last_ms = max(coalesce(last_ms, ?2), ?2)
            WHERE id = ?1
            """,
            article.episode,
            at
        )
    }

    func renew(
        _ article: Int64,
        _ features: ArticleFeatures,
        keys: [UInt32],
        milliseconds: Int
    ) throws {
        var former: [UInt32] = []
        var formerHour = 0
        var story: Int64 = 0
        var statement = try RowStatement(
            "SELECT keys, at_ms, story FROM story_article WHERE article = ?",
            db
        )
        statement.add(article)
        try statement.forEachRow { row in
            former = NumberBytes.numbers(in: row.blob(0))
            formerHour = Int(row.integer(1)) / Self.millisecondsOfHour
            story = row.integer(2)
        }
        for key in former {
            try db.run(
                "DELETE FROM story_key WHERE key = ? AND hour = ? AND article = ?",
                Int(key),
                formerHour,
                article
            )
        }
        try db.run(
            """
            UPDATE story_article SET at_ms = ?, is_dated = ?, features = ?, keys = ?
            WHERE article = ?
            """,
            milliseconds,
            features.publishedMilliseconds != nil,
            features.bytes,
            NumberBytes.bytes(of: keys),
            article
        )
        try post(article, keys, milliseconds)
        try recount(story)
    }

    private func post(_ article: Int64, _ keys: [UInt32], _ milliseconds: Int) throws {
        let hour = milliseconds / Self.millisecondsOfHour
        for key in keys {
            try db.run(
                """
                INSERT INTO story_key (key, hour, article) VALUES (?, ?, ?)
                ON CONFLICT DO NOTHING
                """,
                Int(key),
                hour,
                article
            )
        }
    }

    // MARK: - Repairs

    func move(_ article: ShelvedArticle, to story: Int64, _ episode: Int64) throws {
        try db.run(
            "UPDATE story_article SET story = ?, episode = ? WHERE article = ?",
            story,
            episode,
            article.article
        )
        try note("moved", article.story, story, article: article.article)
        try recount(article.story, emptiedInto: story)
        try recount(story)
    }

    func merge(_ story: Int64, into other: Int64) throws {
        try db.run("UPDATE story_article SET story = ? WHERE story = ?", other, story)
        try db.run("UPDATE story_episode SET story = ? WHERE story = ?", other, story)
        try note("merged", story, other)
        try keepApart(other, as: story)
        try recount(story, emptiedInto: other)
        try recount(other)
    }

    func assign(_ article: Int64, to episode: Int64, of story: Int64) throws {
        try db.run("UPDATE story_article SET episode = ? WHERE article = ?", episode, article)
        try recount(story)
    }

    /// Notes a change, for whoever asks how a story came to be.
    func note(_ kind: String, _ story: Int64, _ other: Int64, article: Int64? = nil) throws {
        try db.run(
            "INSERT INTO story_change (kind, story, other, article, edit) VALUES (?, ?, ?, ?, ?)",
            kind,
            story,
            other,
            article,
            edit
        )
    }

    /// Counts a story and its episodes anew. One that lost all its articles leads to where the last
    /// one went.
    func recount(_ story: Int64, emptiedInto other: Int64? = nil) throws {
        try db.run(
            """
            UPDATE story SET
                articles = (SELECT count(*) FROM story_article WHERE story = ?1),
                first_ms = (SELECT min(at_ms) FROM story_article WHERE story = ?1),
                last_ms = (SELECT max(at_ms) FROM story_article WHERE story = ?1)
            WHERE id = ?1
            """,
            story
        )
        if let other {
            try db.run(
                "UPDATE story SET merged_into = ?2 WHERE id = ?1 AND articles = 0",
                story,
                other
            )
        }
        try db.run(
            """
            DELETE FROM story_episode WHERE story = ? AND NOT EXISTS (
                SELECT 1 FROM story_article WHERE episode = story_episode.id
            )
            """,
            story
        )
        try db.run(
            """
            UPDATE story_episode SET
                first_ms = (SELECT min(at_ms) FROM story_article
                    WHERE episode = story_episode.id AND is_dated = 1),
                last_ms = (SELECT max(at_ms) FROM story_article
                    WHERE episode = story_episode.id AND is_dated = 1)
            WHERE story = ?
            """,
            story
        )
    }
}

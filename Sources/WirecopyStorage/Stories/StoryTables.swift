import WirecopyStories

/// The store's stories within a transaction.
struct StoryTables: DecisionShelf {
    let db: StoreDatabase
    /// What the user decided, when that is what changes the stories.
    var edit: Int64?

    static let millisecondsOfHour = 3_600_000

    // MARK: - Looking

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

    /// Where an article is and what the stories know of it; `nil` when it is in none.
    func entry(of article: Int64) throws -> (ShelvedArticle, ArticleFeatures?)? {
        var statement = try RowStatement(
            "SELECT story, episode, features FROM story_article WHERE article = ?",
            db
        )
        statement.add(article)
        var found: (ShelvedArticle, ArticleFeatures?)?
        try statement.forEachRow { row in
            let place = ShelvedArticle(
                article: article,
                story: row.integer(0),
                episode: row.integer(1)
            )
            found = (place, ArticleFeatures(bytes: row.blob(2)))
        }
        return found
    }

    /// The articles of a story, one more than fits when it has so many.
    func record(of story: Int64) throws -> StoryRecord {
        var record = StoryRecord()
        var statement = try RowStatement(
            """
            SELECT article, at_ms, is_dated, episode FROM story_article
            WHERE story = ? ORDER BY at_ms, article LIMIT ?
            """,
            db
        )
        statement.add(story)
        statement.add(StoryRecord.membersMax + 1)
        try statement.forEachRow { row in
            record.insert(
                StoryRecord.Member(
                    article: row.integer(0),
                    at: Int(row.integer(1)),
                    isDated: row.integer(2) != 0,
                    episode: row.integer(3)
                )
            )
        }
        return record
    }

    func size(of story: Int64) throws -> Int {
        var size = 0
        var statement = try RowStatement("SELECT articles FROM story WHERE id = ?", db)
        statement.add(story)
        try statement.forEachRow { size = Int($0.integer(0)) }
        return size
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

    func split(_ story: Int64) throws -> Int64 {
        let part = try makeStory()
        try note("split", story, part)
        return part
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
                (article, story, episode, at_ms, is_dated, log_odds, closest, numbers, features)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            article.article,
            article.story,
            article.episode,
            at,
            dated != nil,
            article.evidence.map { Double($0.logOdds) },
            article.evidence?.closest,
            article.evidence.map { $0.numbers.map { "\($0)" }.joined(separator: " ") },
            article.features.bytes
        )
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

    func renew(_ article: Int64, _ features: ArticleFeatures, milliseconds: Int) throws {
        try db.run(
            "UPDATE story_article SET at_ms = ?, is_dated = ?, features = ? WHERE article = ?",
            milliseconds,
            features.publishedMilliseconds != nil,
            features.bytes,
            article
        )
        guard let place = try shelved(article) else { return }
        try count(0, in: place.story)
        try span(place.episode)
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
        try count(-1, in: article.story)
        try leave(article.story, for: story)
        try count(1, in: story)
        try span(article.episode)
        try span(episode)
    }

    func merge(_ story: Int64, into other: Int64) throws {
        let size = try size(of: story)
        try db.run("UPDATE story_article SET story = ? WHERE story = ?", other, story)
        try db.run("UPDATE story_episode SET story = ? WHERE story = ?", other, story)
        try note("merged", story, other)
        try count(-size, in: story)
        try leave(story, for: other)
        try count(size, in: other)
    }

    func assign(_ article: Int64, to episode: Int64, of story: Int64) throws {
        let former = try shelved(article)?.episode
        try db.run("UPDATE story_article SET episode = ? WHERE article = ?", episode, article)
        if let former { try span(former) }
        try span(episode)
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

    // Each looks at the ends of an index only: a story may have ten thousand articles.

    /// Notes that a story has other articles, and so many more.
    func count(_ more: Int, in story: Int64) throws {
        try db.run(
            """
            UPDATE story SET articles = articles + ?2,
                first_ms = (SELECT min(at_ms) FROM story_article WHERE story = ?1),
                last_ms = (SELECT max(at_ms) FROM story_article WHERE story = ?1)
            WHERE id = ?1
            """,
            story,
            more
        )
    }

    /// Lets a story that has no article any more lead to where the last one went.
    func leave(_ story: Int64, for other: Int64) throws {
        guard try size(of: story) == 0 else { return }
        try db.run("UPDATE story SET merged_into = ? WHERE id = ?", other, story)
        try keepApart(other, as: story)
    }

    /// Notes that an episode has other articles; without any it is no more.
    func span(_ episode: Int64) throws {
        try db.run(
            """
            DELETE FROM story_episode WHERE id = ?1 AND NOT EXISTS (
                SELECT 1 FROM story_article WHERE episode = ?1
            )
            """,
            episode
        )
        try db.run(
            """
            UPDATE story_episode SET
                first_ms = (SELECT min(at_ms) FROM story_article
                    WHERE episode = ?1 AND is_dated = 1),
                last_ms = (SELECT max(at_ms) FROM story_article
                    WHERE episode = ?1 AND is_dated = 1)
            WHERE id = ?1
            """,
            episode
        )
    }
}

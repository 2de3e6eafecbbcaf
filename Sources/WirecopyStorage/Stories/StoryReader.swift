import WirecopyStories

/// Reads stories within a transaction.
struct StoryReader {
    let db: StoreDatabase

    /// Stories that were joined lead to each other over few steps; more are damage.
    private static let stepsMax = 100

    /// The story that a number means now.
    func living(_ number: Int64) throws -> Int64? {
        var current = number
        for _ in 0..<Self.stepsMax {
            let row = try db.row("SELECT articles, merged_into FROM story WHERE id = ?", current)
            guard let row else { return nil }
            if row[0] as Int > 0 { return current }
            guard let next = row[1] as Int64? else { return nil }
            current = next
        }
        return nil
    }

    /// The story of an article.
    func story(ofArticle number: Int64) throws -> Int64? {
        try db.row("SELECT story FROM story_article WHERE article = ?", number)?[0]
    }

    /// What a list says of a story.
    ///
    /// Its dates are those of articles that tell them, where there are any; saved files have the
    /// host `file`, and are each an outlet of their own.
    func summary(of story: Int64) throws -> StorySummary? {
        let row = try db.row(
            """
            SELECT articles,
                coalesce((SELECT min(at_ms) FROM story_article WHERE story = ?1 AND is_dated = 1),
                    first_ms),
                coalesce((SELECT max(at_ms) FROM story_article WHERE story = ?1 AND is_dated = 1),
                    last_ms),
                (SELECT count(*) FROM story_episode WHERE story = ?1),
                (SELECT count(DISTINCT coalesce(nullif(article.site_name, ''),
                        nullif(article.host, 'file'), article.id)) FROM story_article
                    JOIN article ON article.number = story_article.article WHERE story = ?1)
            FROM story WHERE id = ?1 AND articles > 0
            """,
            story
        )
        return try row.map {
            StorySummary(
                id: Int(story),
                title: try title(of: story),
                articles: $0[0],
                outlets: $0[4],
                episodes: $0[3],
                firstMs: $0[1],
                lastMs: $0[2]
            )
        }
    }

    /// The headline of the article that most others were closest to, among those that have one.
    private func title(of story: Int64) throws -> String? {
        try db.text(
            """
            SELECT article.title FROM story_article AS own
            JOIN article ON article.number = own.article
            LEFT JOIN story_article AS other
                ON other.closest = own.article AND other.story = own.story
            WHERE own.story = ? AND article.title IS NOT NULL
            GROUP BY own.article, article.number
            ORDER BY count(other.article) DESC, own.at_ms, own.article LIMIT 1
            """,
            story
        )
    }

    /// A story with its articles and changes.
    func report(of story: Int64) throws -> StoryReport? {
        guard let summary = try summary(of: story) else { return nil }
        return StoryReport(
            summary: summary,
            episodes: try episodes(of: story),
            changes: try changes(of: story)
        )
    }

    private func episodes(of story: Int64) throws -> [StoryReport.Episode] {
        let rows = try db.rows(
            """
            SELECT story_article.episode, article.id, article.url, article.host,
                article.site_name, article.title, article.published, story_article.at_ms,
                (SELECT original.id FROM near_duplicate
                    JOIN article AS original ON original.number = near_duplicate.original
                    WHERE near_duplicate.article = article.number),
                (SELECT count(*) FROM article_copy
                    WHERE article_copy.article = article.number)
            FROM story_article JOIN article ON article.number = story_article.article
            WHERE story_article.story = ?
            ORDER BY story_article.at_ms, article.number LIMIT ?
            """,
            story,
            ArticleStore.membersMax
        )
        var order: [Int] = []
        var members: [Int: [StoryReport.Member]] = [:]
        for row in rows {
            let episode: Int = row[0]
            if members[episode] == nil { order.append(episode) }
            members[episode, default: []].append(
                StoryReport.Member(
                    id: row[1],
                    url: row[2],
                    host: row[3],
                    siteName: row[4],
                    title: row[5],
                    published: row[6],
                    sortMs: row[7],
                    copyOf: row[8],
                    copies: row[9]
                )
            )
        }
        let times = try likelyTimes(of: story)
        return order.sorted { (times[$0] ?? 0, $0) < (times[$1] ?? 0, $1) }
            .map { StoryReport.Episode(id: $0, articles: members[$0] ?? []) }
    }

    /// When each episode was, for their order: the first publication in it; without any, what its
    /// articles hint at; without a hint, right after the last one that is known.
    private func likelyTimes(of story: Int64) throws -> [Int: Int] {
        var times: [Int: Int] = [:]
        var undated: [(episode: Int, features: ArticleFeatures, at: Int)] = []
        var statement = try RowStatement(
            """
            SELECT episode, at_ms, is_dated, CASE WHEN is_dated = 0 THEN features END
            FROM story_article WHERE story = ? ORDER BY at_ms, article LIMIT ?
            """,
            db
        )
        statement.add(story)
        statement.add(ArticleStore.membersMax)
        try statement.forEachRow { row in
            let (episode, at) = (Int(row.integer(0)), Int(row.integer(1)))
            if row.integer(2) == 1 {
                times[episode] = min(times[episode] ?? at, at)
            } else if let features = ArticleFeatures(bytes: row.blob(3)) {
                undated.append((episode, features, at))
            }
        }
        let dated = times
        for (episode, features, at) in undated where dated[episode] == nil {
            guard let first = dated.values.min(), let last = dated.values.max() else {
                times[episode] = min(times[episode] ?? at, at)
                continue
            }
            let likely = EpisodeCutter.likelyMilliseconds(of: features, storyBegan: first)
            times[episode] = max(times[episode] ?? last, likely ?? last)
        }
        return times
    }

    private func changes(of story: Int64) throws -> [StoryReport.Change] {
        try db.rows(
            """
            SELECT kind, story, other, article.id, story_change.edit
            FROM story_change LEFT JOIN article ON article.number = story_change.article
            WHERE story_change.story = ?1 OR story_change.other = ?1
            ORDER BY story_change.id LIMIT ?2
            """,
            story,
            ArticleStore.membersMax
        )
        .map { row in
            StoryReport.Change(
                kind: row[0],
                story: row[1],
                other: row[2],
                article: row[3],
                edit: row[4]
            )
        }
    }

    /// Why an article is where it is.
    func place(ofArticle number: Int64) throws -> StoryPlaceReport? {
        let row = try db.row(
            """
            SELECT story, episode, log_odds, numbers, closest.id, closest.title
            FROM story_article LEFT JOIN article AS closest ON closest.number = closest
            WHERE article = ?
            """,
            number
        )
        return try row.map { row in
            let numbers = (row[3] as String? ?? "").split(separator: " ").compactMap { Double($0) }
            return StoryPlaceReport(
                story: row[0],
                episode: row[1],
                logOdds: row[2],
                closest: row[4],
                closestTitle: row[5],
                shared: Dictionary(
                    zip(SimilarityNumbers.names, numbers),
                    uniquingKeysWith: { first, _ in first }
                ),
                decided: try StoryEdits(db: db).deciding(number)
            )
        }
    }
}

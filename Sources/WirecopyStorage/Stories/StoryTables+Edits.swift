import WirecopyStories

// What the user decided, for what places articles by itself.
extension StoryTables {
    func isPinned(_ article: Int64) throws -> Bool {
        try isThere(
            """
            SELECT 1 FROM story_pin JOIN story_edit ON story_edit.id = story_pin.edit
            WHERE story_pin.article = ? AND story_edit.undone_at_ms IS NULL LIMIT 1
            """,
            article
        )
    }

    func areApart(_ story: Int64, _ other: Int64) throws -> Bool {
        try isThere(
            "SELECT 1 FROM story_apart WHERE story = ? AND other = ? LIMIT 1",
            story,
            other
        )
    }

    func shift(
        _ articles: [Int64],
        of story: Int64,
        to other: Int64,
        _ episode: Int64
    ) throws {
        var episodes: Set<Int64> = [episode]
        for article in articles {
            if let place = try shelved(article) { episodes.insert(place.episode) }
            try db.run(
                "UPDATE story_article SET story = ?, episode = ? WHERE article = ?",
                other,
                episode,
                article
            )
        }
        try count(-articles.count, in: story)
        try leave(story, for: other)
        try count(articles.count, in: other)
        for concerned in episodes.sorted() { try span(concerned) }
    }

    private func isThere(_ sql: String, _ values: Int64...) throws -> Bool {
        var statement = try RowStatement(sql, db)
        for value in values { statement.add(value) }
        var isThere = false
        try statement.forEachRow { _ in isThere = true }
        return isThere
    }

    /// Keeps a story apart from those from which another one was, of which it is a part now.
    func keepApart(_ story: Int64, as former: Int64) throws {
        for (left, right) in [(story, former), (former, story)] {
            try db.run("DELETE FROM story_apart WHERE story = ? AND other = ?", left, right)
        }
        for column in ["story", "other"] {
            try db.run(
                "UPDATE story_apart SET \(column) = ? WHERE \(column) = ?",
                story,
                former
            )
        }
    }
}

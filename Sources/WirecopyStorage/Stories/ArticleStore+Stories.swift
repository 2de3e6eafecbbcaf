package import WirecopyMessages
package import WirecopyStories

extension ArticleStore {
    /// Most stories that one call lists.
    package static let storiesMax = 200
    /// Most articles of a story that one call gives.
    package static let membersMax = 1000

    /// The stories with news since an instant, those with the newest first.
    ///
    /// - Parameters:
    ///   - since: only stories of which an article was published, or seen, at or after this.
    ///   - articlesMin: only stories of at least so many articles.
    ///   - limit: 1 to `storiesMax`; others are brought into that range.
    ///   - offset: stories to leave out.
    /// - Returns: the stories, and whether there are more.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func stories(
        since: Instant? = nil,
        articlesMin: Int = 1,
        limit: Int = 20,
        offset: Int = 0
    ) async throws(StorageFailure) -> StoryListReport {
        let limit = min(max(limit, 1), Self.storiesMax)
        return try await read(to: "list the stories") { db in
            let ids = try db.all(
                Int64.self,
                """
                SELECT id FROM story WHERE articles > 0 AND last_ms >= ? AND articles >= ?
                ORDER BY last_ms DESC, id DESC LIMIT ? OFFSET ?
                """,
                since?.milliseconds ?? Int.min,
                articlesMin,
                limit + 1,
                max(0, offset)
            )
            let reader = StoryReader(db: db)
            let stories = try ids.prefix(limit).compactMap { try reader.summary(of: $0) }
            return StoryListReport(stories: stories, hasMore: ids.count > limit)
        }
    }

    /// The number of the story that a person names: `1` or `#1`, an article's URL or identifier, or
    /// words of a headline or text.
    ///
    /// - Returns: `nil` when there is none; a story that was joined to another leads to that.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func storyNumber(_ reference: String) async throws(StorageFailure) -> Int? {
        let name = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
        let found: Int64? = try await read(to: "look for the story \(reference.prefix(200))") {
            db in
            let reader = StoryReader(db: db)
            if let number = Int64(name), let story = try reader.living(number) { return story }
            let article = try? ArticleReference(reference).number(db)
            return try article.flatMap { try reader.story(ofArticle: $0) }
        }
        if let found { return Int(found) }
        guard SearchExpression(reference) != nil,
            let hit = try await search(SearchQuery(text: reference, limit: 1)).hits.first
        else { return nil }
        return try await storyPlace(of: hit.id)?.story
    }

    /// A story with its episodes and articles, at most `membersMax` of these.
    ///
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func story(_ number: Int) async throws(StorageFailure) -> StoryReport? {
        try await read(to: "show the story \(number)") { db in
            let reader = StoryReader(db: db)
            return try reader.living(Int64(number)).flatMap { try reader.report(of: $0) }
        }
    }

    /// The articles of a story as its brief needs them.
    ///
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func storyMembers(_ number: Int) async throws(StorageFailure) -> [StoryMember] {
        guard let story = try await story(number) else { return [] }
        var members: [StoryMember] = []
        for (index, episode) in story.episodes.enumerated() {
            let annotated = try await annotatedArticles(episode.articles.map(\.id))
            for article in episode.articles {
                guard let message = annotated[article.id] else { continue }
                members.append(
                    StoryMember(
                        articleID: article.id,
                        annotated: message,
                        episode: index + 1,
                        atMs: article.sortMs,
                        copyOf: article.copyOf
                    )
                )
            }
        }
        return members
    }

    /// Why an article is in its story.
    ///
    /// - Throws: `StorageFailure`, as `article(_:)`.
    package func storyPlace(
        of reference: String
    ) async throws(StorageFailure) -> StoryPlaceReport? {
        try await read(to: "find the story of \(reference.prefix(200))") { db in
            try ArticleReference(reference).number(db).flatMap {
                try StoryReader(db: db).place(ofArticle: $0)
            }
        }
    }
}

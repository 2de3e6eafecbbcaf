import WirecopyStories

/// The store's stories within a transaction, with what the process remembers of them.
///
/// Invariant: answers are those that the tables alone would give.
struct RecalledStories: PlacementShelf {
    private let tables: StoryTables
    private let keys: StoryKeyTable
    /// What is remembered, to be kept for the next article.
    private(set) var recall: StoryRecall

    /// Looks at a store with what is remembered of it.
    init(_ tables: StoryTables, _ recall: StoryRecall) {
        self.tables = tables
        self.recall = recall
        keys = StoryKeyTable(db: tables.db)
    }

    // MARK: - Looking

    mutating func neighbours(
        of sought: [StoryKey],
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        _ = try marks()
        recall.lists.beginTurn()
        recall.sums.clear()
        recall.features = [:]
        let hour = milliseconds / StoryTables.millisecondsOfHour
        let lacking = sought.map(\.key).filter { recall.lists.lacks($0) }
        let stored = try keys.lists(of: lacking)
        for key in sought {
            let near = recall.lists.near(key.key, hour: hour) { stored[$0] ?? [] }
            for posting in near { recall.sums.add(posting.article, key.weight) }
        }
        let greatest = recall.sums.greatest(limit)
        return try greatest.compactMap { try place(of: Int64($0)) }
    }

    /// Where an article is; `nil` when it is in no story.
    mutating func place(of article: Int64) throws -> ShelvedArticle? {
        if let place = recall.places[article] { return place }
        guard let (place, features) = try tables.entry(of: article) else { return nil }
        recall.places[article] = place
        recall.features[article] = features
        return place
    }

    mutating func features(of article: Int64) throws -> ArticleFeatures? {
        try recall.features[article] ?? tables.features(of: article)
    }

    mutating func members(
        of story: Int64,
        near milliseconds: Int,
        limit: Int
    ) throws -> [ShelvedArticle] {
        guard let record = try record(of: story) else {
            return try tables.members(of: story, near: milliseconds, limit: limit)
        }
        return record.members(of: story, near: milliseconds, limit: limit)
    }

    mutating func episodes(of story: Int64) throws -> [EpisodeSpan] {
        try record(of: story)?.episodes ?? tables.episodes(of: story)
    }

    mutating func size(of story: Int64) throws -> Int {
        try record(of: story)?.members.count ?? tables.size(of: story)
    }

    /// The articles of a story; `nil` when it has too many.
    private mutating func record(of story: Int64) throws -> StoryRecord? {
        if let record = recall.stories[story] { return record.isSmall ? record : nil }
        let record = try tables.record(of: story)
        recall.stories[story] = record
        return record.isSmall ? record : nil
    }

    // MARK: - Placing

    mutating func makeStory() throws -> Int64 {
        let story = try tables.makeStory()
        recall.stories[story] = StoryRecord()
        return story
    }

    mutating func split(_ story: Int64) throws -> Int64 {
        let part = try tables.split(story)
        recall.stories[part] = StoryRecord()
        return part
    }

    mutating func makeEpisode(of story: Int64) throws -> Int64 { try tables.makeEpisode(of: story) }

    mutating func place(_ article: PlacedArticle) throws {
        try tables.place(article)
        try post(article.article, article.keys, article.milliseconds)
        recall.places[article.article] = ShelvedArticle(
            article: article.article,
            story: article.story,
            episode: article.episode
        )
        recall.stories.change(article.story) { record in
            record.insert(
                StoryRecord.Member(
                    article: article.article,
                    at: article.milliseconds,
                    isDated: article.features.publishedMilliseconds != nil,
                    episode: article.episode
                )
            )
        }
    }

    mutating func renew(
        _ article: Int64,
        _ features: ArticleFeatures,
        keys: [UInt32],
        milliseconds: Int
    ) throws {
        try tables.renew(article, features, milliseconds: milliseconds)
        try post(article, keys, milliseconds)
        if let place = try place(of: article) { recall.stories[place.story] = nil }
        recall.features[article] = nil
    }

    private mutating func post(_ article: Int64, _ words: [UInt32], _ milliseconds: Int) throws {
        var marks = try marks()
        let hour = milliseconds / StoryTables.millisecondsOfHour
        try keys.post(article, words, hour: hour, &recall.lists, &marks)
        if marks.isSweepDue {
            try tables.db.inOneTurn { try keys.sweep(&recall.lists, &marks) }
        }
        recall.marks = marks
    }

    private mutating func marks() throws -> StoryKeyTable.Marks {
        if let marks = recall.marks { return marks }
        let marks = try keys.load(into: &recall.lists)
        recall.marks = marks
        return marks
    }

    // MARK: - Repairs

    mutating func move(_ article: ShelvedArticle, to story: Int64, _ episode: Int64) throws {
        try tables.move(article, to: story, episode)
        recall.places[article.article] = ShelvedArticle(
            article: article.article,
            story: story,
            episode: episode
        )
        var moved: StoryRecord.Member?
        recall.stories.change(article.story) { moved = $0.remove(article.article) }
        guard var moved else {
            recall.stories[article.story] = nil
            recall.stories[story] = nil
            return
        }
        moved.episode = episode
        recall.stories.change(story) { $0.insert(moved) }
    }

    mutating func merge(_ story: Int64, into other: Int64) throws {
        let merged = try record(of: story)
        try tables.merge(story, into: other)
        recall.stories[story] = nil
        guard let merged else {
            recall.stories[other] = nil
            return recall.places.forgetAll()
        }
        recall.stories.change(other) { record in
            for member in merged.members { record.insert(member) }
        }
        for member in merged.members {
            recall.places[member.article] = ShelvedArticle(
                article: member.article,
                story: other,
                episode: member.episode
            )
        }
    }

    mutating func assign(_ article: Int64, to episode: Int64, of story: Int64) throws {
        try tables.assign(article, to: episode, of: story)
        recall.places[article] = ShelvedArticle(article: article, story: story, episode: episode)
        recall.stories.change(story) { $0.assign(article, to: episode) }
    }

    func isPinned(_ article: Int64) throws -> Bool { try tables.isPinned(article) }

    func areApart(_ story: Int64, _ other: Int64) throws -> Bool {
        try tables.areApart(story, other)
    }
}

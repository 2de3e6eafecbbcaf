import WirecopyMessages
import WirecopyStories

/// The steps of an edit of stories, in one transaction.
struct StoryEditing {
    private let db: StoreDatabase
    private let edits: StoryEdits
    private let reader: StoryReader
    private var keeper: StoryKeeper
    private var tables: StoryTables

    init(_ db: StoreDatabase, _ knowledge: StoryKnowledge) throws {
        self.db = db
        edits = StoryEdits(db: db)
        reader = StoryReader(db: db)
        tables = StoryTables(db: db)
        // Workers then see that what they remember of stories holds no longer.
        var revision = StoryRevision()
        _ = try revision.raise(db)
        keeper = StoryKeeper(knowledge)
        keeper.frequencies.take(kept: try FrequencyTable(db: db).counts())
    }

    // MARK: - Naming

    /// The story that a person names.
    ///
    /// - Throws: `StorageFailure` with `nameUnknown`.
    func story(_ reference: String) throws -> Int64 {
        let name = reference.hasPrefix("#") ? String(reference.dropFirst()) : reference
        if let number = Int64(name), let story = try reader.living(number) { return story }
        if let number = try ArticleReference(reference).number(db),
            let story = try reader.story(ofArticle: number)
        {
            return story
        }
        throw StorageFailure(
            .nameUnknown,
            "The store has no story \(reference.prefix(200)). "
                + "Type wirecopy stories to see their numbers."
        )
    }

    /// The articles that a person names, each once.
    ///
    /// - Throws: `StorageFailure` with `nameUnknown`, or `ruleRefused` for none or too many.
    func articles(_ references: [String]) throws -> [ShelvedArticle] {
        guard 1...StoryEditor.articlesMax ~= references.count else {
            throw StorageFailure(
                .ruleRefused,
                "\(references.count) articles are named; name 1 to \(StoryEditor.articlesMax)."
            )
        }
        var found: [Int64: ShelvedArticle] = [:]
        for reference in references {
            let number = try ArticleReference(reference).number(db)
            guard let shelved = try number.flatMap({ try tables.shelved($0) }) else {
                throw StorageFailure(
                    .nameUnknown,
                    "The store has no article \(reference.prefix(200)). "
                        + "Type wirecopy search WORDS to find one."
                )
            }
            found[shelved.article] = shelved
        }
        return found.values.sorted { $0.article < $1.article }
    }

    // MARK: - Deciding

    /// Makes two stories one.
    mutating func merge(_ left: Int64, _ right: Int64, _ now: Instant) throws -> StoryEdit {
        let (kept, merged) = (min(left, right), max(left, right))
        guard kept != merged else {
            throw StorageFailure(.ruleRefused, "Both are the story \(kept) already.")
        }
        let members = try members(of: kept) + members(of: merged)
        guard members.count <= StoryEditor.mergedMax else {
            throw StorageFailure(
                .ruleRefused,
                "The stories have \(members.count) articles together; at most "
                    + "\(StoryEditor.mergedMax) become one. Split one of them first."
            )
        }
        let edit = try add(.merge, from: merged, into: kept, members, now)
        try keeper.join(merged, into: kept, on: &tables)
        return try settled(edit)
    }

    /// Gives articles a story of their own.
    mutating func split(
        _ story: Int64,
        _ articles: [ShelvedArticle],
        _ now: Instant
    ) throws -> StoryEdit {
        if let stranger = articles.first(where: { $0.story != story }) {
            throw StorageFailure(
                .ruleRefused,
                "\(try name(stranger.article)) is in the story \(stranger.story), "
                    + "not in \(story)."
            )
        }
        guard try articles.count < members(of: story).count else {
            throw StorageFailure(
                .ruleRefused,
                "These are all articles of the story \(story); leave at least one in it."
            )
        }
        let other = try tables.makeStory()
        let edit = try add(.split, from: story, into: other, articles, now)
        try keeper.take(articles, to: other, on: &tables)
        try tables.note("split", story, other)
        return try settled(edit)
    }

    /// Takes articles to another story.
    mutating func move(
        _ articles: [ShelvedArticle],
        to story: Int64,
        _ now: Instant
    ) throws -> [StoryEdit] {
        if let settled = articles.first(where: { $0.story == story }) {
            throw StorageFailure(
                .ruleRefused,
                "\(try name(settled.article)) is in the story \(story) already."
            )
        }
        let groups = Dictionary(grouping: articles, by: \.story).sorted { $0.key < $1.key }
        return try groups.map { former, group in
            let edit = try add(.move, from: former, into: story, group, now)
            try keeper.take(group, to: story, on: &tables)
            for article in group {
                try tables.note("moved", former, story, article: article.article)
            }
            return try settled(edit)
        }
    }

    // MARK: - Undoing

    /// Takes an edit back.
    mutating func undo(_ id: Int?, _ now: Instant) throws -> StoryEdit {
        guard let edit = try edits.holding(id) else {
            let which = id.map { "no edit \($0) that holds" } ?? "no edit that holds"
            throw StorageFailure(.ruleRefused, "There is \(which); see wirecopy stories edits.")
        }
        let number = Int64(edit.id)
        try db.run(
            "UPDATE story_edit SET undone_at_ms = ? WHERE id = ?",
            now.milliseconds,
            number
        )
        tables.edit = number
        let ways = try StoryReturn(db: db, edit: edit).ways()
        for (story, articles) in ways.sorted(by: { $0.key < $1.key }) {
            guard let former = articles.first?.story else { continue }
            try keeper.take(articles, to: story, on: &tables)
            try db.run("UPDATE story SET merged_into = NULL WHERE id = ?", story)
            if try tables.size(of: former) == 0 {
                try tables.note("merged", former, story)
            } else if edit.action == .merge {
                try tables.note("split", former, story)
            } else {
                for article in articles {
                    try tables.note("moved", former, story, article: article.article)
                }
            }
        }
        try edits.settleApart()
        return try edits.edit(number) ?? edit
    }

    // MARK: - Parts

    /// Notes an edit with its articles; what changes from here on is its doing.
    private mutating func add(
        _ action: StoryEdit.Action,
        from story: Int64,
        into other: Int64,
        _ articles: [ShelvedArticle],
        _ now: Instant
    ) throws -> Int64 {
        let edit = try edits.add(action, from: story, into: other, now)
        for article in articles { try edits.pin(article.article, edit, from: article.story) }
        tables.edit = edit
        return edit
    }

    private func settled(_ edit: Int64) throws -> StoryEdit {
        try edits.settleApart()
        guard let told = try edits.edit(edit) else {
            throw StorageFailure(.rowRefused, "The edit \(edit) was not kept.")
        }
        return told
    }

    private func members(of story: Int64) throws -> [ShelvedArticle] {
        try tables.members(of: story, near: 0, limit: StoryEditor.mergedMax + 1)
    }

    private func name(_ article: Int64) throws -> String {
        try db.text("SELECT id FROM article WHERE number = ?", article) ?? "The article"
    }
}

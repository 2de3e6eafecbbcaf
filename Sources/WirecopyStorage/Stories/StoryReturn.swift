import WirecopyStories

/// Where the articles of an edit go when it is undone.
///
/// An article that a later edit holds stays where that put it; that one returns it, when it is
/// undone itself, to where this one would have. What came to the story since then goes along with
/// the article that it resembled most. A story of its own that has lost its reason is given up as a
/// whole.
struct StoryReturn {
    let db: StoreDatabase
    /// The edit, which holds no longer.
    let edit: StoryEdit

    /// The articles that leave, by the story to which they go; all are in one story now.
    func ways() throws -> [Int64: [ShelvedArticle]] {
        let reader = StoryReader(db: db)
        let pins = try pins()
        try relink(pins)
        guard let place = try reader.living(Int64(edit.other)) else { return [:] }
        var targets: [Int64: Int64] = [:]
        for pin in pins where pin.laterEdit == nil {
            targets[pin.article] = try target(of: pin.story, reader)
        }
        let members = try members(of: place)
        let isGivenUp =
            edit.action == .split && place == edit.other
            && !members.contains { $0.isPinned }
            && Set(targets.values).count == 1
        var ways: [Int64: [ShelvedArticle]] = [:]
        for member in members {
            if targets[member.shelved.article] == nil, !member.isPinned {
                let company = isGivenUp ? targets.first?.value : nil
                targets[member.shelved.article] = company ?? member.closest.flatMap { targets[$0] }
            }
            guard let target = targets[member.shelved.article], target != place else { continue }
            ways[target, default: []].append(member.shelved)
        }
        return ways
    }

    private struct Pin {
        let article: Int64
        let story: Int64
        /// A later edit that holds the article.
        let laterEdit: Int64?
    }

    private func pins() throws -> [Pin] {
        try db.rows(
            """
            SELECT story_pin.article, story_pin.story,
                (SELECT min(later.edit) FROM story_pin AS later
                    JOIN story_edit ON story_edit.id = later.edit
                    WHERE later.article = story_pin.article AND later.edit > story_pin.edit
                        AND story_edit.undone_at_ms IS NULL)
            FROM story_pin WHERE story_pin.edit = ? ORDER BY story_pin.article
            """,
            edit.id
        )
        .map { Pin(article: $0[0], story: $0[1], laterEdit: $0[2]) }
    }

    private func relink(_ pins: [Pin]) throws {
        for pin in pins {
            guard let later = pin.laterEdit else { continue }
            try db.run(
                "UPDATE story_pin SET story = ? WHERE article = ? AND edit = ?",
                pin.story,
                pin.article,
                later
            )
        }
    }

    /// A story that ended by an edit which is undone comes back; one that has become a part of
    /// another in any other way does not.
    private func target(of former: Int64, _ reader: StoryReader) throws -> Int64? {
        if let living = try reader.living(former), living == former { return former }
        let ending = try db.row(
            """
            SELECT story_edit.story, story_edit.undone_at_ms FROM story_change
            LEFT JOIN story_edit ON story_edit.id = story_change.edit
            WHERE story_change.story = ? AND story_change.kind <> 'split'
            ORDER BY story_change.id DESC LIMIT 1
            """,
            former
        )
        if let ending, ending[0] as Int64? == former, ending[1] as Int? != nil { return former }
        return try reader.living(former)
    }

    private struct Member {
        let shelved: ShelvedArticle
        let closest: Int64?
        let isPinned: Bool
    }

    /// The articles of a story, in the order in which they came to the store.
    private func members(of story: Int64) throws -> [Member] {
        try db.rows(
            """
            SELECT article, episode, closest, (
                SELECT count(*) FROM story_pin JOIN story_edit ON story_edit.id = story_pin.edit
                WHERE story_pin.article = story_article.article
                    AND story_edit.undone_at_ms IS NULL
            ) FROM story_article WHERE story = ? ORDER BY article LIMIT ?
            """,
            story,
            StoryEditor.mergedMax
        )
        .map {
            Member(
                shelved: ShelvedArticle(article: $0[0], story: story, episode: $0[1]),
                closest: $0[2],
                isPinned: ($0[3] as Int) > 0
            )
        }
    }
}

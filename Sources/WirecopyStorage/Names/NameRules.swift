import WirecopyMessages

/// Applies the user's rules about names to the rows of entities.
///
/// A merge sets `entity.canonical` to the row that readers see instead; the rows themselves stay,
/// so that it can be undone. A split gives an article's rows to an entity of its own, which
/// remembers in `split_of` of which it is a part.
struct NameRules {
    let db: StoreDatabase

    /// Whether any rule holds.
    func areAny() throws -> Bool {
        try db.row("SELECT EXISTS (SELECT 1 FROM name_rule WHERE undone_at_ms IS NULL)")?[0]
            ?? false
    }

    /// The name that a split gives to an entity in an article; `nil` without one.
    func split(_ name: String, _ type: String, in article: String) throws -> String? {
        try db.text(
            """
            SELECT target_name FROM name_rule
            WHERE undone_at_ms IS NULL AND name = ? AND type = ? AND action = 'split'
                AND article = ?
            ORDER BY id DESC LIMIT 1
            """,
            name,
            type,
            article
        )
    }

    /// Gives an entity that has just got its row the place that a merge has for its name.
    func place(_ entity: Int64, _ name: String, _ type: String) throws {
        let target = try db.row(
            """
            SELECT coalesce(entity.canonical, entity.id) FROM name_rule
            JOIN entity ON entity.name = target_name AND entity.type = target_type
            WHERE undone_at_ms IS NULL AND name_rule.name = ? AND name_rule.type = ?
                AND action = 'merge'
            ORDER BY name_rule.id DESC LIMIT 1
            """,
            name,
            type
        )
        guard let canonical = target?[0] as Int64?, canonical != entity else { return }
        try db.run("UPDATE entity SET canonical = ? WHERE id = ?", canonical, entity)
    }

    /// Works out anew which rows mean which, after a rule came or went.
    func resolve() throws {
        var parents: [Int64: Int64] = [:]
        func root(_ entity: Int64) -> Int64 {
            var root = entity
            while let parent = parents[root] { root = parent }
            return root
        }
        for (source, target) in try merges() {
            let (source, target) = (root(source), root(target))
            if source != target { parents[source] = target }
        }
        try db.run("UPDATE entity SET canonical = NULL WHERE canonical IS NOT NULL")
        for entity in parents.keys.sorted() {
            try db.run("UPDATE entity SET canonical = ? WHERE id = ?", root(entity), entity)
        }
    }

    /// The rows that the merges that hold name, oldest rule first.
    private func merges() throws -> [(source: Int64, target: Int64)] {
        let rows = try db.rows(
            """
            SELECT source.id, target.id FROM name_rule
            JOIN entity AS source ON source.name = name_rule.name
                AND source.type = name_rule.type
            JOIN entity AS target ON target.name = target_name AND target.type = target_type
            WHERE undone_at_ms IS NULL AND action = 'merge' ORDER BY name_rule.id
            """
        )
        return rows.map { ($0[0], $0[1]) }
    }
}

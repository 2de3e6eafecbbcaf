import GRDB
import WirecopyMessages

extension ArticleRecorder {
    /// The row of an entity: by its name and type, made when there is none yet.
    mutating func entityID(of entity: Entity) throws -> Int64 {
        var known = try RowStatement("SELECT id FROM entity WHERE name = ? AND type = ?", db)
        known.add(entity.name)
        known.add(entity.type.rawValue)
        var found: Int64?
        try known.forEachRow { row in found = row.integer(0) }
        if let found { return found }
        try db.run(
            "INSERT INTO entity (name, type) VALUES (?, ?)",
            entity.name,
            entity.type.rawValue
        )
        let id = db.lastInsertedRowID
        index.add(entity: id, name: entity.name)
        return id
    }

    /// Removes an entity that no version names any more.
    mutating func forgetEntity(_ entity: Int64) throws {
        let row = try db.row(
            """
            SELECT name FROM entity WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM version_entity WHERE entity = ?1)
            """,
            entity
        )
        guard let name = row?[0] as String? else { return }
        try db.run("DELETE FROM entity WHERE id = ?", entity)
        index.remove(entity: entity, name: name)
    }
}

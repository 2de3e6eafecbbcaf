import WirecopyMessages

extension ArticleRecorder {
    /// By what an entity is known.
    struct EntityKey: Hashable {
        let name: String
        let type: EntityType
    }

    /// The row of an entity in an article: by its name and type, made when there is none yet, and
    /// as the user's rules have it.
    mutating func entityID(of entity: Entity, in article: String) throws -> Int64 {
        guard hasNameRules else { return try row(of: entity).id }
        let rules = NameRules(db: db)
        let part = try rules.split(entity.name, entity.type.rawValue, in: article)
        let name = part ?? entity.name
        let (id, isNew) = try row(of: Entity(name: name, type: entity.type))
        if isNew { try rules.place(id, name, entity.type.rawValue) }
        return id
    }

    /// Finds out which entities of some articles have rows, in few questions: to a server, each
    /// costs a round trip.
    mutating func lookUp(_ entities: some Sequence<Entity>) throws {
        var keys = Set(entities.lazy.map { EntityKey(name: $0.name, type: $0.type) })
        keys = keys.filter { knownEntities[$0] == nil && !absentEntities.contains($0) }
        let unknown = keys.sorted { $0.name < $1.name }
        for start in stride(from: 0, to: unknown.count, by: Self.namesOfLookUp) {
            var statement = try RowStatement(Self.lookUp, db)
            // One statement for all: fewer names repeat the last.
            for index in start..<(start + Self.namesOfLookUp) {
                statement.add(unknown[min(index, unknown.count - 1)].name)
            }
            try statement.forEachRow { row in
                guard let name = row.text(1), let type = row.text(2).flatMap(EntityType.init)
                else { return }
                knownEntities[EntityKey(name: name, type: type)] = row.integer(0)
            }
        }
        absentEntities.formUnion(keys.lazy.filter { [knownEntities] in knownEntities[$0] == nil })
    }

    /// Those of some articles that come together; a usual one has two dozen entities.
    private static let namesOfLookUp = 64
    private static let lookUp = """
        SELECT id, name, type FROM entity
        WHERE name IN (\(Array(repeating: "?", count: namesOfLookUp).joined(separator: ", ")))
        """

    private mutating func row(of entity: Entity) throws -> (id: Int64, isNew: Bool) {
        let key = EntityKey(name: entity.name, type: entity.type)
        if let id = knownEntities[key] { return (id, false) }
        let found = try fetchOrInsert(entity)
        knownEntities[key] = found.id
        return found
    }

    private mutating func fetchOrInsert(_ entity: Entity) throws -> (id: Int64, isNew: Bool) {
        let key = EntityKey(name: entity.name, type: entity.type)
        if absentEntities.remove(key) == nil, let known = try fetch(key) { return (known, false) }
        let id = try db.insert(
            "INSERT INTO entity (name, type) VALUES (?, ?) RETURNING id",
            entity.name,
            entity.type.rawValue
        )
        index.add(entity: id, name: entity.name)
        return (id, true)
    }

    private func fetch(_ key: EntityKey) throws -> Int64? {
        var known = try RowStatement("SELECT id FROM entity WHERE name = ? AND type = ?", db)
        known.add(key.name)
        known.add(key.type.rawValue)
        var found: Int64?
        try known.forEachRow { row in found = row.integer(0) }
        return found
    }

    /// Removes an entity that no version names any more, unless a rule about names does.
    mutating func forgetEntity(_ entity: Int64) throws {
        let row = try db.row(
            """
            SELECT name FROM entity WHERE id = ?1
                AND NOT EXISTS (SELECT 1 FROM version_entity WHERE entity = ?1)
                AND canonical IS NULL AND split_of IS NULL
                AND NOT EXISTS (SELECT 1 FROM entity AS other WHERE other.canonical = ?1)
                AND NOT EXISTS (SELECT 1 FROM entity AS other WHERE other.split_of = ?1)
            """,
            entity
        )
        guard let name = row?[0] as String? else { return }
        try db.run("DELETE FROM entity WHERE id = ?", entity)
        knownEntities = knownEntities.filter { $0.value != entity }
        index.remove(entity: entity, name: name)
    }
}

import WirecopyMessages

/// The steps of a change of names, in one transaction.
struct NameEdit {
    let db: StoreDatabase
    /// What enters and leaves the search indexes at the end.
    var index: SearchIndex

    init(db: StoreDatabase) {
        self.db = db
        index = SearchIndex(db: db)
    }

    /// A row of an entity.
    struct Named {
        var id: Int64
        var name: String
        var type: String
    }

    /// The entity of a name; of several types the one that most articles name.
    ///
    /// - Throws: `StorageFailure` with `nameUnknown` when there is none.
    func entity(named name: String, _ type: EntityType?) throws -> Named {
        let found = try entities(named: name).filter { type == nil || $0.type == type?.rawValue }
        let counted = try found.map { (entity: $0, count: try Self.count($0.id, db)) }
        guard let best = counted.max(by: { ($0.count, $1.entity.id) < ($1.count, $0.entity.id) })
        else {
            throw StorageFailure(
                .nameUnknown,
                "No article names \(name.prefix(200)). Type wirecopy who NAME to find the names."
            )
        }
        return best.entity
    }

    /// The entity of a name, made when there is none.
    mutating func entity(
        named name: String,
        _ type: EntityType?,
        else otherType: String
    ) throws -> Named {
        if let known = try? entity(named: name, type) { return known }
        let type = type?.rawValue ?? otherType
        return Named(id: try insert(name, type, partOf: nil), name: name, type: type)
    }

    /// The entity that is a part of another, made when there is none.
    mutating func part(of whole: Named, called name: String) throws -> Named {
        let known = try db.row(
            "SELECT id, split_of FROM entity WHERE name = ? AND type = ?",
            name,
            whole.type
        )
        guard let known else {
            let id = try insert(name, whole.type, partOf: whole.id)
            return Named(id: id, name: name, type: whole.type)
        }
        guard known[1] as Int64? == whole.id else {
            throw StorageFailure(
                .ruleRefused,
                "\(name) is another name in the store. Give a name of its own, such as "
                    + "\"\(whole.name) (editor)\", and merge that into it."
            )
        }
        return Named(id: known[0], name: name, type: whole.type)
    }

    private mutating func insert(_ name: String, _ type: String, partOf whole: Int64?) throws
        -> Int64
    {
        let id = try db.insert(
            "INSERT INTO entity (name, type, split_of) VALUES (?, ?, ?) RETURNING id",
            name,
            type,
            whole
        )
        index.add(entity: id, name: name)
        return id
    }

    /// The row that readers see instead of another.
    func canonical(_ entity: Int64) throws -> Int64 {
        try db.row("SELECT canonical FROM entity WHERE id = ?", entity)?[0] ?? entity
    }

    /// Identifier of an article.
    func article(_ reference: String) throws -> String {
        let number = try ArticleReference(reference).number(db)
        let id = try number.flatMap { try db.text("SELECT id FROM article WHERE number = ?", $0) }
        guard let id else {
            throw StorageFailure(
                .nameUnknown,
                "The store has no article \(reference.prefix(200)). "
                    + "Type wirecopy search WORDS to find one."
            )
        }
        return id
    }

    /// Gives what an article says of an entity to another.
    mutating func move(_ source: Int64, to target: Int64, in article: String) throws {
        let row = try db.row("SELECT number FROM article WHERE id = ?", article)
        guard let number = row?[0] as Int64? else { return }
        try index.remove(number)
        let columns = [
            ("version_entity", "entity"), ("mention", "entity"), ("mention", "stands_for_entity"),
            ("quotation", "speaker_entity"), ("citation", "entity"),
        ]
        for (table, column) in columns {
            try db.run(
                """
                UPDATE \(table) SET \(column) = ?1 WHERE \(column) = ?2
                    AND version IN (SELECT id FROM article_version WHERE article = ?3)
                """,
                target,
                source,
                number
            )
        }
        try index.add(number)
    }

    private func entities(named name: String) throws -> [Named] {
        guard let condition = SearchExpression("\"\(name)\"")?.condition else { return [] }
        let rows = try db.rows(
            """
            SELECT id, entity.name, type FROM entity_search
            JOIN entity ON entity.id = entity_search.rowid
            WHERE \(db.dialect.matches(.entities, "?")) LIMIT \(Self.namesMax)
            """,
            db.dialect.text(of: condition)
        )
        let named = rows.map { Named(id: $0[0], name: $0[1], type: $0[2]) }
        let exact = named.filter { $0.name == name }
        return exact.isEmpty ? named.filter { $0.name.lowercased() == name.lowercased() } : exact
    }

    /// Names that have all words of one; a common first name has thousands.
    private static let namesMax = 20_000

    /// Versions that name an entity, counted up to a bound.
    static func count(_ entity: Int64, _ db: StoreDatabase) throws -> Int {
        try db.row(
            """
            SELECT count(*) FROM
                (SELECT 1 FROM version_entity WHERE entity = ? LIMIT \(countedMax)) AS named
            """,
            entity
        )?[0] ?? 0
    }

    /// Beyond this an entity is known well enough to be meant.
    static let countedMax = 10_000
}

// Rules.
extension NameEdit {
    /// Notes a rule.
    func addRule(
        _ action: NameRule.Action,
        _ source: Named,
        _ target: Named,
        article: String?,
        _ now: Instant
    ) throws -> NameRule {
        let holding: Int =
            try db.row("SELECT count(*) FROM name_rule WHERE undone_at_ms IS NULL")?[0] ?? 0
        guard holding < StoreEditor.rulesMax else {
            throw StorageFailure(
                .ruleRefused,
                "\(holding) rules hold, which is the limit; undo some with wirecopy alias undo."
            )
        }
        let id = try db.insert(
            """
            INSERT INTO name_rule
                (action, name, type, target_name, target_type, article, at_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
            """,
            action.rawValue,
            source.name,
            source.type,
            target.name,
            target.type,
            article,
            now.milliseconds
        )
        return NameRule(
            id: Int(id),
            action: action,
            name: source.name,
            type: source.type,
            target: target.name,
            targetType: target.type,
            article: article,
            atMs: now.milliseconds
        )
    }

    /// A rule that holds: that of a number, or the newest.
    func rule(_ id: Int?) throws -> NameRule? {
        try db.row(
            """
            SELECT * FROM name_rule WHERE undone_at_ms IS NULL AND (id = ?1 OR ?1 IS NULL)
            ORDER BY id DESC LIMIT 1
            """,
            id
        ).flatMap(Self.rule)
    }

    /// Takes a rule back.
    mutating func undo(_ rule: NameRule, _ now: Instant) throws -> NameRule {
        var undone = rule
        undone.undoneAtMs = now.milliseconds
        try db.run(
            "UPDATE name_rule SET undone_at_ms = ? WHERE id = ?",
            now.milliseconds,
            rule.id
        )
        switch rule.action {
        case .merge: try NameRules(db: db).resolve()
        case .split:
            let whole = try row(rule.name, rule.type)
            let part = try row(rule.target, rule.targetType)
            if let whole, let part, let article = rule.article {
                try move(part, to: whole, in: article)
            }
        }
        return undone
    }

    private func row(_ name: String, _ type: String) throws -> Int64? {
        try db.row("SELECT id FROM entity WHERE name = ? AND type = ?", name, type)?[0]
    }

    /// Reads a row of `name_rule`.
    static func rule(_ row: StoreRow) -> NameRule? {
        guard let action = NameRule.Action(rawValue: row["action"]) else { return nil }
        return NameRule(
            id: row["id"],
            action: action,
            name: row["name"],
            type: row["type"],
            target: row["target_name"],
            targetType: row["target_type"],
            article: row["article"],
            atMs: row["at_ms"],
            undoneAtMs: row["undone_at_ms"]
        )
    }
}

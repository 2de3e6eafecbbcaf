import WirecopyMessages

/// Keeps together what several articles tell as one statement.
///
/// A statement is the row of one of its quotations, the head; the others, its variants, name it in
/// `quotation.statement`. Only quotations of current versions belong to statements: `leave` comes
/// before a version is replaced, `enter` after it is shown. The words of a quotation stand in
/// `statement_key`, unless they are nearly those of another of its statement.
struct StatementLinker {
    let db: StoreDatabase
    /// What is known of `statement_key`.
    let known: KeyRows

    /// Rows that a quotation is compared with; words that more statements share tell none of them.
    private static let candidatesMax = 32
    /// Share of the longer one's words from which a variant is found by the other's keys.
    private static let keptApartMax = 0.9

    /// Finds for each quotation of a version the statement that it belongs to.
    func enter(version: Int64) throws { try enter(quotations(of: version)) }

    /// Finds for each quotation, all of one version, the statement that it belongs to.
    func enter(_ quotations: [ComparedStatement]) throws {
        for quotation in quotations {
            let best = try candidates(for: quotation)
                .compactMap { other in
                    StatementMatch.likeness(quotation, other).map { (likeness: $0, other: other) }
                }
                .max { ($0.likeness, $1.other.id) < ($1.likeness, $0.other.id) }
            if let best {
                try setHead(best.other.head ?? best.other.id, of: quotation.id)
            }
            if (best?.likeness ?? 0) < Self.keptApartMax { try addKeys(of: quotation) }
        }
    }

    /// Takes the quotations of a version out of their statements.
    func leave(version: Int64) throws {
        for quotation in try quotations(of: version) {
            for hash in quotation.words.keys {
                let key = TimeBucket.key(hash, day: quotation.day)
                try db.run(
                    "DELETE FROM statement_key WHERE key = ? AND quotation = ?",
                    key,
                    quotation.id
                )
                known.remove(quotation.id, under: key)
            }
            try setHead(nil, of: quotation.id)
            if quotation.head == nil { try passOn(quotation.id) }
        }
    }

    /// Makes the earliest variant of a statement its head.
    private func passOn(_ head: Int64) throws {
        let next = try fetch("quotation.statement = ? ORDER BY quotation.id LIMIT 1", head).first
        guard let next else { return }
        try db.run("UPDATE quotation SET statement = ? WHERE statement = ?", next.id, head)
        try setHead(nil, of: next.id)
        try addKeys(of: next)
    }

    private func setHead(_ head: Int64?, of quotation: Int64) throws {
        try db.run("UPDATE quotation SET statement = ? WHERE id = ?", head, quotation)
    }

    private func addKeys(of quotation: ComparedStatement) throws {
        var statement = try RowStatement(
            "INSERT INTO statement_key (key, quotation) VALUES (?, ?) ON CONFLICT DO NOTHING",
            db
        )
        for hash in quotation.words.keys {
            let key = TimeBucket.key(hash, day: quotation.day)
            statement.add(key)
            statement.add(quotation.id)
            try statement.run()
            known.add(quotation.id, under: key)
        }
    }

    private func candidates(for quotation: ComparedStatement) throws -> [ComparedStatement] {
        let keys = quotation.words.keys.flatMap { TimeBucket.keys($0, near: quotation.day) }
        var found = try Set(
            known.rows(under: keys, limit: Self.candidatesMax) ?? rows(under: keys)
        )
        found.remove(quotation.id)
        return try found.sorted().flatMap { try fetch("quotation.id = ?", $0) }
    }

    private func rows(under keys: [Int64]) throws -> [Int64] {
        guard let last = keys.last else { return [] }
        var lookUp = try RowStatement(Self.lookUp, db)
        // One statement for all: fewer keys repeat the last.
        for index in 0..<Self.keysOfLookUp { lookUp.add(index < keys.count ? keys[index] : last) }
        var found: [Int64] = []
        try lookUp.forEachRow { row in found.append(row.integer(0)) }
        return found
    }

    /// Four keys in two buckets.
    private static let keysOfLookUp = 8
    private static let lookUp = """
        SELECT quotation FROM statement_key
        WHERE key IN (\(Array(repeating: "?", count: keysOfLookUp).joined(separator: ", ")))
        LIMIT \(candidatesMax)
        """

    private func quotations(of version: Int64) throws -> [ComparedStatement] {
        try fetch("quotation.version = ? ORDER BY quotation.id", version)
    }

    private func fetch(_ condition: String, _ key: Int64) throws -> [ComparedStatement] {
        var rows = try RowStatement(
            """
            SELECT quotation.id, quotation.statement, quotation.kind, quotation.text,
                coalesce(entity.canonical, entity.id), coalesce(entity.name, quotation.speaker),
                entity.type
            FROM quotation LEFT JOIN entity ON entity.id = quotation.speaker_entity
            WHERE quotation.kind <> 'not_speech' AND \(condition)
            """,
            db
        )
        rows.add(key)
        var statements: [ComparedStatement] = []
        try rows.forEachRow { row in
            let entity = row.optionalInteger(4)
            statements.append(
                ComparedStatement(
                    id: row.integer(0),
                    head: row.optionalInteger(1),
                    kind: row.text(2).flatMap(QuotationKind.init) ?? .direct,
                    words: StatementWords(row.text(3) ?? ""),
                    speaker: row.text(5).map { name in
                        ComparedSpeaker(
                            entity: entity,
                            type: row.text(6).flatMap(EntityType.init),
                            name: name
                        )
                    }
                )
            )
        }
        return statements
    }
}

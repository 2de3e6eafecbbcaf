import GRDB
import WirecopyMessages

extension ArticleRecorder {
    /// Stores what the extractor found in a version.
    func insertAnnotations(of record: ArticleRecord, version: Int64) throws {
        let entities = try record.annotated.entities.map { try entityID(of: $0) }
        for entity in Set(entities).sorted() {
            try db.run(
                "INSERT INTO version_entity (version, entity) VALUES (?, ?)",
                version,
                entity
            )
        }
        try insertMentions(of: record, version: version, entities: entities)
        try insertQuotations(of: record, version: version, entities: entities)
        try insertCitations(of: record, version: version, entities: entities)
        try insertValues(of: record, version: version)
    }

    /// Puts what the extractor found this time in place of what it had found before.
    ///
    /// The search index must not hold the version's quotations meanwhile.
    func replaceAnnotations(of record: ArticleRecord, version: Int64) throws {
        let earlier = try Int64.fetchAll(
            db.cachedStatement(sql: "SELECT entity FROM version_entity WHERE version = ?"),
            arguments: [version]
        )
        for table in ["mention", "quotation", "citation", "stated_value", "version_entity"] {
            try db.run("DELETE FROM \(table) WHERE version = ?", version)
        }
        try insertAnnotations(of: record, version: version)
        for entity in earlier {
            try db.run(
                """
                DELETE FROM entity WHERE id = ?1
                    AND NOT EXISTS (SELECT 1 FROM version_entity WHERE entity = ?1)
                """,
                entity
            )
        }
        try db.run(
            "UPDATE article_version SET annotations_digest = ? WHERE id = ?",
            record.annotationsDigest,
            version
        )
    }

    private func entityID(of entity: Entity) throws -> Int64 {
        let known = try db.row(
            "SELECT id FROM entity WHERE name = ? AND type = ?",
            entity.name,
            entity.type.rawValue
        )
        if let known { return known[0] }
        try db.run(
            "INSERT INTO entity (name, type) VALUES (?, ?)",
            entity.name,
            entity.type.rawValue
        )
        return db.lastInsertedRowID
    }

    private func insertMentions(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64]
    ) throws {
        for (ordinal, mention) in record.annotated.mentions.enumerated() {
            guard let entity = entities.element(at: mention.entity) else { continue }
            try db.run(
                """
                INSERT INTO mention
                    (version, ordinal, entity, start_byte, end_byte, type, surface)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                version,
                ordinal,
                entity,
                mention.range.start,
                mention.range.end,
                mention.type.rawValue,
                record.slice(mention.range)
            )
        }
    }

    private func insertQuotations(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64]
    ) throws {
        for (ordinal, quotation) in record.annotated.quotations.enumerated() {
            try db.run(
                """
                INSERT INTO quotation
                    (version, ordinal, kind, start_byte, end_byte, text, context, speaker_entity,
                     speaker, cue)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version,
                ordinal,
                quotation.kind.rawValue,
                quotation.range.start,
                quotation.range.end,
                record.slice(quotation.range),
                record.context(of: quotation.range),
                quotation.speaker?.entity.flatMap { entities.element(at: $0) },
                quotation.speaker?.name,
                quotation.cue
            )
        }
    }

    private func insertCitations(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64]
    ) throws {
        for (ordinal, citation) in record.annotated.citations.enumerated() {
            try db.run(
                """
                INSERT INTO citation (version, ordinal, entity, name, start_byte, end_byte, text)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                version,
                ordinal,
                citation.entity.flatMap { entities.element(at: $0) },
                citation.name,
                citation.range.start,
                citation.range.end,
                record.slice(citation.range)
            )
        }
    }
}

extension Array {
    /// The element at an index that came in a message, or `nil`.
    fileprivate func element(at index: Int) -> Element? {
        indices.contains(index) ? self[index] : nil
    }
}

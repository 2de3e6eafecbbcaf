import WirecopyMessages

extension ArticleRecorder {
    /// Where annotations belong.
    struct Place {
        /// Row of the version.
        let version: Int64
        /// Identifier of the article.
        let article: String
        /// Day of the article, which the numbers of its statements follow.
        let day: Int
    }

    /// Stores what the extractor found in a version.
    mutating func insertAnnotations(of record: ArticleRecord, at place: Place) throws {
        let version = place.version
        var entities: [Int64] = []
        try lookUp(record.annotated.entities)
        for entity in record.annotated.entities {
            entities.append(try entityID(of: entity, in: place.article))
        }
        try insertEntities(entities, of: record, version: version)
        try insertMentions(of: record, version: version, entities: entities)
        try insertQuotations(of: record, version: version, entities: entities, day: place.day)
        try insertCitations(of: record, version: version, entities: entities)
        try insertValues(of: record, version: version)
    }

    /// Puts what the extractor found this time in place of what it had found before.
    ///
    /// The search index must not hold the version's quotations meanwhile.
    mutating func replaceAnnotations(of record: ArticleRecord, at place: Place) throws {
        let version = place.version
        lastQuotations = [:]
        let earlier = try db.all(
            Int64.self,
            "SELECT entity FROM version_entity WHERE version = ?",
            version
        )
        for table in ["mention", "quotation", "citation", "stated_value", "version_entity"] {
            try db.run("DELETE FROM \(table) WHERE version = ?", version)
        }
        try insertAnnotations(of: record, at: place)
        for entity in Set(earlier) { try forgetEntity(entity) }
        try db.run(
            "UPDATE article_version SET annotations_digest = ?, sentences = ? WHERE id = ?",
            record.annotationsDigest,
            record.json.sentences,
            version
        )
    }

    /// The day that the numbers of a version's statements follow; `nil` when it has none.
    func day(ofStatementsIn version: Int64) throws -> Int? {
        let row = try db.row("SELECT id FROM quotation WHERE version = ? LIMIT 1", version)
        return row.map { QuotationNumber.day(of: $0[0]) }
    }

    private static func roles(_ entity: Entity) -> String? {
        guard !entity.roles.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.array(entity.roles) { $1.write(to: &$0) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private func insertEntities(
        _ entities: [Int64],
        of record: ArticleRecord,
        version: Int64
    ) throws {
        var row = try RowStatement(
            "INSERT INTO version_entity (version, ordinal, entity, roles) VALUES (?, ?, ?, ?)",
            db
        )
        for (ordinal, entity) in entities.enumerated() {
            row.add(version)
            row.add(ordinal)
            row.add(entity)
            row.add(Self.roles(record.annotated.entities[ordinal]))
            try row.run()
        }
    }

    private func insertMentions(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64]
    ) throws {
        var row = try RowStatement(
            """
            INSERT INTO mention
                (version, ordinal, entity, start_byte, end_byte, type, surface, evidence,
                 stands_for, stands_for_entity)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            db
        )
        for (ordinal, mention) in record.annotated.mentions.enumerated() {
            guard let entity = entities.element(at: mention.entity) else { continue }
            row.add(version)
            row.add(ordinal)
            row.add(entity)
            row.add(mention.range.start)
            row.add(mention.range.end)
            row.add(mention.type.rawValue)
            if let (part, next) = record.bytes(mention.range) {
                row.add(part, followedBy: next)
            } else {
                row.add(record.slice(mention.range))
            }
            row.add(mention.evidence?.rawValue)
            row.add(mention.standsFor?.name)
            row.add(mention.standsFor?.entity.flatMap { entities.element(at: $0) })
            try row.run()
        }
    }

    private mutating func insertQuotations(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64],
        day: Int
    ) throws {
        let first = try record.annotated.quotations.isEmpty ? 0 : nextQuotation(ofDay: day)
        var row = try RowStatement(
            """
            INSERT INTO quotation
                (id, version, ordinal, kind, start_byte, end_byte, text, context,
                 speaker_entity, speaker, cue, listener, occasion, document)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            db
        )
        var told = ToldVersion(version: version)
        for (ordinal, quotation) in record.annotated.quotations.enumerated() {
            let id = first + Int64(ordinal)
            let context = record.context(of: quotation.range)
            let speaker = quotation.speaker?.entity.flatMap { entities.element(at: $0) }
            row.add(id)
            row.add(version)
            row.add(ordinal)
            row.add(quotation.kind.rawValue)
            row.add(quotation.range.start)
            row.add(quotation.range.end)
            row.add(record.slice(quotation.range))
            row.add(context)
            row.add(speaker)
            row.add(quotation.speaker?.name)
            row.add(quotation.cue)
            row.add(quotation.listener)
            row.add(quotation.occasion)
            row.add(quotation.document)
            try row.run()
            if let words = record.statements[ordinal] {
                told.add(id, quotation, words, context: context, by: speaker, of: record)
            }
        }
        if !record.annotated.quotations.isEmpty {
            lastQuotations[day] = first + Int64(record.annotated.quotations.count) - 1
        }
        // With rules about names, the rows know better who is who.
        toldVersion = hasNameRules ? nil : told
    }

    /// The number that the day's next statement gets.
    private mutating func nextQuotation(ofDay day: Int) throws -> Int64 {
        if let last = lastQuotations[day] { return last + 1 }
        let first = QuotationNumber.first(ofDay: day)
        var statement = try RowStatement(
            "SELECT max(id) FROM quotation WHERE id >= ? AND id < ?",
            db
        )
        statement.add(first)
        statement.add(QuotationNumber.first(ofDay: day + 1))
        var last: Int64?
        try statement.forEachRow { row in last = row.optionalInteger(0) }
        return (last ?? first) + 1
    }

    private func insertCitations(
        of record: ArticleRecord,
        version: Int64,
        entities: [Int64]
    ) throws {
        for (ordinal, citation) in record.annotated.citations.enumerated() {
            try db.run(
                """
                INSERT INTO citation
                    (version, ordinal, entity, name, start_byte, end_byte, text, citing)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
                version,
                ordinal,
                citation.entity.flatMap { entities.element(at: $0) },
                citation.name,
                citation.range.start,
                citation.range.end,
                record.slice(citation.range),
                citation.citing
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

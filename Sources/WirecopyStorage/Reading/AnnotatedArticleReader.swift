import WirecopyMessages

/// Puts the message together again from which an article's current version was stored.
struct AnnotatedArticleReader {
    let db: StoreDatabase

    /// The annotated article, equal to what was stored last; `nil` when the row is gone.
    ///
    /// `fetchedAt` is that of the first message with this content. An entity that the message
    /// listed twice is one. Versions that were stored before version 5 of the schema lack what it
    /// brought, such as sentences.
    func article(_ number: Int64) throws -> AnnotatedArticle? {
        let row = try db.row(
            """
            SELECT article_version.*, article.url AS identity_url
            FROM article JOIN article_version ON article_version.id = article.version
            WHERE article.number = ?
            """,
            number
        )
        guard let row else { return nil }
        let version: Int64 = row["id"]
        var annotated = AnnotatedArticle(article: try parsedArticle(row))
        let entities = try entities(version)
        annotated.entities = entities.list
        annotated.mentions = try mentions(version, entities)
        annotated.quotations = try quotations(version, entities)
        annotated.citations = try citations(version, entities)
        annotated.sentences = try sentences(row["sentences"])
        annotated.values = try values(version)
        return annotated
    }

    private func rows(_ sql: String, _ key: Int64) throws -> [StoreRow] {
        try db.rows(sql, key)
    }

    /// A word of a closed list, as the schema keeps it.
    private func word<Word: RawRepresentable<String>>(_ text: String) throws -> Word {
        guard let word = Word(rawValue: text) else {
            throw StorageFailure(
                .damaged,
                "The store has the word \(text.prefix(80)), which is none of \(Word.self). "
                    + "A newer version of Wirecopy may have written it; update this program."
            )
        }
        return word
    }

    private func range(_ start: Int, _ end: Int) throws -> TextRange {
        guard 0 <= start, start <= end else {
            throw StorageFailure(.damaged, "The store has the range \(start)..<\(end).")
        }
        return TextRange(start, end)
    }
}

// The article without its annotations.
extension AnnotatedArticleReader {
    private func parsedArticle(_ row: StoreRow) throws -> ParsedArticle {
        let page = try StoredPage(json: Array((row["page"] as String).utf8))
        let finalURL = page.finalURL.isEmpty ? row["identity_url"] as String : page.finalURL
        let received = FetchedPage(
            url: page.url ?? finalURL,
            origin: row["origin"],
            fetchedAt: Instant(milliseconds: row["fetched_at_ms"]),
            bodyBytes: 0,
            bodyDigest: ""
        )
        var article = ParsedArticle(
            page: received,
            encoding: row["encoding"],
            paragraphs: try paragraphs(row["paragraphs"], of: Array((row["text"] as String).utf8))
        )
        article.finalURL = finalURL
        article.fingerprint = page.fingerprint.flatMap { Fingerprint(hex: $0) }
        article.readingTimeSeconds = page.readingTimeSeconds
        article.source = page.source
        article.wordCount = page.wordCount
        article.dropped = try list(row["dropped"]) { (reader) throws(JSONFailure) in
            try DroppedBlock(from: &reader)
        }
        article.warnings = try list(row["warnings"]) { (reader) throws(JSONFailure) in
            try reader.string()
        }
        try read(fields: row["fields"], into: &article)
        return article
    }

    private func read(fields json: String, into article: inout ParsedArticle) throws {
        var reader = JSONReader(Array(json.utf8))
        var read = article
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "access": read.access = try reader.value()
            case "authors": read.authors = try reader.values()
            case "canonical_url": read.canonicalURL = try reader.value()
            case "flags": read.flags = try reader.values()
            case "language": read.language = try reader.value()
            case "lead_image": read.leadImage = try reader.value()
            case "lead_image_caption": read.leadImageCaption = try reader.value()
            case "lead_image_credit": read.leadImageCredit = try reader.value()
            case "modified": read.modified = try reader.value()
            case "published": read.published = try reader.value()
            case "section": read.section = try reader.value()
            case "site_name": read.siteName = try reader.value()
            case "subtitle": read.subtitle = try reader.value()
            case "syndication": read.syndication = try reader.values()
            case "tags": read.tags = try reader.values()
            case "title": read.title = try reader.value()
            case "usage":
                let notes: [Evidenced] = try reader.values()
                read.usage = notes.map { UsageNote($0.value, place: $0.source) }
            default: try reader.skip()
            }
        }
        article = read
    }

    private func list<Element>(
        _ json: String,
        _ read: (inout JSONReader) throws(JSONFailure) -> Element
    ) throws(JSONFailure) -> [Element] {
        var reader = JSONReader(Array(json.utf8))
        var elements: [Element] = []
        try reader.array { (reader) throws(JSONFailure) in elements.append(try read(&reader)) }
        return elements
    }

    private func paragraphs(_ json: String, of text: [UInt8]) throws -> [Paragraph] {
        let parts = try list(json) { (reader) throws(JSONFailure) in
            var (start, end, kind) = (0, 0, "")
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "end": end = try reader.integer()
                case "kind": kind = try reader.string()
                case "start": start = try reader.integer()
                default: try reader.skip()
                }
            }
            return (start: start, end: end, kind: kind)
        }
        return try parts.map { part in
            let range = try range(part.start, part.end)
            guard range.end <= text.count else {
                throw StorageFailure(.damaged, "A paragraph ends behind its text.")
            }
            let bytes = text[range.start..<range.end]
            return Paragraph(try word(part.kind), String(decoding: bytes, as: UTF8.self))
        }
    }

    private func sentences(_ json: String) throws -> [TextRange] {
        try list(json) { (reader) throws(JSONFailure) in
            var ends: [Int] = []
            try reader.array { (reader) throws(JSONFailure) in ends.append(try reader.integer()) }
            guard ends.count == 2 else { throw reader.invalid("A sentence has two ends.") }
            return try reader.range(ends[0], ends[1])
        }
    }
}

// What the extractor found.
extension AnnotatedArticleReader {
    /// The entities of a version with their places in the message's list, by row.
    private struct Entities {
        var list: [Entity] = []
        var places: [Int64: Int] = [:]
    }

    private func entities(_ version: Int64) throws -> Entities {
        let rows = try rows(
            """
            SELECT entity.id, coalesce(whole.name, entity.name), entity.type, version_entity.roles
            FROM version_entity
            JOIN entity ON entity.id = version_entity.entity
            LEFT JOIN entity AS whole ON whole.id = entity.split_of
            WHERE version_entity.version = ? ORDER BY version_entity.ordinal
            """,
            version
        )
        var entities = Entities()
        for row in rows where entities.places[row[0]] == nil {
            entities.places[row[0]] = entities.list.count
            let roles = try (row[3] as String?).map { json in
                try list(json) { (reader) throws(JSONFailure) in try EntityRole(from: &reader) }
            }
            entities.list.append(Entity(name: row[1], type: try word(row[2]), roles: roles ?? []))
        }
        return entities
    }

    private func mentions(_ version: Int64, _ entities: Entities) throws -> [Mention] {
        let rows = try rows(
            """
            SELECT start_byte, end_byte, type, entity, evidence, stands_for, stands_for_entity
            FROM mention WHERE version = ? ORDER BY ordinal
            """,
            version
        )
        return try rows.compactMap { row in
            guard let place = entities.places[row[3]] else { return nil }
            let country = (row[6] as Int64?).flatMap { entities.places[$0] }
            return Mention(
                try range(row[0], row[1]),
                type: try word(row[2]),
                entity: place,
                evidence: try (row[4] as String?).map { try word($0) },
                standsFor: (row[5] as String?).map { GovernmentName(name: $0, entity: country) }
            )
        }
    }

    private func quotations(_ version: Int64, _ entities: Entities) throws -> [Quotation] {
        let rows = try rows(
            """
            SELECT start_byte, end_byte, kind, speaker, speaker_entity, cue, listener, occasion,
                document
            FROM quotation WHERE version = ? ORDER BY ordinal
            """,
            version
        )
        return try rows.map { row in
            let place = (row[4] as Int64?).flatMap { entities.places[$0] }
            var quotation = Quotation(
                try range(row[0], row[1]),
                kind: try word(row[2]),
                speaker: (row[3] as String?).map { Speaker(name: $0, entity: place) },
                cue: row[5]
            )
            quotation.listener = row[6]
            quotation.occasion = row[7]
            quotation.document = row[8]
            return quotation
        }
    }

    private func citations(_ version: Int64, _ entities: Entities) throws -> [Citation] {
        let rows = try rows(
            """
            SELECT start_byte, end_byte, name, entity, citing FROM citation
            WHERE version = ? ORDER BY ordinal
            """,
            version
        )
        return try rows.map { row in
            Citation(
                try range(row[0], row[1]),
                name: row[2],
                entity: (row[3] as Int64?).flatMap { entities.places[$0] },
                citing: row[4]
            )
        }
    }

    private func values(_ version: Int64) throws -> [StatedValue] {
        let rows = try rows(
            """
            SELECT start_byte, end_byte, kind, date, date_precision, date_end, amount, min, max,
                approximation, predicate, subject, total, unit, currency
            FROM stated_value WHERE version = ? ORDER BY ordinal
            """,
            version
        )
        return try rows.map { row in
            let range = try range(row[0], row[1])
            switch try word(row[2]) as StatedValue.Kind {
            case .date:
                let precision: StatedDate.Precision = try word(row[4] as String? ?? "")
                return StatedValue(
                    range,
                    .date(StatedDate(row[3], precision: precision, end: row[5]))
                )
            case .money: return StatedValue(range, .money(try amount(row), currency: row[14]))
            case .quantity: return StatedValue(range, .quantity(try amount(row)))
            }
        }
    }

    private func amount(_ row: StoreRow) throws -> StatedAmount {
        let exact: String? = row[6]
        let number = exact.map { StatedAmount.Number.exact($0) }
        var amount = StatedAmount(number ?? .range(from: row[7] as String? ?? "", to: row[8]))
        amount.approximation = try (row[9] as String?).map { try word($0) }
        amount.predicate = row[10]
        amount.subject = row[11]
        amount.total = row[12]
        amount.unit = row[13]
        return amount
    }
}

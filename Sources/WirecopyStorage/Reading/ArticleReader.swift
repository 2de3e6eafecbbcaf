import WirecopyMessages

/// Reads everything about one article in one transaction.
struct ArticleReader {
    let db: StoreDatabase

    /// The full report of an article, or `nil` when the row is gone.
    func report(of number: Int64) throws -> ArticleReport? {
        guard let row = try articleRow(number) else { return nil }
        let version: Int64 = row["version_id"]
        let text: String = row["text"]
        return ArticleReport(
            access: row["access"],
            addresses: try addresses(number),
            authors: try strings(row["authors"]),
            canonicalUrl: row["canonical_url"],
            citations: try citations(version),
            copies: try copies(number),
            dropped: try dropped(row["dropped"]),
            entities: try entities(version),
            fields: try FieldEvidence(json: Array((row["fields"] as String).utf8)).fields,
            finalUrl: row["final_url"],
            firstSeenMs: row["first_seen_ms"],
            host: row["host"],
            id: row["id"],
            language: row["language"],
            lastSeenMs: row["last_seen_ms"],
            leadImage: row["lead_image"],
            leadImageCaption: row["lead_image_caption"],
            leadImageCredit: row["lead_image_credit"],
            mentions: try mentions(version),
            modified: row["modified"],
            paragraphs: try paragraphs(row["paragraphs"], of: Array(text.utf8)),
            published: row["published"],
            publishedIsInferred: row["published_is_inferred"],
            publishedPrecision: row["published_precision"],
            quotations: try quotations(version),
            section: row["section"],
            siteName: row["site_name"],
            source: row["source"],
            subtitle: row["subtitle"],
            syndication: try strings(row["syndication"]),
            tags: try strings(row["tags"]),
            text: text,
            title: row["title"],
            url: row["url"],
            usage: try strings(row["usage"]),
            version: row["n"],
            versions: try versions(number),
            warnings: try strings(row["warnings"])
        )
    }

    private func articleRow(_ number: Int64) throws -> StoreRow? {
        try db.row(
            """
            SELECT article.*, article_version.id AS version_id, article_version.n,
                article_version.fields, article_version.dropped, article_version.warnings,
                article_version.paragraphs, article_version.text
            FROM article JOIN article_version ON article_version.id = article.version
            WHERE article.number = ?
            """,
            number
        )
    }

    private func rows(_ sql: String, _ key: Int64) throws -> [StoreRow] {
        try db.rows(sql, key)
    }
}

// Parts that are rows of their own.
extension ArticleReader {
    private func addresses(_ article: Int64) throws -> [ArticleReport.Address] {
        let sql = """
            SELECT first_seen_ms, last_seen_ms, url FROM article_address WHERE article = ?
            ORDER BY last_seen_ms DESC, url LIMIT \(ArticleReport.historyMax)
            """
        return try rows(sql, article).map {
            ArticleReport.Address(firstSeenMs: $0[0], lastSeenMs: $0[1], url: $0[2])
        }
    }

    private func copies(_ article: Int64) throws -> [ArticleReport.Copy] {
        let sql = """
            SELECT first_seen_ms, host, id, last_seen_ms, published, site_name, url
            FROM article_copy WHERE article = ?
            ORDER BY last_seen_ms DESC, id LIMIT \(ArticleReport.historyMax)
            """
        return try rows(sql, article).map {
            ArticleReport.Copy(
                firstSeenMs: $0[0],
                host: $0[1],
                id: $0[2],
                lastSeenMs: $0[3],
                published: $0[4],
                siteName: $0[5],
                url: $0[6]
            )
        }
    }

    private func versions(_ article: Int64) throws -> [ArticleReport.Version] {
        let sql = """
            SELECT digest, fetched_at_ms, extractor_version, n, title FROM article_version
            WHERE article = ? ORDER BY n DESC LIMIT \(ArticleReport.historyMax)
            """
        return try rows(sql, article).map {
            ArticleReport.Version(
                digest: $0[0],
                fetchedAtMs: $0[1],
                extractorVersion: $0[2],
                n: $0[3],
                title: $0[4]
            )
        }
    }

    private func entities(_ version: Int64) throws -> [ArticleReport.Entity] {
        let sql = """
            SELECT named.id, count(mention.ordinal), named.name, named.type
            FROM version_entity
            JOIN entity ON entity.id = version_entity.entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            LEFT JOIN mention ON mention.version = version_entity.version
                AND mention.entity = version_entity.entity
            WHERE version_entity.version = ?
            GROUP BY named.id ORDER BY 2 DESC, named.name
            """
        return try rows(sql, version).map {
            ArticleReport.Entity(id: $0[0], mentions: $0[1], name: $0[2], type: $0[3])
        }
    }

    private func mentions(_ version: Int64) throws -> [ArticleReport.Mention] {
        let sql = """
            SELECT end_byte, coalesce(entity.canonical, entity.id), stands_for, start_byte, surface,
                mention.type
            FROM mention JOIN entity ON entity.id = mention.entity
            WHERE version = ? ORDER BY ordinal
            """
        return try rows(sql, version).map {
            ArticleReport.Mention(
                end: $0[0],
                entity: $0[1],
                standsFor: $0[2],
                start: $0[3],
                surface: $0[4],
                type: $0[5]
            )
        }
    }

    private func quotations(_ version: Int64) throws -> [ArticleReport.Quotation] {
        let sql = """
            SELECT context, cue, document, end_byte, kind, listener, occasion, speaker,
                coalesce(entity.canonical, entity.id), start_byte,
                coalesce(statement, quotation.id), text
            FROM quotation LEFT JOIN entity ON entity.id = quotation.speaker_entity
            WHERE version = ? ORDER BY ordinal
            """
        return try rows(sql, version).map {
            ArticleReport.Quotation(
                context: $0[0],
                cue: $0[1],
                document: $0[2],
                end: $0[3],
                kind: $0[4],
                listener: $0[5],
                occasion: $0[6],
                speaker: $0[7],
                speakerEntity: $0[8],
                start: $0[9],
                statement: $0[10],
                text: $0[11]
            )
        }
    }

    private func citations(_ version: Int64) throws -> [ArticleReport.Citation] {
        let sql = """
            SELECT citing, end_byte, coalesce(entity.canonical, entity.id), citation.name,
                start_byte, text
            FROM citation LEFT JOIN entity ON entity.id = citation.entity
            WHERE version = ? ORDER BY ordinal
            """
        return try rows(sql, version).map {
            ArticleReport.Citation(
                citing: $0[0],
                end: $0[1],
                entity: $0[2],
                name: $0[3],
                start: $0[4],
                text: $0[5]
            )
        }
    }
}

// Parts that are JSON in a column.
extension ArticleReader {
    private func list<Element>(
        _ json: String,
        _ read: (inout JSONReader) throws(JSONFailure) -> Element
    ) throws(JSONFailure) -> [Element] {
        var reader = JSONReader(Array(json.utf8))
        var elements: [Element] = []
        try reader.array { (reader) throws(JSONFailure) in elements.append(try read(&reader)) }
        return elements
    }

    private func strings(_ json: String) throws(JSONFailure) -> [String] {
        try list(json) { (reader) throws(JSONFailure) in try reader.string() }
    }

    private func dropped(_ json: String) throws -> [ArticleReport.Dropped] {
        try list(json) { (reader) throws(JSONFailure) in
            let block = try DroppedBlock(from: &reader)
            return ArticleReport.Dropped(
                after: block.after,
                label: block.label.rawValue,
                source: block.source,
                text: block.text
            )
        }
    }

    private func paragraphs(
        _ json: String,
        of text: [UInt8]
    ) throws -> [ArticleReport.Paragraph] {
        try list(json) { (reader) throws(JSONFailure) in
            var (start, end, kind) = (0, 0, "")
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "end": end = try reader.integer()
                case "kind": kind = try reader.string()
                case "start": start = try reader.integer()
                default: try reader.skip()
                }
            }
            guard 0 <= start, start <= end, end <= text.count else {
                throw reader.invalid("The paragraph \(start)..<\(end) lies outside its text.")
            }
            return ArticleReport.Paragraph(
                end: end,
                kind: kind,
                start: start,
                text: String(decoding: text[start..<end], as: UTF8.self)
            )
        }
    }
}

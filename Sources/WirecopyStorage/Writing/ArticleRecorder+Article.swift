import WirecopyMessages

// Rows of the article itself, and where it was met.
extension ArticleRecorder {
    /// Makes an article of its first page; it has no version yet.
    func insertArticle(_ record: ArticleRecord) throws -> StoredArticle {
        let seenAt = record.seenAtMilliseconds
        let sort = record.sortMilliseconds(firstSeen: seenAt)
        let parsed = record.article
        let number = try db.insert(
            """
            INSERT INTO article
                (id, url, host, first_seen_ms, last_seen_ms, source, final_url, canonical_url,
                 site_name, title, section, language, lead_image, authors, published,
                 published_precision, published_is_inferred, modified, modified_precision, sort_ms,
                 subtitle, lead_image_caption, lead_image_credit, access, tags, syndication, usage,
                 text_bytes)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,
                ?)
            RETURNING number
            """,
            record.identity.id,
            record.identity.url,
            record.identity.host,
            seenAt,
            seenAt,
            parsed.source,
            parsed.finalURL,
            parsed.canonicalURL?.value,
            parsed.siteName?.value,
            parsed.title?.value,
            parsed.section?.value,
            parsed.language?.value,
            parsed.leadImage?.value,
            record.json.authors,
            parsed.published?.date.value,
            parsed.published?.precision.rawValue,
            parsed.published?.isInferred,
            parsed.modified?.date.value,
            parsed.modified?.precision.rawValue,
            sort,
            parsed.subtitle?.value,
            parsed.leadImageCaption?.value,
            parsed.leadImageCredit?.value,
            parsed.access?.kind.rawValue,
            record.json.tags,
            record.json.syndication,
            record.json.usage,
            record.text.count
        )
        return StoredArticle(
            number: number,
            id: record.identity.id,
            firstSeen: seenAt,
            lastSeen: seenAt,
            sort: sort,
            version: nil
        )
    }

    /// Shows a version to readers.
    func show(
        _ version: Int64,
        of article: StoredArticle,
        as record: ArticleRecord
    ) throws {
        try touch(article, record)
        let parsed = record.article
        let firstSeen = min(article.firstSeen, record.seenAtMilliseconds)
        try db.run(
            """
            UPDATE article SET version = ?2, final_url = ?3, canonical_url = ?4, site_name = ?5,
                title = ?6, section = ?7, language = ?8, lead_image = ?9, authors = ?10,
                published = ?11, published_precision = ?12, published_is_inferred = ?13,
                modified = ?14, modified_precision = ?15, sort_ms = ?16, subtitle = ?17,
                lead_image_caption = ?18, lead_image_credit = ?19, access = ?20, tags = ?21,
                syndication = ?22, usage = ?23, text_bytes = ?24
            WHERE number = ?1
            """,
            article.number,
            version,
            parsed.finalURL,
            parsed.canonicalURL?.value,
            parsed.siteName?.value,
            parsed.title?.value,
            parsed.section?.value,
            parsed.language?.value,
            parsed.leadImage?.value,
            record.json.authors,
            parsed.published?.date.value,
            parsed.published?.precision.rawValue,
            parsed.published?.isInferred,
            parsed.modified?.date.value,
            parsed.modified?.precision.rawValue,
            record.sortMilliseconds(firstSeen: firstSeen),
            parsed.subtitle?.value,
            parsed.leadImageCaption?.value,
            parsed.leadImageCredit?.value,
            parsed.access?.kind.rawValue,
            record.json.tags,
            record.json.syndication,
            record.json.usage,
            record.text.count
        )
    }

    /// Notes when an article was seen and which source named it first, and nothing else.
    func touch(_ article: StoredArticle, _ record: ArticleRecord) throws {
        try db.run(
            """
            UPDATE article SET first_seen_ms = min(first_seen_ms, ?2),
                last_seen_ms = max(last_seen_ms, ?2), source = coalesce(source, ?3)
            WHERE number = ?1
            """,
            article.number,
            record.seenAtMilliseconds,
            record.article.source
        )
    }

    /// Notes that the content of an article was met as another article.
    func insertCopy(of holder: StoredVersion, _ record: ArticleRecord) throws {
        try db.run(
            """
            INSERT INTO article_copy
                (id, article, url, host, site_name, published, first_seen_ms, last_seen_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?7, ?7)
            ON CONFLICT (id, article) DO UPDATE SET
                first_seen_ms = min(article_copy.first_seen_ms, excluded.first_seen_ms),
                last_seen_ms = max(article_copy.last_seen_ms, excluded.last_seen_ms)
            """,
            record.identity.id,
            holder.article,
            record.identity.url,
            record.identity.host,
            record.article.siteName?.value,
            record.article.published?.date.value,
            record.seenAtMilliseconds
        )
    }

    /// Notes the addresses under which a page was met, as long as there is room for new ones.
    func seen(_ record: ArticleRecord, article: Int64) throws {
        for url in record.addresses {
            try db.run(
                """
                INSERT INTO article_address (url, article, first_seen_ms, last_seen_ms)
                SELECT ?1, ?2, ?3, ?3
                WHERE (SELECT count(*) FROM article_address WHERE article = ?2)
                    < \(Self.addressesMax)
                ON CONFLICT DO NOTHING
                """,
                url,
                article,
                record.seenAtMilliseconds
            )
            try db.run(
                """
                UPDATE article_address SET first_seen_ms = min(first_seen_ms, ?3),
                    last_seen_ms = max(last_seen_ms, ?3)
                WHERE url = ?1 AND article = ?2
                """,
                url,
                article,
                record.seenAtMilliseconds
            )
        }
    }
}

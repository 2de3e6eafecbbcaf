import GRDB
import WirecopyMessages

/// Writes one article in the transaction that the writer has opened, and says what came of it.
///
/// Invariants, each backed by a UNIQUE constraint: an identifier names one article; a content is
/// stored once in the whole store; a message is handled once.
struct ArticleRecorder {
    let db: Database
    /// What enters and leaves the search indexes at the end of the transaction.
    var index: SearchIndex

    init(db: Database) {
        self.db = db
        index = SearchIndex(db: db)
    }

    /// Most addresses that are kept of one article; links with ever new parameters have no end.
    static let addressesMax = 256

    /// Puts an article into the store.
    ///
    /// - Returns: the outcome; for a message that was handled before, the outcome of that time.
    /// - Throws: GRDB's errors; then the transaction must be rolled back.
    mutating func record(
        _ record: ArticleRecord,
        of message: MessageID,
        now: Instant
    ) throws -> Outcome {
        if let remembered = try rememberedOutcome(of: message) { return remembered }
        let outcome = try outcome(of: record)
        try remember(outcome, of: message, now: now)
        return outcome
    }

    /// Ends the group of articles of this transaction: brings the search indexes up to date and
    /// forgets messages that were handled long ago.
    mutating func finish(now: Instant) throws {
        try index.flush()
        try forget(now: now)
    }

    private mutating func outcome(of record: ArticleRecord) throws -> Outcome {
        let known =
            try StoredArticle.fetch(id: record.identity.id, db)
            ?? StoredArticle.fetch(formerURL: record.identity.url, db)
        guard let holder = try StoredVersion.fetch(digest: record.digest, db) else {
            let article = try known ?? insertArticle(record)
            try addVersion(of: record, to: article)
            try seen(record, article: article.number)
            return Outcome(.stored, article: article.id)
        }
        guard let known, holder.article == known.number else {
            if let known { try touch(known, record) }
            try insertCopy(of: holder, record)
            try seen(record, article: holder.article)
            return Outcome(.duplicate, article: holder.articleID)
        }
        let isAnnotatedAnew = try refresh(holder, of: known, with: record)
        try seen(record, article: known.number)
        return Outcome(isAnnotatedAnew ? .stored : .unchanged, article: known.id)
    }
}

// Rows of the article itself.
extension ArticleRecorder {
    private func insertArticle(_ record: ArticleRecord) throws -> StoredArticle {
        let seenAt = record.seenAtMilliseconds
        try db.run(
            """
            INSERT INTO article
                (id, url, final_url, host, authors, sort_ms, first_seen_ms, last_seen_ms)
            VALUES (?, ?, ?, ?, '[]', ?, ?, ?)
            """,
            record.identity.id,
            record.identity.url,
            record.article.finalURL,
            record.identity.host,
            seenAt,
            seenAt,
            seenAt
        )
        return StoredArticle(
            number: db.lastInsertedRowID,
            id: record.identity.id,
            firstSeen: seenAt,
            lastSeen: seenAt,
            sort: seenAt,
            version: nil
        )
    }

    /// Stores a content that the store does not hold yet.
    private mutating func addVersion(of record: ArticleRecord, to article: StoredArticle) throws {
        try db.run(
            """
            INSERT INTO article_version
                (article, n, digest, fingerprint, annotations_digest, extractor_version,
                 fetched_at_ms, origin, encoding, title, fields, warnings, dropped, paragraphs,
                 text, sentences, page)
            VALUES (?1, (SELECT count(*) + 1 FROM article_version WHERE article = ?1),
                ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
            """,
            article.number,
            record.digest,
            record.fingerprint.column,
            record.annotationsDigest,
            record.extractorVersion,
            record.seenAtMilliseconds,
            record.article.origin,
            record.article.encoding,
            record.article.title?.value,
            record.json.fields,
            record.json.warnings,
            record.json.dropped,
            record.json.paragraphs,
            String(decoding: record.text, as: UTF8.self),
            record.json.sentences,
            record.json.page
        )
        let version = db.lastInsertedRowID
        try insertAnnotations(of: record, version: version, day: day(of: record, as: article))
        try index.remove(article.number)
        try show(version, of: article, as: record)
        try index.add(article.number)
    }

    /// Brings a content that the store holds already up to date with what is known of it now.
    ///
    /// - Returns: whether the extractor found something else than last time.
    private mutating func refresh(
        _ version: StoredVersion,
        of article: StoredArticle,
        with record: ArticleRecord
    ) throws -> Bool {
        let isAnnotatedAnew = version.annotationsDigest != record.annotationsDigest
        let isCurrent = article.version == version.id
        let isReadAnew =
            version.fields != record.json.fields || version.paragraphs != record.json.paragraphs
        guard isAnnotatedAnew || !isCurrent || isReadAnew else {
            try touch(article, record)
            return false
        }
        try index.remove(article.number)
        let day = day(of: record, as: article)
        let statementsDay = try self.day(ofStatementsIn: version.id)
        if isAnnotatedAnew || statementsDay.map({ $0 != day }) == true {
            try replaceAnnotations(of: record, version: version.id, day: day)
        }
        try db.run(
            """
            UPDATE article_version
            SET fields = ?2, warnings = ?3, dropped = ?4, extractor_version = ?5, paragraphs = ?6,
                page = ?7
            WHERE id = ?1
            """,
            version.id,
            record.json.fields,
            record.json.warnings,
            record.json.dropped,
            record.extractorVersion,
            record.json.paragraphs,
            record.json.page
        )
        try show(version.id, of: article, as: record)
        try index.add(article.number)
        return isAnnotatedAnew
    }

    /// The day of an article once this page is recorded.
    private func day(of record: ArticleRecord, as article: StoredArticle) -> Int {
        guard record.seenAtMilliseconds >= article.lastSeen else {
            return QuotationNumber.day(ofMilliseconds: article.sort)
        }
        return record.day(firstSeen: min(article.firstSeen, record.seenAtMilliseconds))
    }

    /// Shows a version to readers, unless what they see was received later.
    private func show(
        _ version: Int64,
        of article: StoredArticle,
        as record: ArticleRecord
    ) throws {
        try touch(article, record)
        guard record.seenAtMilliseconds >= article.lastSeen else { return }
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
    private func touch(_ article: StoredArticle, _ record: ArticleRecord) throws {
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
    private func insertCopy(of holder: StoredVersion, _ record: ArticleRecord) throws {
        try db.run(
            """
            INSERT INTO article_copy
                (id, article, url, host, site_name, published, first_seen_ms, last_seen_ms)
            VALUES (?, ?, ?, ?, ?, ?, ?7, ?7)
            ON CONFLICT (id, article) DO UPDATE SET
                first_seen_ms = min(first_seen_ms, excluded.first_seen_ms),
                last_seen_ms = max(last_seen_ms, excluded.last_seen_ms)
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
    private func seen(_ record: ArticleRecord, article: Int64) throws {
        for url in record.addresses {
            try db.run(
                """
                INSERT INTO article_address (url, article, first_seen_ms, last_seen_ms)
                SELECT ?1, ?2, ?3, ?3
                WHERE (SELECT count(*) FROM article_address WHERE article = ?2)
                    < \(Self.addressesMax)
                    OR EXISTS (SELECT 1 FROM article_address WHERE url = ?1 AND article = ?2)
                ON CONFLICT (url, article) DO UPDATE SET
                    first_seen_ms = min(first_seen_ms, excluded.first_seen_ms),
                    last_seen_ms = max(last_seen_ms, excluded.last_seen_ms)
                """,
                url,
                article,
                record.seenAtMilliseconds
            )
        }
    }
}

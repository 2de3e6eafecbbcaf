import WirecopyMessages

/// Writes one article in the transaction that the writer has opened, and says what came of it.
///
/// Invariants, each backed by a UNIQUE constraint: an identifier names one article; a content is
/// stored once in the whole store; a message is handled once.
struct ArticleRecorder {
    let db: StoreDatabase
    /// What enters and leaves the search indexes at the end of the transaction.
    var index: SearchIndex
    /// The version whose rows were written last; `nil` when its rows must be asked.
    var toldVersion: ToldVersion?
    /// Rows of entities that this transaction, or those before, have met.
    var knownEntities: [EntityKey: Int64]
    /// Entities that were looked for and have no row yet.
    var absentEntities: Set<EntityKey> = []
    /// The last number that a statement of a day got in this transaction.
    var lastQuotations: [Int: Int64] = [:]
    /// What was found out for all articles at once.
    var known: LookAhead
    /// Whether the user has said anything about names.
    let hasNameRules: Bool
    private let placing: PlacingLine
    private let names: KnownNames

    /// Begins with the articles of a transaction.
    ///
    /// - Parameters:
    ///   - db: the transaction.
    ///   - placing: finds the articles' places among the stories.
    ///   - names: what is remembered of names from one transaction to the next.
    ///   - isStoreKnown: whether that still holds.
    /// - Throws: the engine's errors.
    init(
        db: StoreDatabase,
        placing: PlacingLine,
        names: KnownNames,
        isStoreKnown: Bool
    ) throws {
        self.db = db
        self.placing = placing
        self.names = names
        let kept = names.take()
        knownEntities = isStoreKnown ? kept : [:]
        known = try LookAhead([], of: [], db)
        index = SearchIndex(db: db)
        hasNameRules = try NameRules(db: db).areAny()
    }

    /// Most addresses that are kept of one article; links with ever new parameters have no end.
    static let addressesMax = 256

    /// Finds out in few questions what the articles of a group need to know, where each question
    /// takes long. Nothing else is written before they are all recorded.
    ///
    /// - Throws: the engine's errors.
    mutating func lookAhead(_ records: [ArticleRecord], of messages: [MessageID]) throws {
        guard db.dialect.costsRoundTrips else { return }
        known = try LookAhead(records, of: messages, db)
        if !hasNameRules { try lookUp(records.lazy.flatMap(\.annotated.entities)) }
    }

    /// Puts an article into the store.
    ///
    /// - Returns: the outcome; for a message that was handled before, the outcome of that time.
    /// - Throws: the engine's errors; then the transaction must be rolled back.
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
        // Before the indexes: they are written out whenever a statement changes several rows.
        try placing.finish()
        try index.flush()
        try forget(now: now)
        names.keep(knownEntities)
    }

    private mutating func outcome(of record: ArticleRecord) throws -> Outcome {
        let absence = known.absence(of: record)
        let stored = try article(of: record, absence)
        let holder = absence.digest ? nil : try StoredVersion.fetch(digest: record.digest, db)
        guard let holder else {
            let article = try stored ?? insertArticle(record)
            try addVersion(of: record, to: article, isNew: stored == nil)
            try seen(record, article: article.number)
            return Outcome(.stored, article: article.id)
        }
        guard let stored, holder.article == stored.number else {
            if let stored { try touch(stored, record) }
            try insertCopy(of: holder, record)
            try seen(record, article: holder.article)
            return Outcome(.duplicate, article: holder.articleID)
        }
        let isAnnotatedAnew = try refresh(holder, of: stored, with: record)
        try seen(record, article: stored.number)
        return Outcome(isAnnotatedAnew ? .stored : .unchanged, article: stored.id)
    }

    /// The article of a page, if the store has it.
    private func article(
        of record: ArticleRecord,
        _ absence: LookAhead.Absence
    ) throws -> StoredArticle? {
        if !absence.article, let article = try StoredArticle.fetch(id: record.identity.id, db) {
            return article
        }
        return absence.url ? nil : try StoredArticle.fetch(formerURL: record.identity.url, db)
    }
}

// Versions of the article.
extension ArticleRecorder {
    /// Stores a content that the store does not hold yet.
    private mutating func addVersion(
        of record: ArticleRecord,
        to article: StoredArticle,
        isNew: Bool
    ) throws {
        let version = try insertVersion(of: record, article: article.number, isNew: isNew)
        let day = day(of: record, as: article)
        let place = Place(version: version, article: article.id, day: day)
        try insertAnnotations(of: record, at: place)
        guard isShown(record, as: article) else { return try touch(article, record) }
        try hide(article)
        if isNew {
            try db.run(
                "UPDATE article SET version = ? WHERE number = ?",
                version,
                article.number
            )
        } else {
            try show(version, of: article, as: record)
        }
        try enter(record, as: article, version: version)
    }

    private func insertVersion(
        of record: ArticleRecord,
        article: Int64,
        isNew: Bool
    ) throws -> Int64 {
        let earlier: Int =
            isNew
            ? 0
            : try db.row("SELECT count(*) FROM article_version WHERE article = ?", article)?[0] ?? 0
        return try db.insert(
            """
            INSERT INTO article_version
                (article, n, digest, fingerprint, annotations_digest, extractor_version,
                 fetched_at_ms, origin, encoding, title, fields, warnings, dropped, paragraphs,
                 text, sentences, page, corrections)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            RETURNING id
            """,
            article,
            earlier + 1,
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
            record.json.page,
            record.json.corrections
        )
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
        let isShown = isShown(record, as: article)
        let concernsReaders = isShown || isCurrent
        if concernsReaders { try hide(article) }
        let day = day(of: record, as: article)
        let statementsDay = try self.day(ofStatementsIn: version.id)
        if isAnnotatedAnew || statementsDay.map({ $0 != day }) == true {
            let place = Place(version: version.id, article: article.id, day: day)
            try replaceAnnotations(of: record, at: place)
        }
        try updateVersion(version.id, with: record)
        if isShown {
            try show(version.id, of: article, as: record)
        } else {
            try touch(article, record)
        }
        if concernsReaders { try enter(record, as: article, version: version.id) }
        return isAnnotatedAnew
    }

    private func updateVersion(_ version: Int64, with record: ArticleRecord) throws {
        try db.run(
            """
            UPDATE article_version
            SET fields = ?2, warnings = ?3, dropped = ?4, extractor_version = ?5, paragraphs = ?6,
                page = ?7, corrections = ?8
            WHERE id = ?1
            """,
            version,
            record.json.fields,
            record.json.warnings,
            record.json.dropped,
            record.extractorVersion,
            record.json.paragraphs,
            record.json.page,
            record.json.corrections
        )
    }

    /// What was received last is shown, whatever arrived last.
    private func isShown(_ record: ArticleRecord, as article: StoredArticle) -> Bool {
        record.seenAtMilliseconds >= article.lastSeen
    }

    /// Takes the version that readers see out of the indexes, the statements and the copies.
    private mutating func hide(_ article: StoredArticle) throws {
        guard let version = article.version else { return }
        try index.remove(article.number)
        try StatementLinker(db: db, known: known.statementKeys).leave(version: version)
        try CopyLinker(db: db, known: known.textKeys).leave(article: article.number)
    }

    /// Puts the version that readers see into the indexes, the statements and the copies.
    private mutating func enter(
        _ record: ArticleRecord,
        as article: StoredArticle,
        version: Int64
    ) throws {
        let linker = StatementLinker(db: db, known: known.statementKeys)
        if let told = toldVersion, told.version == version {
            index.add(article.number, record, told)
            try linker.enter(told.statements)
        } else {
            try index.add(article.number)
            try linker.enter(version: version)
        }
        let firstSeen = min(article.firstSeen, record.seenAtMilliseconds)
        let sort =
            isShown(record, as: article)
            ? record.sortMilliseconds(firstSeen: firstSeen) : article.sort
        try CopyLinker(db: db, known: known.textKeys).enter(
            article: article.number,
            text: record.sketch,
            sort: sort,
            agency: record.article.syndication.first?.value
        )
        try placing.enter(
            StoryArrival(
                article: article.number,
                features: record.storyFeatures,
                sort: sort,
                isKnown: article.version != nil
            )
        )
    }

    /// The day of an article once this page is recorded.
    private func day(of record: ArticleRecord, as article: StoredArticle) -> Int {
        guard isShown(record, as: article) else {
            return QuotationNumber.day(ofMilliseconds: article.sort)
        }
        return record.day(firstSeen: min(article.firstSeen, record.seenAtMilliseconds))
    }
}

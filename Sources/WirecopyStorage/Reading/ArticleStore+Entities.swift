import WirecopyMessages

extension ArticleStore {
    /// What the store knows of whoever has a name.
    ///
    /// - Parameters:
    ///   - name: words of the name, in any order. An exact name of several words wins, else what
    ///     most articles name: "Quill" is rather Ada Quill than an article that calls her so alone.
    ///     `#12` is the entity of that identifier.
    ///   - articlesMax: newest articles over which words, roles and company are counted.
    /// - Returns: `nil` when no name has all words.
    /// - Throws: `StorageFailure` with `queryEmpty` when there is no word to look for.
    package func entity(
        _ name: String,
        over articlesMax: Int = EntityReport.articlesReadMax
    ) async throws(StorageFailure) -> EntityReport? {
        if let id = Int64(name.dropFirst()), name.first == "#" {
            return try await read(to: "tell of an entity") { db in
                try EntityReader(db: db, articlesMax: articlesMax).report(of: id, others: [])
            }
        }
        guard let condition = SearchExpression(name)?.condition else { throw Self.queryEmpty }
        return try await read(to: "tell of \(name.prefix(200))") { db in
            let reader = EntityReader(db: db, articlesMax: articlesMax)
            let found = try reader.candidates(condition, name: name)
            guard let best = found.first else { return nil }
            return try reader.report(of: Int64(best.id), others: Array(found.dropFirst()))
        }
    }

    /// Entities whose names have all words, those that most articles name first.
    ///
    /// - Throws: `StorageFailure` with `queryEmpty` when there is no word to look for.
    package func entities(
        named words: String
    ) async throws(StorageFailure) -> [EntityReport.Summary] {
        guard let condition = SearchExpression(words)?.condition else { throw Self.queryEmpty }
        return try await read(to: "find \(words.prefix(200))") { db in
            try EntityReader(db: db).candidates(condition, name: words)
        }
    }
}

/// Gathers what articles say of an entity, after the user's rules.
struct EntityReader {
    let db: StoreDatabase
    /// Newest articles over which words, roles and company are counted.
    var articlesMax = EntityReport.articlesReadMax

    /// Names with all words that are looked at: the first found are the first that came.
    private static let candidatesMax = 200
    /// Other entities that are told.
    private static let othersMax = 10
    /// Newest articles in which company is counted; each has dozens of names.
    private static let companyArticlesMax = 150

    /// Entities with all words in their name: the exact name first, then by articles.
    func candidates(_ condition: SearchCondition, name: String) throws -> [EntityReport.Summary] {
        let rows = try db.rows(
            """
            SELECT DISTINCT named.id, named.name, named.type,
                entity.name = ?2 COLLATE NOCASE
            FROM (SELECT rowid FROM entity_search WHERE \(db.dialect.matches(.entities, "?1"))
                LIMIT \(Self.candidatesMax)) AS found
            CROSS JOIN entity ON entity.id = found.rowid
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            """,
            db.dialect.text(of: condition),
            name
        )
        let hasWords = name.split(separator: " ").count > 1
        var found: [Int64: (summary: EntityReport.Summary, isExact: Bool)] = [:]
        for row in rows {
            let id: Int64 = row[0]
            let isExact = hasWords && row[3] as Bool || found[id]?.isExact == true
            let count = try members(of: id).reduce(0) { try $0 + NameEdit.count($1, db) }
            let summary = EntityReport.Summary(
                articles: count,
                id: Int(id),
                name: row[1],
                type: row[2]
            )
            found[id] = (summary, isExact)
        }
        return found.values
            .filter { $0.summary.articles > 0 }
            .sorted { left, right in
                (left.isExact ? 0 : 1, -left.summary.articles, left.summary.id)
                    < (right.isExact ? 0 : 1, -right.summary.articles, right.summary.id)
            }
            .prefix(Self.othersMax + 1).map(\.summary)
    }

    /// The report of an entity; `nil` when the store has no such row.
    func report(of id: Int64, others: [EntityReport.Summary]) throws -> EntityReport? {
        let named = try db.row(
            """
            SELECT named.id, named.name, named.type FROM entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            WHERE entity.id = ?
            """,
            id
        )
        guard let named else { return nil }
        let members = try members(of: named[0])
        let namings = try namings(of: members)
        let times = namings.map(\.sort)
        var statements = try QuotationSelection(QuotationQuery(limit: EntityReport.newestMax))
        statements.entities = members
        let said = try QuotationReader(db: db).report(statements)
        return EntityReport(
            articles: try articles(of: members, namings),
            company: try company(of: members, in: namings),
            isPartial: namings.count == articlesMax,
            firstMs: times.min(),
            id: named[0],
            lastMs: times.max(),
            name: named[1],
            merged: try mergedNames(into: named[0]),
            newest: Self.newest(namings),
            others: others,
            roles: Self.roles(namings),
            statements: said.quotations,
            surfaces: try surfaces(of: members, in: namings),
            type: named[2]
        )
    }

    /// The entity's row and those that are merged into it.
    private func members(of id: Int64) throws -> [Int64] {
        try [id]
            + db.all(Int64.self, "SELECT id FROM entity WHERE canonical = ? ORDER BY id", id)
    }

    private func mergedNames(into id: Int64) throws -> [String] {
        try db.all(String.self, "SELECT name FROM entity WHERE canonical = ? ORDER BY name", id)
    }

    /// Articles that name an entity: exactly where all were read, else versions that do, up to
    /// `EntityReport.articlesCountedMax`.
    private func articles(of members: [Int64], _ namings: [Naming]) throws -> Int {
        guard namings.count == articlesMax else {
            return Set(namings.map(\.version)).count
        }
        let sql = """
            SELECT count(*) FROM (
                SELECT DISTINCT version FROM version_entity WHERE entity IN (\(Self.list(members)))
                LIMIT \(EntityReport.articlesCountedMax)) AS named
            """
        return try db.first(Int.self, sql) ?? 0
    }

    /// Row numbers, which are no words of anybody.
    private static func list(_ numbers: [Int64]) -> String {
        // An empty list is no SQL; nothing equals NULL.
        numbers.isEmpty ? "NULL" : numbers.map(String.init).joined(separator: ", ")
    }

    /// An article that names the entity.
    private struct Naming {
        let version: Int64
        let sort: Int
        let roles: String?
        let article: EntityReport.Article
    }

    /// The articles that came last, in the order of their publication, newest first.
    private func namings(of members: [Int64]) throws -> [Naming] {
        let rows = try db.rows(
            """
            SELECT version_entity.version, sort_ms, roles, host, article.id, published, title,
                url
            FROM version_entity JOIN article ON article.version = version_entity.version
            WHERE version_entity.entity IN (\(Self.list(members)))
            ORDER BY version_entity.version DESC LIMIT \(articlesMax)
            """
        )
        return rows.map { row in
            Naming(
                version: row[0],
                sort: row[1],
                roles: row[2],
                article: EntityReport.Article(
                    host: row[3],
                    id: row[4],
                    published: row[5],
                    title: row[6],
                    url: row[7]
                )
            )
        }.sorted { ($0.sort, $0.version) > ($1.sort, $1.version) }
    }

    private static func newest(_ namings: [Naming]) -> [EntityReport.Article] {
        var told: Set<Int64> = []
        return namings.filter { told.insert($0.version).inserted }
            .prefix(EntityReport.newestMax).map(\.article)
    }

    private static func roles(_ namings: [Naming]) -> [EntityReport.Role] {
        var roles: [String: EntityReport.Role] = [:]
        for naming in namings {
            guard let json = naming.roles else { continue }
            let words = Set(texts(json)).map { ($0.lowercased(), $0) }
            for (key, text) in words {
                var role =
                    roles[key]
                    ?? EntityReport.Role(
                        articles: 0,
                        firstMs: naming.sort,
                        lastMs: naming.sort,
                        role: text
                    )
                role.articles += 1
                role.firstMs = min(role.firstMs, naming.sort)
                roles[key] = role
            }
        }
        return roles.values
            .sorted { ($0.lastMs, $0.articles, $1.role) > ($1.lastMs, $1.articles, $0.role) }
            .prefix(EntityReport.countedMax).map(\.self)
    }

    private static func texts(_ json: String) -> [String] {
        var reader = JSONReader(Array(json.utf8))
        var texts: [String] = []
        try? reader.array { (reader) throws(JSONFailure) in
            texts.append(try EntityRole(from: &reader).role)
        }
        return texts
    }

    private func surfaces(
        of members: [Int64],
        in namings: [Naming]
    ) throws -> [EntityReport.Surface] {
        let sql = """
            SELECT surface, count(*) FROM mention
            WHERE version = ? AND entity IN (\(Self.list(members))) GROUP BY surface
            """
        var counts: [String: Int] = [:]
        for version in Set(namings.map(\.version)) {
            for row in try db.rows(sql, version) { counts[row[0], default: 0] += row[1] as Int }
        }
        return counts.map { EntityReport.Surface(mentions: $0.value, surface: $0.key) }
            .sorted { (-$0.mentions, $0.surface) < (-$1.mentions, $1.surface) }
            .prefix(EntityReport.countedMax).map(\.self)
    }

    private func company(
        of members: [Int64],
        in namings: [Naming]
    ) throws -> [EntityReport.Companion] {
        let versions = namings.prefix(Self.companyArticlesMax).map(\.version)
        let rows = try db.rows(
            """
            SELECT named.id, named.name, named.type, count(DISTINCT version_entity.version)
            FROM version_entity
            JOIN entity ON entity.id = version_entity.entity
            JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            WHERE version_entity.version IN (\(Self.list(versions)))
                AND entity.id NOT IN (\(Self.list(members)))
            GROUP BY named.id ORDER BY 4 DESC, named.name LIMIT \(EntityReport.countedMax)
            """
        )
        return rows.map { row in
            EntityReport.Companion(articles: row[3], id: row[0], name: row[1], type: row[2])
        }
    }
}

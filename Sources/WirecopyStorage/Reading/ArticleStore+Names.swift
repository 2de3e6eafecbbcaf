import GRDB
import WirecopyMessages

extension ArticleStore {
    /// Where a person, organisation, place, ... is named and with whom, the articles that were
    /// stored last at the front.
    ///
    /// - Parameters:
    ///   - id: identifier of the entity.
    ///   - before: only articles whose version has a smaller number: `next` of the answer before.
    ///   - limit: most articles, 1 to `SearchQuery.limitMax`.
    /// - Returns: `nil` when there is no such entity.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func name(
        _ id: Int,
        before: Int? = nil,
        limit: Int
    ) async throws(StorageFailure) -> NameReport? {
        let limit = min(max(limit, 1), SearchQuery.limitMax)
        return try await read(to: "show entity \(id)") { db in
            guard let row = try db.row("SELECT name, type FROM entity WHERE id = ?", id) else {
                return nil
            }
            let places = try Row.fetchAll(
                db,
                sql: Self.placesOfEntity,
                arguments: [id, before ?? Int.max, limit + 1]
            )
            return NameReport(
                articles: ArticleListReport(places, limit: limit) { row in
                    ListCursor(milliseconds: 0, place: row["version"])
                },
                company: try Self.company(of: id, db),
                id: id,
                name: row[0],
                type: row[1]
            )
        }
    }

    /// Persons, organisations, places, ... whose names begin in this way, by name.
    package func names(
        beginningWith beginning: String,
        limit: Int
    ) async throws(StorageFailure) -> [NameReport.Company] {
        let limit = min(max(limit, 1), SearchQuery.limitMax)
        return try await read(to: "look for a name") { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT entity.id, entity.name, entity.type,
                        (SELECT count(*) FROM (SELECT 1 FROM version_entity
                            WHERE version_entity.entity = entity.id
                            LIMIT \(NameReport.countMax))) AS articles
                    FROM entity WHERE name >= ?1 AND name < ?1 || char(0x10FFFF)
                    ORDER BY name, type LIMIT ?2
                    """,
                arguments: [beginning, limit]
            ).map {
                NameReport.Company(articles: $0[3], id: $0[0], name: $0[1], type: $0[2])
            }
        }
    }

    /// Those that share most of the latest versions with an entity.
    private static func company(
        of id: Int,
        _ db: Database
    ) throws -> [NameReport.Company] {
        let sql = """
            WITH latest AS (
                SELECT version FROM version_entity WHERE entity = ?1
                ORDER BY version DESC LIMIT \(NameReport.companyVersions))
            SELECT entity.id, entity.name, entity.type, count(*)
            FROM latest JOIN version_entity USING (version)
            JOIN entity ON entity.id = version_entity.entity
            WHERE entity.id <> ?1 AND entity.type IN ('PER', 'ORG', 'GPE')
            GROUP BY entity.id HAVING count(*) > 1
            ORDER BY 4 DESC, entity.name LIMIT \(NameReport.companyMax)
            """
        return try Row.fetchAll(db.cachedStatement(sql: sql), arguments: [id]).map {
            NameReport.Company(articles: $0[3], id: $0[0], name: $0[1], type: $0[2])
        }
    }

    /// A walk along the index of the entity's versions, newest first; old versions are passed over.
    private static let placesOfEntity = """
        SELECT \(ArticleListReport.columns), version_entity.version
        FROM version_entity JOIN article ON article.version = version_entity.version
        WHERE version_entity.entity = ?1 AND version_entity.version < ?2
        ORDER BY version_entity.version DESC LIMIT ?3
        """
}

/// Where a person, organisation, place, ... is named.
package struct NameReport: Report {
    /// Articles counted of each other name; more are told as this many.
    package static let countMax = 1000
    /// Latest versions in which company is looked for.
    package static let companyVersions = 200
    /// Names told as company.
    package static let companyMax = 24

    /// Articles that name it.
    package var articles: ArticleListReport
    /// Those that are named with it in more than one of the latest articles.
    package var company: [Company]
    /// Identifier in the store.
    package var id: Int
    /// Its full name.
    package var name: String
    /// What it is: `PER`, `ORG`, ...
    package var type: String

    /// A name beside a number of articles.
    package struct Company: Report {
        /// Articles, at most `countMax`.
        package var articles: Int
        /// Identifier in the store.
        package var id: Int
        /// Its full name.
        package var name: String
        /// What it is.
        package var type: String
    }
}

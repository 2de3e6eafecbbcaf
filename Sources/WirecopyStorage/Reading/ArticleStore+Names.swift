import WirecopyMessages

extension ArticleStore {
    /// Articles that name an entity or one that the user has merged into it, those that were stored
    /// last at the front.
    ///
    /// - Parameters:
    ///   - id: identifier of the entity.
    ///   - before: `next` of the answer before; `nil` for the first articles.
    ///   - limit: most articles, 1 to `SearchQuery.limitMax`.
    /// - Returns: the articles; none for an entity that the store does not have.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func articles(
        naming id: Int,
        before: ListCursor? = nil,
        limit: Int
    ) async throws(StorageFailure) -> ArticleListReport {
        let limit = min(max(limit, 1), SearchQuery.limitMax)
        return try await read(to: "list the articles that name entity \(id)") { db in
            let others = try db.all(
                Int64.self,
                "SELECT id FROM entity WHERE canonical = ? ORDER BY id",
                id
            )
            let rows = try db.rows(
                Self.placesOfEntities([Int64(id)] + others),
                before?.place ?? Int.max,
                limit + 1
            )
            return ArticleListReport(rows, limit: limit) { row in
                ListCursor(milliseconds: 0, place: row["version"])
            }
        }
    }

    /// A walk along the index of one entity's versions, newest first; old versions are passed over.
    private static func placesOfEntities(_ ids: [Int64]) -> String {
        // Row numbers, which are no words of anybody.
        let list = ids.map(String.init).joined(separator: ", ")
        return """
            SELECT DISTINCT \(ArticleListReport.columns), version_entity.version
            FROM version_entity JOIN article ON article.version = version_entity.version
            WHERE version_entity.entity \(ids.count == 1 ? "= \(list)" : "IN (\(list))")
                AND version_entity.version < ?1
            ORDER BY version_entity.version DESC LIMIT ?2
            """
    }
}

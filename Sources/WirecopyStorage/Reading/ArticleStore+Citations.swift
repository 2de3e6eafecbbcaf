import WirecopyMessages

extension ArticleStore {
    /// Who cites an outlet, and whom it cites.
    ///
    /// - Parameter outlet: its host, its name as its pages give it, or the name by which others
    ///   cite it; case and a leading "the" do not count.
    /// - Returns: a report; without hosts and names when nothing has this name.
    /// - Throws: `StorageFailure` when the store cannot be read.
    package func citations(of outlet: String) async throws(StorageFailure) -> CitationReport {
        try await read(to: "count who cites \(outlet.prefix(200))") { db in
            try CitationReader(db: db).report(of: outlet)
        }
    }
}

/// Counts citations of and by an outlet.
struct CitationReader {
    let db: StoreDatabase

    /// Outlets that are told apart by host; a store of all the world's news has about as many.
    private static let hostsMax = 20_000
    /// Names that have all words of an outlet's.
    private static let namesMax = 500

    /// The report of an outlet.
    func report(of outlet: String) throws -> CitationReport {
        let hosts = try hosts(of: outlet)
        let siteNames = Set(hosts.compactMap(\.siteName))
        let wanted = Set(([outlet] + siteNames).map(Self.normalised))
        var names = try names(equalTo: [outlet] + siteNames.sorted() + wanted.sorted())
        if names.isEmpty {
            names = try wanted.sorted().flatMap { try self.names(like: $0) }
                .filter { wanted.contains(Self.normalised($0)) }
        }
        let named = names + (try merged(names))
        let distinct = Set(named).sorted()
        return CitationReport(
            citedBy: try citedBy(distinct),
            cites: try cites(hosts.map(\.host)),
            hosts: hosts.map(\.host),
            names: distinct,
            newest: try newest(distinct)
        )
    }

    /// A name without case, punctuation and a leading "the".
    static func normalised(_ name: String) -> String {
        let words = name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
        return (words.first == "the" ? Array(words.dropFirst()) : words).joined(separator: " ")
    }

    private struct Host {
        let host: String
        let siteName: String?
    }

    /// Walks the index from one host to the next, with the newest page of each.
    private func hosts(of outlet: String) throws -> [Host] {
        let wanted = Self.normalised(outlet)
        let host = outlet.lowercased()
        var found: [Host] = []
        try db.forEachRow(
            """
            WITH RECURSIVE site(host) AS (
                SELECT min(host) FROM article
                UNION ALL
                SELECT (SELECT min(host) FROM article WHERE host > site.host) FROM site
                WHERE site.host IS NOT NULL
            )
            SELECT host, (SELECT site_name FROM article WHERE article.host = site.host
                ORDER BY sort_ms DESC LIMIT 1)
            FROM site WHERE host IS NOT NULL LIMIT \(Self.hostsMax)
            """
        ) { row in
            let site = Host(host: row[0], siteName: row[1])
            let isMeant =
                site.host == host || site.host.hasSuffix("." + host)
                || site.siteName.map(Self.normalised) == wanted
            if isMeant { found.append(site) }
            return true
        }
        return found
    }

    /// Names under which something is cited that are one of these, whatever their case and with or
    /// without "the": most outlets are found so, without a look at all names.
    private func names(equalTo names: [String]) throws -> [String] {
        try Set(names + names.map { "the " + $0 }).sorted().flatMap { name in
            try db.all(
                String.self,
                "SELECT name FROM citation WHERE name = ? COLLATE NOCASE LIMIT 1",
                name
            )
        }
    }

    /// Names under which something is cited that have the words of a name in a row.
    private func names(like name: String) throws -> [String] {
        guard !name.isEmpty else { return [] }
        let pattern = "%" + name.split(separator: " ").joined(separator: "%") + "%"
        return try db.all(
            String.self,
            """
            SELECT DISTINCT name FROM citation WHERE lower(name) LIKE ? LIMIT \(Self.namesMax)
            """,
            pattern
        )
    }

    /// Names that the user has merged with one of these.
    private func merged(_ names: [String]) throws -> [String] {
        try names.flatMap { name in
            try db.all(
                String.self,
                """
                SELECT other.name FROM entity
                JOIN entity AS other
                    ON other.id = coalesce(entity.canonical, entity.id)
                    OR other.canonical = coalesce(entity.canonical, entity.id)
                WHERE entity.name = ?
                """,
                name
            )
        }
    }

    private func citedBy(_ names: [String]) throws -> [CitationReport.Outlet] {
        let rows = try db.rows(
            """
            SELECT article.host, max(article.site_name), count(DISTINCT article.number),
                count(DISTINCT coalesce(near_duplicate.original, article.number)),
                min(article.sort_ms), max(article.sort_ms)
            FROM (
                SELECT citation.version FROM json_each(?) AS wanted
                CROSS JOIN citation ON citation.name = wanted.value COLLATE NOCASE
                ORDER BY citation.version DESC LIMIT \(CitationReport.articlesMax)
            ) AS citing
            CROSS JOIN article ON article.version = citing.version
            LEFT JOIN near_duplicate ON near_duplicate.article = article.number
            GROUP BY article.host ORDER BY 3 DESC, 1 LIMIT \(CitationReport.sourcesMax)
            """,
            Self.json(names)
        )
        return rows.map { row in
            CitationReport.Outlet(
                articles: row[2],
                firstMs: row[4],
                host: row[0],
                lastMs: row[5],
                origins: row[3],
                siteName: row[1]
            )
        }
    }

    private func newest(_ names: [String]) throws -> [CitationReport.Article] {
        try db.rows(
            """
            SELECT min(citing.name), article.host, article.id, article.published,
                article.site_name, article.sort_ms, article.title
            FROM (
                SELECT citation.version, citation.name FROM json_each(?) AS wanted
                CROSS JOIN citation ON citation.name = wanted.value COLLATE NOCASE
                ORDER BY citation.version DESC LIMIT \(CitationReport.newestReadMax)
            ) AS citing
            CROSS JOIN article ON article.version = citing.version
            GROUP BY article.number ORDER BY article.sort_ms DESC, article.number DESC
            LIMIT \(CitationReport.newestMax)
            """,
            Self.json(names)
        )
        .map { row in
            CitationReport.Article(
                cited: row[0],
                host: row[1],
                id: row[2],
                published: row[3],
                siteName: row[4],
                sortMs: row[5],
                title: row[6]
            )
        }
    }

    private func cites(_ hosts: [String]) throws -> [CitationReport.Source] {
        let rows = try db.rows(
            """
            SELECT min(coalesce(named.name, citation.name)), count(DISTINCT written.number),
                count(DISTINCT coalesce(near_duplicate.original, written.number)),
                max(citation.citing), min(written.sort_ms), max(written.sort_ms)
            FROM (
                SELECT number, version, sort_ms FROM article
                WHERE host IN (SELECT value FROM json_each(?))
                ORDER BY sort_ms DESC LIMIT \(CitationReport.articlesMax)
            ) AS written
            CROSS JOIN citation ON citation.version = written.version
            LEFT JOIN entity ON entity.id = citation.entity
            LEFT JOIN entity AS named ON named.id = coalesce(entity.canonical, entity.id)
            LEFT JOIN near_duplicate ON near_duplicate.article = written.number
            GROUP BY lower(coalesce(named.name, citation.name)) ORDER BY 2 DESC, 1
            LIMIT \(CitationReport.sourcesMax)
            """,
            Self.json(hosts)
        )
        return rows.map { row in
            CitationReport.Source(
                articles: row[1],
                citing: row[3],
                firstMs: row[4],
                lastMs: row[5],
                name: row[0],
                origins: row[2]
            )
        }
    }

    private static func json(_ texts: [String]) -> String {
        var writer = JSONWriter()
        writer.array(texts) { $0.string($1) }
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

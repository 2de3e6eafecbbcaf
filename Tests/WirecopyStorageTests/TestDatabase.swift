import Foundation
import PostgreSQL
import Testing

/// The databases on which the suite runs: the store must be the same on each.
enum TestDatabase: String, Sendable, CaseIterable {
    case sqlite
    case postgreSQL

    /// SQLite always, PostgreSQL where a server is named.
    static var all: [TestDatabase] { server == nil ? [.sqlite] : allCases }

    /// Connection string of a server on which the tests may make databases; scripts/test starts
    /// one.
    static let server = ProcessInfo.processInfo.environment["WIRECOPY_TEST_POSTGRESQL"]

    /// Says why tests on a server are skipped.
    static let skipped: Comment =
        "WIRECOPY_TEST_POSTGRESQL names no PostgreSQL server: nothing is tested on one."
}

/// A database of a server for one test.
struct ServerDatabase {
    let path: String
    private let server: ServerAddress
    private let name: String

    /// Makes an empty database.
    init() throws {
        server = try ServerAddress(#require(TestDatabase.server))
        let letters = UUID().uuidString.lowercased().filter { $0 != "-" }
        name = "wirecopy_test_\(letters)"
        path = server.database(name).description
        try Connection(server, program: "wirecopy-tests")
            .script("CREATE DATABASE \(name) ENCODING 'UTF8' TEMPLATE template0")
    }

    /// Removes it, whoever is still connected.
    func remove() throws {
        try Connection(server, program: "wirecopy-tests")
            .script("DROP DATABASE \(name) WITH (FORCE)")
    }
}

@Suite struct ConformanceTests {
    @Test(.enabled(if: TestDatabase.server != nil, TestDatabase.skipped))
    func `the suite runs on a PostgreSQL server too`() throws {
        let server = try ServerAddress(#require(TestDatabase.server))
        let rows = try Connection(server, program: "wirecopy-tests")
            .rows("SELECT CAST(current_setting('server_version_num') AS INTEGER)")
        #expect(rows.integer(0, 0) >= 140_000)
    }
}

import Foundation
import Testing

@testable import PostgreSQL

/// A server for tests, if there is one.
private let server = ProcessInfo.processInfo.environment["WIRECOPY_TEST_POSTGRESQL"]

@Suite(
    .enabled(
        if: server != nil,
        "WIRECOPY_TEST_POSTGRESQL names no PostgreSQL server: nothing is tested on one."
    )
)
struct ConnectionTests {
    private static func connect() throws -> Connection {
        try Connection(try ServerAddress(#require(server)), program: "tests")
    }

    private static func values(
        _ connection: Connection,
        _ sql: String,
        _ add: (inout Parameters) -> Void = { _ in }
    ) throws -> [Rows.Value] {
        var parameters = Parameters()
        add(&parameters)
        let rows = try connection.rows(sql, parameters)
        return rows.columns.indices.map { rows.value(0, $0) }
    }

    @Test func `values go there and back unchanged`() throws {
        let values = try Self.values(try Self.connect(), "SELECT $1, $2, $3, $4, $5::bigint") {
            $0.add(Int64.min)
            $0.add(-0.1)
            $0.add(text: "Łódź 東京".utf8.span)
            $0.add(bytes: [0, 255, 92].span)
            $0.addNull()
        }
        #expect(
            values == [
                .integer(.min), .real(-0.1), .text("Łódź 東京"), .bytes([0, 255, 92]), .null,
            ]
        )
    }

    @Test(arguments: [
        ("2::smallint", Rows.Value.integer(2)), ("(-3)::integer", .integer(-3)),
        ("true", .integer(1)), ("false", .integer(0)), ("1.5::real", .real(1.5)),
        ("12.25::numeric", .real(12.25)), ("(-70000)::numeric", .integer(-70_000)),
        ("0::numeric", .integer(0)), ("0.0001::numeric", .real(0.0001)),
        ("100000000::numeric", .integer(100_000_000)), ("''::text", .text("")),
        ("sum(x) FROM generate_series(1, 10) AS x", .integer(55)), ("7::oid", .integer(7)),
    ])
    func `each type has its value`(expression: String, value: Rows.Value) throws {
        let connection = try Self.connect()
        #expect(try Self.values(connection, "SELECT \(expression)") == [value])
        #expect(try connection.writtenRows("SELECT \(expression)").value(0, 0) == value)
    }

    @Test func `statements that nobody waits for are done in order`() throws {
        let connection = try Self.connect()
        let sum = try connection.transaction(["BEGIN"]) { connection in
            try connection.send("CREATE TEMP TABLE t (a BIGINT) ON COMMIT DROP", Parameters())
            for number in 1...2000 {
                var parameters = Parameters()
                parameters.add(Int64(number))
                try connection.send("INSERT INTO t VALUES ($1)", parameters)
            }
            return try connection.rows("SELECT sum(a)::bigint, count(*) FROM t")
        }
        #expect(sum.integer(0, 0) == 2_001_000)
        #expect(sum.integer(0, 1) == 2000)
    }

    @Test func `a failure that nobody waited for comes with the next read`() throws {
        let connection = try Self.connect()
        let failure = #expect(throws: PostgreSQLFailure.self) {
            try connection.transaction(["BEGIN"]) { connection in
                try connection.send("SELECT 1 / 0", Parameters())
                try connection.send("SELECT 2", Parameters())
                _ = try connection.rows("SELECT 3")
            }
        }
        #expect(failure?.code == .valueRefused)
        #expect(failure?.state == "22012")
        #expect(try Self.values(connection, "SELECT 4") == [.integer(4)])
    }

    @Test func `a failure that nobody waited for keeps the commit from being done`() throws {
        let connection = try Self.connect()
        #expect(throws: PostgreSQLFailure.self) {
            try connection.transaction(["BEGIN"]) { connection in
                try connection.send("CREATE TEMP TABLE u (a BIGINT)", Parameters())
                try connection.send("INSERT INTO u VALUES (1), (1 / 0)", Parameters())
            }
        }
        #expect(try Self.values(connection, "SELECT to_regclass('u')::text") == [.null])
    }

    @Test func `what the body throws rolls back`() throws {
        struct Stopped: Error {}
        let connection = try Self.connect()
        #expect(throws: Stopped.self) {
            try connection.transaction(["BEGIN"]) { connection in
                try connection.send("CREATE TEMP TABLE w (a BIGINT)", Parameters())
                throw Stopped()
            }
        }
        #expect(try Self.values(connection, "SELECT to_regclass('w')::text") == [.null])
    }

    @Test func `a parameter without a value takes the type that it had or gets`() throws {
        let connection = try Self.connect()
        let insert = "INSERT INTO p VALUES ($1, $2)"
        let rows = try connection.transaction(["BEGIN"]) { connection in
            try connection.send("CREATE TEMP TABLE p (a BIGINT, b TEXT)", Parameters())
            for hasValues in [false, true, false] {
                var parameters = Parameters()
                if hasValues { parameters.add(Int64(1)) } else { parameters.addNull() }
                if hasValues { parameters.add(text: "x".utf8.span) } else { parameters.addNull() }
                try connection.send(insert, parameters)
            }
            return try connection.rows("SELECT count(*), count(a), count(b) FROM p")
        }
        #expect((0..<3).map { rows.integer(0, $0) } == [3, 1, 1])
    }

    @Test func `more statements than are kept prepared are all answered`() throws {
        let connection = try Self.connect()
        for number in 0..<(2 * Connection.preparedMax + 10) {
            #expect(
                try Self.values(connection, "SELECT \(number)") == [.integer(Int64(number))]
            )
        }
        let kept = try Self.values(connection, "SELECT count(*) FROM pg_prepared_statements")
        #expect(kept.allSatisfy { $0 < .integer(Int64(Connection.preparedMax) + 1) })
    }

    @Test func `a connection that the server ends is gone`() throws {
        let (connection, other) = (try Self.connect(), try Self.connect())
        let process = try Self.values(connection, "SELECT pg_backend_pid()")
        guard case .integer(let number)? = process.first else { return }
        _ = try other.rows("SELECT pg_terminate_backend(\(number))")
        let failure = #expect(throws: PostgreSQLFailure.self) {
            try connection.transaction(["BEGIN"]) { _ = try $0.rows("SELECT 1") }
        }
        #expect(failure?.code == .lost)
        #expect(failure?.isConnectionGone == true)
        #expect(connection.isGone)
    }

    @Test func `a pool's connections are shared in turn and opened anew when lost`() async throws {
        let address = try ServerAddress(#require(server))
        let pool = ConnectionPool(count: 2, label: "tests") {
            try Connection(address, program: "tests")
        }
        let processes = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    try await pool.perform { try $0.rows("SELECT pg_backend_pid()").integer(0, 0) }
                }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect((1...2).contains(processes.count))
        let other = try Self.connect()
        for process in processes {
            _ = try other.rows("SELECT pg_terminate_backend(\(process), 5000)")
        }
        var answers: [Bool] = []
        for _ in 0..<4 {
            answers.append((try? await pool.perform { try $0.rows("SELECT 1").count == 1 }) == true)
        }
        #expect(answers.last == true)
    }

    @Test func `work that is cancelled before it begins does not begin`() async throws {
        let address = try ServerAddress(#require(server))
        let pool = ConnectionPool(count: 1, label: "tests") {
            try Connection(address, program: "tests")
        }
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await pool.perform { try $0.rows("SELECT 1").count }
        }
        let failure = await #expect(throws: PostgreSQLFailure.self) { try await task.value }
        #expect(failure?.code == .cancelled)
        #expect(try await pool.perform { try $0.rows("SELECT 1").count } == 1)
    }
}

extension Rows.Value {
    fileprivate static func < (left: Self, right: Self) -> Bool {
        guard case .integer(let left) = left, case .integer(let right) = right else { return false }
        return left < right
    }
}

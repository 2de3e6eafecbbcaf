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

    @Test func `a read is answered however much was sent before it`() throws {
        let connection = try Self.connect()
        for sent in (Connection.queuedMax - 4)...(Connection.queuedMax + 4) {
            for _ in 0..<sent { try connection.send("SELECT 1", Parameters()) }
            #expect(try Self.values(connection, "SELECT 2") == [.integer(2)])
        }
    }

    private static func row(_ number: Int64?, _ word: String?) -> Parameters {
        var row = Parameters()
        if let number { row.add(number) } else { row.addNull() }
        if let word { row.add(text: word.utf8.span) } else { row.addNull() }
        return row
    }

    @Test func `rows that are gathered are there for the next statement`() throws {
        let connection = try Self.connect()
        try connection.transaction(["BEGIN"]) { connection in
            try connection.script(
                "CREATE TEMP TABLE g (a BIGINT, b TEXT); CREATE TEMP TABLE h (a BIGINT, b TEXT)"
            )
            let inserts = ["g", "h"].map {
                connection.insert(into: $0, "INSERT INTO \($0) (a, b) VALUES", width: 2, "")
            }
            var expected: [Int64] = [0, 0, 0]
            for rows in [1, 31, 32, 33, 95] {
                for number in 0..<Int64(rows) {
                    let isEven = number % 2 == 0
                    let row = Self.row(isEven ? number : nil, isEven ? nil : "x")
                    try connection.gather(row, for: inserts[0])
                    try connection.gather(Self.row(number, "y"), for: inserts[1])
                    expected[0] += 1
                    expected[1] += isEven ? number : 0
                    expected[2] += isEven ? 0 : 1
                }
                let sums = "SELECT count(*), sum(a)::bigint, count(b) FROM "
                let found = try connection.rows(sums + "g")
                #expect((0..<3).map { found.integer(0, $0) } == expected)
                #expect(try connection.rows(sums + "h").integer(0, 2) == expected[0])
            }
        }
    }

    @Test func `rows that are gathered are in the commit, and gone with a transaction that fails`()
        throws
    {
        struct Stopped: Error {}
        let connection = try Self.connect()
        try connection.script("CREATE TEMP TABLE k (a BIGINT PRIMARY KEY, b TEXT)")
        let insert = connection.insert(
            into: "k",
            "INSERT INTO k (a, b) VALUES",
            width: 2,
            " ON CONFLICT DO NOTHING"
        )
        #expect(throws: Stopped.self) {
            try connection.transaction(["BEGIN"]) { connection in
                try connection.gather(Self.row(1, "x"), for: insert)
                throw Stopped()
            }
        }
        try connection.transaction(["BEGIN"]) { connection in
            for number in [2, 3, 2] as [Int64] {
                try connection.gather(Self.row(number, "x"), for: insert)
            }
        }
        #expect(
            try Self.values(connection, "SELECT sum(a)::bigint, count(*) FROM k")
                == [.integer(5), .integer(2)]
        )
    }

    @Test func `a row that is refused keeps the commit from being done`() throws {
        let connection = try Self.connect()
        try connection.script("CREATE TEMP TABLE l (a BIGINT PRIMARY KEY, b TEXT)")
        let insert = connection.insert(into: "l", "INSERT INTO l (a, b) VALUES", width: 2, "")
        let failure = #expect(throws: PostgreSQLFailure.self) {
            try connection.transaction(["BEGIN"]) { connection in
                for number in [2, 3, 2] as [Int64] {
                    try connection.gather(Self.row(number, "x"), for: insert)
                }
            }
        }
        #expect(failure?.code == .constraintBroken)
        #expect(try Self.values(connection, "SELECT count(*) FROM l") == [.integer(0)])
    }

    @Test func `rows wait for a statement that looks at their table`() throws {
        let connection = try Self.connect()
        try connection.transaction(["BEGIN"]) { connection in
            try connection.script("CREATE TEMP TABLE n (a BIGINT, b TEXT)")
            let insert = connection.insert(
                into: "n",
                "INSERT INTO n (a, b) VALUES",
                width: 2,
                ""
            )
            try connection.gather(Self.row(1, "x"), for: insert)
            let count = "SELECT count(*) FROM n"
            #expect(try connection.rows(count, tables: ["other"]).integer(0, 0) == 0)
            #expect(try connection.rows(count, tables: ["n", "other"]).integer(0, 0) == 1)
        }
    }

    @Test func `what waits to be sent is bounded in bytes`() throws {
        let connection = try Self.connect()
        try connection.transaction(["BEGIN"]) { connection in
            try connection.script("CREATE TEMP TABLE m (a BIGINT, b TEXT)")
            let insert = connection.insert(into: "m", "INSERT INTO m (a, b) VALUES", width: 2, "")
            let long = String(repeating: "x", count: RowInsert.bytesMax / 4)
            for number in 0..<10 as Range<Int64> {
                try connection.gather(Self.row(number, long), for: insert)
                #expect(insert.count < 4)
            }
            #expect(try connection.rows("SELECT count(*) FROM m").integer(0, 0) == 10)
        }
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

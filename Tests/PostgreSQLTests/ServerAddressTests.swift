import Testing

@testable import PostgreSQL

@Suite struct ServerAddressTests {
    @Test(arguments: [
        ("postgresql://ann:secret@db.example:5433/news", "postgresql://ann@db.example:5433/news"),
        ("postgres://db.example/news?sslmode=require", "postgresql://db.example/news"),
        ("postgresql://ann@/news?host=/run/pg", "postgresql://ann@/news?host=/run/pg"),
        ("postgresql:///news?user=ann&password=secret", "postgresql://ann@/news"),
        ("postgresql://ann:s%40cret@[::1]/n%20s", "postgresql://ann@::1/n s"),
    ])
    func `an address is told without its password`(text: String, expected: String) throws {
        let address = try ServerAddress(text)
        #expect(address.description == expected)
    }

    @Test(arguments: [
        "postgresql://ann:secret-word@[host/news", "postgresql://[::1",
        "postgresql://ann:secret-word@host/news?nonsense=1", "host=secret-word", "", "/tmp/store",
        "postgres:ann:secret-word",
    ])
    func `what is no address is refused without repeating it`(text: String) {
        let failure = #expect(throws: PostgreSQLFailure.self) { try ServerAddress(text) }
        #expect(failure?.code == .addressInvalid)
        #expect(failure?.message.contains("secret-word") == false)
    }

    @Test(arguments: [
        ("23505", PostgreSQLFailure.Code.constraintBroken), ("22P02", .valueRefused),
        ("42601", .statementRefused), ("42501", .accessDenied), ("53100", .full),
        ("53300", .tooManyConnections), ("55P03", .busy), ("40P01", .busy), ("40001", .busy),
        ("57014", .cancelled), ("57P01", .lost), ("57P03", .notReachable), ("08006", .lost),
        ("25006", .readOnly), ("XX001", .damaged), ("XX000", .other), ("P0001", .other),
        ("", .other),
    ])
    func `a state of the server has one meaning`(state: String, code: PostgreSQLFailure.Code) {
        #expect(PostgreSQLFailure.code(ofState: state) == code)
    }

    @Test func `a server that does not answer is named, its password not`() throws {
        let address = try ServerAddress("postgresql://ann:secret-word@127.0.0.1:1/news")
        let failure = #expect(throws: PostgreSQLFailure.self) {
            try Connection(address, program: "tests")
        }
        #expect(failure?.code == .notReachable)
        #expect(failure?.message.contains("127.0.0.1") == true)
        #expect(failure?.message.contains("secret-word") == false)
    }
}

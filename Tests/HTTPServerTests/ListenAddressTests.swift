import HTTPServer
import Testing

struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:9577", "127.0.0.1:9577", true), ("[::1]:0", "[::1]:0", true),
        ("localhost:80", "127.0.0.1:80", true), ("0.0.0.0:9577", "0.0.0.0:9577", false),
        ("127.0.0.1:9580-9589", "127.0.0.1:9580-9589", true),
        ("127.9.8.7:7-7", "127.9.8.7:7", true),
    ])
    func `an address is read and written`(_ text: String, _ written: String, _ isLoopback: Bool)
        throws
    {
        let address = try ListenAddress(text)
        #expect(address.description == written)
        #expect(address.isLoopback == isLoopback)
    }

    @Test(arguments: [
        "", ":9577", "127.0.0.1", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "::1:80",
        "[127.0.0.1]:80", "127.0.0.1:9-8", "127.0.0.1:0-8", "127.0.0.1:8-", "127.0.0.1:-8",
    ])
    func `what is no address is refused`(_ text: String) {
        #expect(throws: HTTPServerFailure.addressInvalid(text)) { try ListenAddress(text) }
    }

    @Test func `a name that is no numeric address cannot be listened on`() throws {
        let address = try ListenAddress("news.example:80")
        #expect(throws: HTTPServerFailure.addressInvalid("news.example:80")) {
            try WireServer(address)
        }
    }

    @Test func `of a range the first free port is taken, and a full one is refused`() throws {
        let first = try WireServer(ListenAddress("127.0.0.1:0"))
        defer { first.stop() }
        let taken = first.address.port
        #expect(throws: HTTPServerFailure.addressTaken("127.0.0.1:\(taken)")) {
            try WireServer(first.address)
        }
        let second = try WireServer(ListenAddress("127.0.0.1:\(taken)-\(min(65_535, taken + 20))"))
        defer { second.stop() }
        #expect(second.address.port > taken)
    }
}

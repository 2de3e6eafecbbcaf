import Foundation
import HTTPServer
import Testing
import WirecopyMetrics

@testable import WirecopyStatus

struct StatusServerTests {
    private static func server(_ snapshot: StatusSnapshot?) throws -> StatusServer {
        try StatusServer(
            ListenAddress("127.0.0.1:0"),
            .init(program: "wirecopy-test", version: "0.1")
        ) { snapshot }
    }

    private static func request(_ path: String, _ method: String = "GET") throws -> HTTPRequest {
        var reader = HTTPRequestReader()
        reader.add("\(method) \(path) HTTP/1.1\r\n\r\n".utf8)
        guard case .request(let request) = reader.next() else {
            throw HTTPServerFailure.addressInvalid(path)
        }
        return request
    }

    private static let ready = StatusSnapshot(obstacles: [], loopTime: .zero) {
        $0.add(.queueTime, [])
    }

    @Test(arguments: [
        ("/metrics", 200), ("/metrics?name=x", 200), ("/healthz", 200), ("/readyz", 200),
        ("/", 404), ("/metrics/", 404), ("/readyz2", 404),
    ])
    func `three addresses are answered and no other`(_ path: String, _ status: Int) throws {
        let server = try Self.server(Self.ready)
        defer { server.stop() }
        #expect(server.answer(try Self.request(path)).status == status)
    }

    @Test func `only GET and HEAD are allowed`() throws {
        let server = try Self.server(Self.ready)
        defer { server.stop() }
        for method in ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get"] {
            #expect(server.answer(try Self.request("/metrics", method)).status == 405)
        }
        #expect(server.answer(try Self.request("/metrics", "HEAD")).status == 200)
    }

    @Test func `a program that takes no work is healthy but not ready, and says why`() throws {
        let draining = StatusSnapshot(obstacles: ["The broker stops."], loopTime: .zero) { _ in }
        let server = try Self.server(draining)
        defer { server.stop() }
        #expect(server.answer(try Self.request("/healthz")).status == 200)
        let answer = server.answer(try Self.request("/readyz"))
        #expect(answer.status == 503)
        #expect(
            String(decoding: answer.body, as: UTF8.self) == """
                {"program":"wirecopy-test","reasons":["The broker stops."],\
                "status":"unavailable","version":"0.1"}

                """
        )
    }

    @Test func `a loop that gives no answer makes the program unhealthy`() throws {
        let server = try Self.server(nil)
        defer { server.stop() }
        for path in ["/metrics", "/healthz", "/readyz"] {
            #expect(server.answer(try Self.request(path)).status == 503)
        }
    }

    @Test func `the process tells what it uses`() throws {
        let usage = ProcessUsage.now()
        #expect(usage.residentBytes > 1 << 20)
        #expect(usage.residentBytesMax >= usage.residentBytes / 2)
        #expect(usage.openDescriptors > 2)
        let age = Int(Date.now.timeIntervalSince1970 * 1000) - usage.startedAtMilliseconds
        #expect((0..<86_400_000).contains(age), "The process started \(age) ms ago.")
    }
}

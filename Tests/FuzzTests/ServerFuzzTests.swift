import Foundation
import HTTPServer
import Logging
import Testing
import WirecopyStatus

@testable import wirecopy_fuzz

/// Damaged requests over loopback to a real server of metrics and health.
@Suite(.timeLimit(.minutes(2)))
struct ServerFuzzTests {
    private let findings = FileManager.default.temporaryDirectory
        .appending(path: "wirecopy-findings-\(UUID().uuidString)").path

    private func run(_ numbers: Range<Int>, idle: Int = 0) throws -> ServerFuzz.Report {
        let server = try StatusServer(
            ListenAddress("127.0.0.1:0"),
            .init(program: "wirecopy-test", version: "0.1")
        ) { StatusSnapshot(obstacles: [], loopTime: .zero) { _ in } }
        server.start(Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        defer {
            server.stop()
            try? FileManager.default.removeItem(atPath: findings)
        }
        let cases = FuzzCases(name: .httpRequest, seed: 4, findings: findings)
        let report = try ServerFuzz(port: server.address.port, cases: cases, idle: idle)
            .run(numbers)
        for file in (try? FileManager.default.contentsOfDirectory(atPath: findings)) ?? [] {
            let text = FileManager.default.contents(atPath: "\(findings)/\(file)") ?? Data()
            Issue.record("\(file): \(String(decoding: text, as: UTF8.self))")
        }
        return report
    }

    @Test func `damaged requests are answered as they are read, in order`() throws {
        let report = try run(0..<1500)
        #expect(report.contradictions == 0)
        #expect(report.answered > 500)
        #expect(report.refused > 100)
    }

    @Test func `connections that say nothing keep nobody out`() throws {
        let report = try run(0..<100, idle: 200)
        #expect(report.contradictions == 0)
        #expect(report.answered > 50)
        // The server serves 16 at once; the others had to go.
        #expect(report.idleClosed >= 184)
    }
}

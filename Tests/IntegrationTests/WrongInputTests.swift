import Foundation
import Testing
import WirecopyMessages
import WirecopyNewsroom

extension IntegrationTests {
    /// Input that no page should be, as files and from hosts.
    @Suite(.serialized)
    struct WrongInputTests {
        @Test func `wrong input of every kind ends as a clear outcome`() async throws {
            // One attempt and a short limit: the pauses between attempts would take minutes.
            let settings = ["WIRECOPY_ATTEMPTS": "1", "WIRECOPY_TIME_LIMIT": "5"]
            try await Installation.use(settings) { installation in
                let newsroom = try Newsroom(port: 0)
                newsroom.start()
                defer { newsroom.stop() }
                let files = try wrongFiles(installation)
                let pages = hosts.map { newsroom.baseURL + $0.path }
                let arguments = ["run", "--allow-private-addresses"] + files.map(\.path) + pages
                let run = try installation.start("wirecopy", arguments)
                #expect(try await run.end(within: .seconds(90)).status == 1)

                for file in files {
                    let lineage = try #require(try await installation.trace(file.path).first)
                    #expect(lineage.outcome == file.outcome, "\(file.path)")
                    #expect(lineage.reason == file.reason, "\(file.path)")
                }
                let letters = try await installation.deadLetters()
                #expect(letters.count == hosts.count)
                for host in hosts {
                    let letter = letters.first { $0.subject == newsroom.baseURL + host.path }
                    #expect(letter?.code == host.reason, "\(host.path)")
                    #expect(letter?.stage == .fetch)
                    #expect(letter?.message.hasSuffix(".") == true, "A full sentence says why.")
                }
                let ledger = try await installation.ledger()
                #expect(ledger.isBalanced)
                #expect(ledger.inFlight == 0)
                #expect(ledger.entered == files.count + hosts.count)
            }
        }

        private let hosts: [(path: String, reason: String)] = [
            ("/_odd/endless-redirect", "too_many_redirects"),
            ("/_odd/hang-headers", "stage_timed_out"),
            ("/_odd/endless-body", "body_too_large"),
            ("/_odd/404", "http_gone"),
            ("/_odd/not-http", "response_broken"),
        ]

        private struct WrongFile {
            let path: String
            let outcome: String
            var reason: String?
        }

        private func wrongFiles(_ installation: Installation) throws -> [WrongFile] {
            var generator = SystemRandomNumberGenerator()
            let noise = (0..<65_536).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let broken = Array(page.utf8) + [0xC3, 0x28, 0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80, 0xE2]
            let huge = try installation.write([], to: "huge.html")
            guard truncate(huge, 200 << 20) == 0 else { throw CocoaError(.fileWriteUnknown) }
            return [
                WrongFile(
                    path: try installation.write(noise, to: "noise.html"),
                    outcome: "rejected",
                    reason: "body_undecodable"
                ),
                WrongFile(
                    path: try installation.write([], to: "empty.html"),
                    outcome: "rejected",
                    reason: "body_empty"
                ),
                WrongFile(path: huge, outcome: "rejected", reason: "body_too_large"),
                WrongFile(
                    path: try installation.write(broken, to: "broken.html"),
                    outcome: "stored"
                ),
            ]
        }

        /// A page that is one, before bytes that are no UTF-8.
        private let page = GeneratedPages.html(number: 1)
    }
}

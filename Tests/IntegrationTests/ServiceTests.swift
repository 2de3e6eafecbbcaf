import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// `wirecopy up` with workers that come and go.
    @Suite(.serialized)
    struct ServiceTests {
        @Test func `parsers leave and join while the others work`() async throws {
            try await Installation.use { installation in
                let service = try await installation.up("--parsers", "0")
                let first = try installation.start("wirecopy-parser")
                try await add(0..<10, to: installation)
                try await installation.waits(for: 10, .stored)

                first.terminate()
                let end = try await first.end()
                #expect(end.status == 0, "\(end.errors)")
                try await add(10..<30, to: installation)
                #expect(try await installation.stage(.parse).ready == 20)
                #expect(try await installation.ledger().inFlight == 20)

                let others = [
                    try installation.start("wirecopy-parser"),
                    try installation.start("wirecopy-parser"),
                ]
                try await eventually("two parsers have joined") {
                    try await installation.status().workers.count { $0.stage == .parse } == 2
                }
                try await installation.waits(for: 30, .stored)
                for parser in others { parser.terminate() }
                for parser in others { #expect(try await parser.end().status == 0) }
                try await stopped(service, of: installation)
            }
        }

        @Test func `a stage that is paused lets its messages wait`() async throws {
            try await Installation.use { installation in
                let service = try await installation.up()
                #expect(try await installation.wirecopy("pause", "extract").status == 0)
                try await add(0..<10, to: installation)
                try await eventually("all pages wait for the extractor") {
                    try await installation.stage(.extract).ready == 10
                }
                #expect(try await installation.stage(.extract).isPaused)
                #expect(try await installation.ledger().count(.stored) == 0)
                #expect(try await installation.wirecopy("resume", "extract").status == 0)
                try await installation.waits(for: 10, .stored)
                #expect(try await installation.stage(.extract).isPaused == false)
                try await stopped(service, of: installation)
            }
        }

        @Test func `top shows rates and workers of a service, as text and as JSON`() async throws {
            try await Installation.use { installation in
                let service = try await installation.up()
                try await add(0..<10, to: installation)
                try await installation.waits(for: 10, .stored)
                let screen = try await installation.wirecopy("top", "--once", "--sort", "busy")
                #expect(screen.status == 0, "\(screen.errors)")
                #expect(screen.output.contains("entered 10 = 10 stored"))
                for stage in StageName.allCases {
                    #expect(screen.output.contains("\n\(stage) "), "\(stage) has a row.")
                    #expect(screen.output.contains("\n\(stage)/"), "\(stage) has a worker.")
                }
                let json = try await installation.wirecopy("top", "--json", "--count", "2")
                #expect(json.status == 0, "\(json.errors)")
                let looks = json.output.split(separator: "\n")
                #expect(looks.count == 2)
                #expect(looks.allSatisfy { $0.contains("\"drain\":\"empty\"") })
                try await stopped(service, of: installation)
            }
        }

        private func add(_ numbers: Range<Int>, to installation: Installation) async throws {
            let name = "pages-\(numbers.lowerBound)"
            let folder = try GeneratedPages.write(numbers, to: name, of: installation)
            let end = try await installation.wirecopy("add", folder)
            #expect(end.status == 0, "\(end.errors)")
        }

        /// SIGTERM ends the service with status 0, and every program with it.
        private func stopped(
            _ service: ProgramUnderTest,
            of installation: Installation
        ) async throws {
            #expect(installation.programs.count { $0.name == "wirecopy-broker" } == 1)
            service.terminate()
            let end = try await service.end()
            #expect(end.status == 0, "\(end.errors)")
            #expect(installation.programs.isEmpty)
            #expect(installation.endpoint == nil, "The broker's address is taken back.")
            let ledger = try await installation.ledger()
            #expect(ledger.isBalanced)
            #expect(ledger.inFlight == 0)
        }
    }
}

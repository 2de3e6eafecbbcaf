import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// A worker in another language in the place of one of ours.
    @Suite(.serialized, .enabled(if: canRunPython, "Debian's python3-zmq is not installed."))
    struct PythonWorkerTests {
        @Test func `the worker in Python takes the place of the entity extractor`() async throws {
            try await Installation.use { installation in
                let service = try await installation.up("--extractors", "0")
                let endpoint = try #require(installation.endpoint)
                let arguments = [Self.script.path, "--broker", endpoint]
                let worker = try installation.start(python, arguments)
                let folder = try GeneratedPages.write(0..<10, to: "pages", of: installation)
                #expect(try await installation.wirecopy("add", folder).status == 0)
                try await installation.waits(for: 10, .stored)

                let articles = try await installation.articles()
                #expect(articles.count == 10)
                for article in articles {
                    #expect(article.mentions.contains { $0.surface == "Ada Quist" })
                    #expect(article.mentions.allSatisfy { $0.type == "MISC" })
                    #expect(article.quotations.count == 6)
                }
                let workers = try await installation.status().workers
                let versions = workers.filter { $0.stage == .extract }.map(\.stageVersion)
                #expect(versions == ["python-1"])

                worker.terminate()
                #expect(try await worker.end().status == 0)
                service.terminate()
                #expect(try await service.end().status == 0)
            }
        }

        private static let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../scripts/python-extractor.py").standardizedFileURL
    }
}

private let python = "/usr/bin/python3"

/// Whether workers in Python can run here.
let canRunPython = Probe.succeeds(python, "-c", "import zmq")

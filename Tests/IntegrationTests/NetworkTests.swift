import Foundation
import Testing
import WirecopyMessages

extension IntegrationTests {
    /// Broker and workers with a network between them.
    @Suite(
        .serialized,
        .enabled(if: NamespacePair.isAllowed, "Network namespaces need root and iproute2.")
    )
    struct NetworkTests {
        private static let workers = [
            "wirecopy-fetcher", "wirecopy-parser", "wirecopy-entity-extractor", "wirecopy-storage",
        ]

        @Test func `workers with a key reach a broker on another machine`() async throws {
            try await Installation.use { installation in
                try await NamespacePair.use(in: installation) { pair in
                    let endpoint = "tcp://\(pair.brokerAddress):5577"
                    let key = try await Self.key(of: installation)
                    let access = ["--broker", endpoint, "--key-file", key]
                    let broker = try pair.start(
                        "wirecopy-broker",
                        ["--listen", endpoint],
                        in: pair.broker,
                        of: installation
                    )
                    let workers = try Self.workers.map { worker in
                        try pair.start(
                            worker,
                            access,
                            in: pair.workers,
                            of: installation
                        )
                    }
                    try await process(access, pair, installation)
                    for program in workers + [broker] {
                        program.terminate()
                        #expect(try await program.end().status == 0)
                    }
                }
                #expect(try await installation.ledger().isBalanced)
                #expect(try await installation.articles().count == 10)
            }
        }

        @Test func `an address that others reach needs leave for plain text`() async throws {
            try await Installation.use { installation in
                try await NamespacePair.use(in: installation) { pair in
                    let broker = try pair.start(
                        "wirecopy-broker",
                        ["--listen", "tcp://\(pair.brokerAddress):5577"],
                        in: pair.broker,
                        of: installation
                    )
                    let end = try await broker.end()
                    #expect(end.status == 64)
                    #expect(end.errors.contains("plain text"), "\(end.errors)")
                }
            }
        }

        /// A key that may do everything, and with it the broker's own.
        private static func key(of installation: Installation) async throws -> String {
            let end = try await installation.wirecopy("keys", "new", "fleet", "--role", "all")
            try #require(end.status == 0, "\(end.errors)")
            return end.output.trimmingCharacters(in: .newlines)
        }

        /// Adds pages on the workers' machine and waits until they are stored.
        private func process(
            _ access: [String],
            _ pair: NamespacePair,
            _ installation: Installation
        ) async throws {
            let folder = try GeneratedPages.write(0..<10, to: "pages", of: installation)
            let arguments = ["add", folder] + access
            let add = try pair.start(
                "wirecopy",
                arguments,
                in: pair.workers,
                of: installation
            )
            let end = try await add.end()
            #expect(end.status == 0, "\(end.errors)")
            try await eventually("all pages are stored") {
                let asking = ["ledger", "--json"] + access
                let ledger = try pair.start(
                    "wirecopy",
                    asking,
                    in: pair.workers,
                    of: installation
                )
                return try await ledger.end().json(LedgerReport.self).count(.stored) == 10
            }
        }
    }
}

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

        @Test func `workers reach a broker on another machine`() async throws {
            try await Installation.use { installation in
                try await NamespacePair.use(in: installation) { pair in
                    let endpoint = "tcp://\(pair.brokerAddress):5577"
                    let broker = try pair.start(
                        "wirecopy-broker",
                        ["--listen", endpoint, "--allow-plaintext"],
                        in: pair.broker,
                        of: installation
                    )
                    let workers = try Self.workers.map { worker in
                        try pair.start(
                            worker,
                            ["--broker", endpoint],
                            in: pair.workers,
                            of: installation
                        )
                    }
                    try await process(endpoint, pair, installation)
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

        /// Adds pages on the workers' machine and waits until they are stored.
        private func process(
            _ endpoint: String,
            _ pair: NamespacePair,
            _ installation: Installation
        ) async throws {
            let folder = try GeneratedPages.write(0..<10, to: "pages", of: installation)
            let arguments = ["add", folder, "--broker", endpoint]
            let add = try pair.start(
                "wirecopy",
                arguments,
                in: pair.workers,
                of: installation
            )
            let end = try await add.end()
            #expect(end.status == 0, "\(end.errors)")
            try await eventually("all pages are stored") {
                let asking = ["ledger", "--json", "--broker", endpoint]
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

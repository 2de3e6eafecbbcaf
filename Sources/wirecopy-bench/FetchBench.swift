import ArgumentParser
import Curl
import Foundation
import WirecopyFetch
import WirecopyMessages
import WirecopyNewsroom

/// `wirecopy-bench fetch`: the fetch stage against the newsroom on loopback, in one process.
struct FetchBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Pages a second from the newsroom on loopback; the server runs in this process."
    )

    @Option(help: "Pages to fetch.")
    var count = 2000

    @Option(help: "Pages fetched at once.")
    var slots = 32

    func run() async throws {
        let newsroom = try Newsroom(port: 0)
        newsroom.start()
        defer { newsroom.stop() }
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        configuration.connectionsPerHost = slots
        let stage = FetchStage(
            transport: CurlTransport(configuration: configuration),
            configuration: FetchConfiguration(userAgent: "wirecopy-bench"),
            mint: .system
        )
        let urls = newsroom.articles.map { newsroom.baseURL + $0.path }
        let start = ContinuousClock.now
        let bytes = try await fetch(urls, by: stage)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        try BenchCase("fetch/stage", Double(count) / seconds, "pages/s").print()
        try BenchCase("fetch/mean-page", Double(bytes) / Double(count) / 1000, "kB").print()
    }

    /// Fetches `count` pages, `slots` at a time; returns the bytes of their bodies.
    private func fetch(_ urls: [String], by stage: FetchStage) async throws -> Int {
        let (count, slots) = (count, slots)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for slot in 0..<slots {
                group.addTask {
                    var bytes = 0
                    for number in stride(from: slot, to: count, by: slots) {
                        let outputs = try await stage.process(Self.input(urls[number % urls.count]))
                        bytes += (outputs.first?.payload as? FetchedPage)?.bodyBytes ?? 0
                    }
                    return bytes
                }
            }
            return try await group.reduce(0, +)
        }
    }

    private static func input(_ url: String) -> StageInput<FetchRequest> {
        let mint = MessageMint.system
        let instant = mint.now()
        let envelope = Envelope(
            entering: .fetchRequest,
            id: mint.makeID(at: instant),
            subject: url,
            lane: "127.0.0.1",
            source: "/bench",
            madeAt: instant
        )
        let request = FetchRequest(url: url, origin: "url")
        return StageInput(envelope: envelope, payload: request, attachments: [], attempt: 1)
    }
}

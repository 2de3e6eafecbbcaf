import ArgumentParser
import Curl
import Foundation
import Synchronization
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// `wirecopy-bench fetch`: the fetch stage with its transport against a server of its own process.
struct FetchBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch",
        abstract: "Pages a second from many hosts on loopback, with a thousand connections open.",
        discussion: "The server is another process; --port names one that runs already."
    )

    @Option(help: "Pages to fetch.")
    var count = 50_000

    @Option(help: "Pages fetched at once.")
    var slots = 1000

    @Option(help: "Hosts that the pages lie on.")
    var hosts = 500

    @Option(help: "Bytes of a page.")
    var pageBytes = 4096

    @Option(help: "Milliseconds for which the server holds each answer back.")
    var holdMs = 0

    @Option(help: "Port of a wirecopy-bench fetch-server with as many hosts.")
    var port: UInt16?

    func validate() throws {
        guard 1...10_000_000 ~= count, 1...10_000 ~= slots, 1...10_000 ~= hosts else {
            throw ValidationError("--count, --slots and --hosts are at least 1.")
        }
    }

    func run() async throws {
        DescriptorLimit.raise()
        HeapSettings.keepLargeBlocks()
        let server = try port == nil ? startServer() : nil
        defer { server?.process.kill() }
        guard let port = port ?? server?.port else { return }
        let stage = makeStage()
        // One page of each host first: their robots.txt is asked for once a day.
        _ = try await fetch(hosts, port, by: stage)
        _ = try await openConnections(port)
        let (start, processor) = (ContinuousClock.now, ProcessCost.cpuSeconds)
        let failed = try await fetch(count, port, by: stage)
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        let used = ProcessCost.cpuSeconds - processor
        try BenchCase("fetch/stage", Double(count - failed) / seconds, "pages/s").print()
        try BenchCase("fetch/processor", used * 1e6 / Double(count), "us/page").print()
        let open = try await openConnections(port)
        try BenchCase("fetch/connections", Double(open), "connections").print()
        try BenchCase("fetch/failed", Double(failed), "pages").print()
        let memory = Double(ProcessCost.residentBytesMax ?? 0) / 1e6
        try BenchCase("fetch/memory-max", memory, "MB").print()
    }

    private func startServer() throws -> (process: BenchProcess, port: UInt16) {
        let process = try BenchProcess(
            nil,
            [
                "fetch-server", "--hosts", "\(hosts)", "--page-bytes", "\(pageBytes)",
                "--hold-ms", "\(holdMs)",
            ]
        )
        let line = try process.line()
        guard let port = UInt16(line) else { throw BenchFailure("The server said: \(line)") }
        return (process, port)
    }

    private func makeStage() -> FetchStage {
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        return FetchStage(
            transport: CurlTransport(configuration: configuration),
            configuration: FetchConfiguration(userAgent: "wirecopy-bench"),
            mint: .system
        )
    }

    private struct ServerReport: Decodable {
        let openMax: Int
    }

    /// The most connections that were open since the last call, as the server counts them.
    private func openConnections(_ port: UInt16) async throws -> Int {
        var configuration = CurlConfiguration()
        configuration.addressPolicy.allowsPrivateAddresses = true
        let url = "http://\(LoadServer.address(of: 0)):\(port)/_stats"
        let answer = try await CurlTransport(configuration: configuration)
            .fetch(HTTPRequest(url: url))
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(ServerReport.self, from: Data(answer.body)).openMax
    }

    /// Fetches so many pages, `slots` at a time; returns how many failed.
    private func fetch(_ count: Int, _ port: UInt16, by stage: FetchStage) async throws -> Int {
        let line = PageLine(count: count)
        return try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<min(slots, count) {
                group.addTask { [hosts] in
                    var failed = 0
                    while let number = line.next() {
                        let host = LoadServer.address(of: number % hosts)
                        let url = "http://\(host):\(port)/page/\(number)"
                        do throws(StageFailure) {
                            _ = try await stage.process(Self.input(url, lane: host))
                        } catch {
                            if failed == 0 { Self.tell(error) }
                            failed += 1
                        }
                    }
                    return failed
                }
            }
            return try await group.reduce(0, +)
        }
    }

    /// The numbers of the pages, each of which one slot takes.
    private final class PageLine: Sendable {
        private let taken = Atomic(0)
        private let count: Int

        init(count: Int) { self.count = count }

        func next() -> Int? {
            let number = taken.add(1, ordering: .relaxed).oldValue
            return number < count ? number : nil
        }
    }

    private static func tell(_ failure: StageFailure) {
        FileHandle.standardError.write(Data("\(failure.message)\n".utf8))
    }

    private static func input(_ url: String, lane: String) -> StageInput<FetchRequest> {
        let mint = MessageMint.system
        let instant = mint.now()
        let envelope = Envelope(
            entering: .fetchRequest,
            id: mint.makeID(at: instant),
            subject: url,
            lane: lane,
            source: "/bench",
            madeAt: instant
        )
        let request = FetchRequest(url: url, origin: "url")
        return StageInput(envelope: envelope, payload: request, attachments: [], attempt: 1)
    }
}

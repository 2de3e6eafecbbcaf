import Foundation
import Testing
import WirecopyMessages

/// One installation in a temporary folder, with all programs that were started for it.
///
/// Programs belong to it by the variable `WIRECOPY_DATA`, which every process hands down to its
/// children; so they are found, counted and killed even when their parent is gone.
final class Installation: Sendable {
    /// The folder that holds everything of the test.
    let folder: URL
    private let settings: [String: String]

    /// Runs a test in an installation of its own; ends its programs and removes it in any case.
    static func use(
        _ settings: [String: String] = [:],
        _ body: (Installation) async throws -> Void
    ) async throws {
        let installation = try Installation(settings)
        do {
            try await body(installation)
        } catch {
            await installation.remove()
            throw error
        }
        let left = installation.programs.map(\.name)
        await installation.remove()
        #expect(left.isEmpty, "These programs were left running: \(left).")
    }

    private init(_ settings: [String: String]) throws {
        let name = "wirecopy-integration-\(UUID().uuidString)"
        folder = FileManager.default.temporaryDirectory.appending(path: name)
        self.settings = settings
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func remove() async {
        for program in programs { _ = kill(program.pid, SIGKILL) }
        try? await eventually("every program is gone", within: .seconds(10)) { programs.isEmpty }
        try? FileManager.default.removeItem(at: folder)
    }

    /// The data folder.
    var data: String { folder.appending(path: "data").path }

    /// A file or folder beside the data.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a file beside the data and gives its path.
    @discardableResult
    func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(bytes).write(to: file)
        return file.path
    }

    // MARK: Programs

    /// Starts a program that goes on running.
    ///
    /// `errors` names a file beside the data for what it says, instead of one of its own.
    func start(
        _ command: String,
        _ arguments: [String] = [],
        errors: String? = nil
    ) throws -> ProgramUnderTest {
        var environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("WIRECOPY_")
        }
        environment["WIRECOPY_DATA"] = data
        environment.merge(settings) { $1 }
        return try ProgramUnderTest(
            command,
            arguments,
            environment: environment,
            outputFolder: folder,
            errors: errors.map { folder.appending(path: $0) }
        )
    }

    /// Runs `wirecopy` to its end.
    func wirecopy(
        _ arguments: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> ProgramUnderTest.End {
        let program = try start("wirecopy", arguments)
        return try await program.end(within: .seconds(120), sourceLocation: sourceLocation)
    }

    /// Starts `wirecopy up` on a free port and waits until it says that it is up.
    func up(_ arguments: String...) async throws -> ProgramUnderTest {
        let own = ["up", "--listen", "tcp://127.0.0.1:*", "--no-web"]
        let program = try start("wirecopy", own + arguments)
        try await eventually("the service is up") {
            guard program.isRunning else {
                let end = try await program.end()
                throw NeverHappened(description: "The service ended with \(end).")
            }
            return endpoint != nil
        }
        return program
    }

    private struct Address: Decodable {
        let endpoint: String
        let encryptedEndpoint: String?
    }

    private var address: Address? {
        let json = FileManager.default.contents(atPath: data + "/run/broker.json")
        return json.flatMap { try? JSONDecoder().decode(Address.self, from: $0) }
    }

    /// The endpoint that the broker made known, once it listens.
    var endpoint: String? { address?.endpoint }

    /// The endpoint for owners of keys, once a broker with keys listens.
    var encryptedEndpoint: String? { address?.encryptedEndpoint }

    /// What stands in a file beside the data; nothing when there is none.
    func text(ofFile name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: path(name)) ?? Data(), as: UTF8.self)
    }

    /// Every program of this installation that runs at this moment.
    var programs: [RunningProgram] {
        RunningProgram.all(withVariable: "WIRECOPY_DATA=\(data)")
    }

    // MARK: Reports

    /// What `wirecopy ledger --json` says.
    func ledger() async throws -> LedgerReport {
        try await wirecopy("ledger", "--json").json(LedgerReport.self)
    }

    /// What `wirecopy status --json` says of one stage.
    func stage(_ name: StageName) async throws -> StageReport {
        try #require(try await status().stages.first { $0.stage == name })
    }

    /// What `wirecopy status --json` says.
    func status() async throws -> BrokerStatus {
        try await wirecopy("status", "--json").json(BrokerStatus.self)
    }

    /// The ways of one page.
    func trace(_ page: String) async throws -> [TraceReport.Lineage] {
        try await wirecopy("trace", page, "--json").json(TraceReport.self).lineages
    }

    /// All letters of `wirecopy dead-letters ls --json`.
    func deadLetters() async throws -> [DeadLetterReport.Letter] {
        try await wirecopy("dead-letters", "ls", "--json").json(DeadLetterReport.self).letters
    }

    /// All articles of `wirecopy export jsonl`.
    func articles() async throws -> [ExportedArticle] {
        let end = try await wirecopy("export", "jsonl")
        try #require(end.status == 0, "\(end.errors)")
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try end.output.split(separator: "\n").map { line in
            try decoder.decode(ExportedArticle.self, from: Data(line.utf8))
        }
    }

    /// Waits until so many pages have ended in this way.
    func waits(for count: Int, _ outcome: OutcomeKind) async throws {
        try await eventually("\(count) pages are \(outcome)") {
            try await self.ledger().count(outcome) >= count
        }
    }
}

/// A process as `/proc` shows it.
struct RunningProgram: Sendable {
    let pid: Int32
    /// File name of what it runs.
    let name: String

    /// Processes that were started with a variable in their environment, ended ones left out.
    static func all(withVariable variable: String) -> [RunningProgram] {
        let entries = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return entries.compactMap(Int32.init).compactMap { pid in
            guard let environment = FileManager.default.contents(atPath: "/proc/\(pid)/environ"),
                environment.split(separator: 0).contains(where: { $0.elementsEqual(variable.utf8) }
                ),
                let path = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: "/proc/\(pid)/exe"
                )
            else { return nil }
            return RunningProgram(pid: pid, name: URL(filePath: path).lastPathComponent)
        }
    }
}

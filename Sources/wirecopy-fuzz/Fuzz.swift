import ArgumentParser
import Foundation
import HTTPServer
import WirecopyProgram

/// Throws made-up and damaged input at the readers of Wirecopy: one JSON line with figures a run.
@main
struct Fuzz: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-fuzz",
        abstract: "Feed a reader damaged input; it must never trap, hang or contradict itself.",
        discussion: """
            NAME is frames, envelope, json, log, warc, html, rules, bombs, address, robots, feed, \
            sitemap, http-status or http-request. Equal seeds give equal cases, in any build. A \
            case that fails is written to the folder of findings; Tests/FuzzTests/Findings keeps \
            those that were mended, and --replay reads one.
            """
    )

    /// A process may have 1,024 descriptors without asking for more.
    private static let idleMax = 1000

    @Argument(help: "The reader: \(FuzzName.list).")
    var name: FuzzName

    @Option(help: "Seed of all cases.")
    var seed: UInt64 = 1

    @Option(help: "Number of cases.")
    var count = 100_000

    @Option(help: "Number of the first case.")
    var first = 0

    @Option(help: "Folder for cases that fail.")
    var findings = "fuzz-findings"

    @Option(help: "Check the case in this file and nothing else.")
    var replay: String?

    @Option(help: "Send the cases of frames to this broker instead, such as tcp://127.0.0.1:5577.")
    var broker: String?

    @Option(help: "Send the cases of http-request to this server, such as 127.0.0.1:9577.")
    var server: String?

    @Option(help: "Connections to the server that say nothing all the while.")
    var idle = 0

    @Option(help: .hidden)
    var progress: String?

    func validate() throws {
        guard first >= 0, 1...FuzzRun.countMax ~= count else {
            throw ValidationError("--first is 0 or more, --count 1 to \(FuzzRun.countMax).")
        }
        guard broker == nil || name == .frames else {
            throw ValidationError("Only frames are sent to a broker.")
        }
        guard server == nil || name == .httpRequest else {
            throw ValidationError("Only http-request is sent to a server.")
        }
        guard 0...Self.idleMax ~= idle, idle == 0 || server != nil else {
            throw ValidationError("--idle is 0 to \(Self.idleMax), and needs --server.")
        }
    }

    static func main() async { await runEndingWithStatus("wirecopy-fuzz") }

    func run() async throws {
        if let replay { return try check(file: replay) }
        if let broker { return try send(to: broker) }
        let cases = FuzzCases(name: name, seed: seed, findings: findings)
        if let server { return try send(cases, to: server) }
        if let progress {
            try cases.run(first..<first + count, noting: try FuzzProgress(path: progress))
            return
        }
        let report = try FuzzRun(cases: cases, first: first, count: count).run()
        print(try report.line())
        guard report.isClean else {
            throw ProgramFailure(
                .incomplete,
                "Cases failed; they are in \(findings), to be looked at with --replay."
            )
        }
    }

    private func send(to broker: String) throws {
        let report = try BrokerFuzz(endpoint: broker, seed: seed).run(first..<first + count)
        print(try report.line())
        guard report.isAlive else {
            throw ProgramFailure(.incomplete, "The broker at \(broker) answers no more.")
        }
    }

    private func send(_ cases: FuzzCases, to server: String) throws {
        let address = try ListenAddress(metricsSetting: server)
        guard let address, address.host == "127.0.0.1", address.port > 0 else {
            throw ProgramFailure(.usage, "\(server) is not on 127.0.0.1; give 127.0.0.1:PORT.")
        }
        let fuzz = ServerFuzz(port: address.port, cases: cases, idle: idle)
        let report = try fuzz.run(first..<first + count)
        print(try report.line())
        guard report.contradictions == 0 else {
            throw ProgramFailure(.incomplete, "The server erred; the cases are in \(findings).")
        }
    }

    private func check(file: String) throws {
        let input = try FuzzInput(file: file)
        do throws(FuzzFinding) {
            let verdict = try name.target.check(input)
            print("\(file) is \(verdict).")
        } catch {
            throw ProgramFailure(.incomplete, "\(file): \(error.sentence)")
        }
    }
}

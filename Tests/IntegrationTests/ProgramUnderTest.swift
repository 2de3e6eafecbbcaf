import Foundation
import Testing

/// One program of the package as a process of its own.
///
/// Its standard input ends with the test process, however that ends, and the programs stop when
/// their input ends: nothing stays behind even when a test is killed.
final class ProgramUnderTest: Sendable {
    /// How a program ended and what it said.
    struct End: Sendable {
        /// Exit status, or minus the number of the signal that ended it.
        let status: Int32
        /// Standard output.
        let output: String
        /// Standard error.
        let errors: String

        /// Standard output as one JSON value.
        func json<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let decoder = JSONDecoder()
            decoder.keyDecodingStrategy = .convertFromSnakeCase
            return try decoder.decode(type, from: Data(output.utf8))
        }
    }

    /// The folder of the programs: that of the test bundle, in which the build puts them too.
    static let folder: URL = {
        let arguments = CommandLine.arguments.map { URL(filePath: $0) }
        let bundle = arguments.first { $0.pathExtension == "xctest" }
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return (bundle ?? own).deletingLastPathComponent()
    }()

    private let process: Process
    private let input: Pipe
    private let output: URL
    private let errors: URL

    /// Starts `command`, a name of our own programs or an absolute path, with its output in files
    /// of `folder`.
    init(
        _ command: String,
        _ arguments: [String],
        environment: [String: String],
        outputFolder folder: URL,
        errors errorsFile: URL? = nil
    ) throws {
        let name = "\(URL(filePath: command).lastPathComponent)-\(UUID().uuidString)"
        output = folder.appending(path: "\(name).out")
        errors = errorsFile ?? folder.appending(path: "\(name).err")
        for file in [output, errors] { try Data().write(to: file) }
        process = Process()
        input = Pipe()
        let isPath = command.hasPrefix("/")
        process.executableURL =
            isPath ? URL(filePath: command) : Self.folder.appending(path: command)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment.merging(["WIRECOPY_SUPERVISED": "1"]) { $1 }
        process.standardInput = input
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
    }

    /// Process number.
    var pid: Int32 { process.processIdentifier }
    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// What it has written to standard error until now.
    var errorsSoFar: String { Self.text(of: errors) }

    /// Sends SIGTERM.
    func terminate() { process.terminate() }

    /// Sends SIGKILL.
    func kill() { _ = Glibc.kill(pid, SIGKILL) }

    /// Waits until it has ended; ends it after `limit`, with an issue.
    func end(
        within limit: Duration = .seconds(60),
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> End {
        do {
            try await eventually("the program ends", within: limit) { !self.isRunning }
        } catch {
            kill()
            Issue.record("It said: \(Self.text(of: errors))", sourceLocation: sourceLocation)
            throw error
        }
        let status = process.terminationStatus
        return End(
            status: process.terminationReason == .uncaughtSignal ? -status : status,
            output: Self.text(of: output),
            errors: Self.text(of: errors)
        )
    }

    private static func text(of file: URL) -> String {
        String(decoding: FileManager.default.contents(atPath: file.path) ?? Data(), as: UTF8.self)
    }
}

/// A fact that a test waited for and that did not come true.
struct NeverHappened: Error, CustomStringConvertible {
    let description: String
}

/// Waits for a fact, looking every 30 ms.
///
/// - Throws: `NeverHappened` after `limit`, and what `fact` throws.
func eventually(
    _ sentence: String,
    within limit: Duration = .seconds(60),
    _ fact: () async throws -> Bool
) async throws {
    let deadline = ContinuousClock.now + limit
    while try await !fact() {
        guard ContinuousClock.now < deadline else {
            throw NeverHappened(description: "After \(limit) it did not happen that \(sentence).")
        }
        try await Task.sleep(for: .milliseconds(30))
    }
}

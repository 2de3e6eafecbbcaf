import Foundation
import WirecopyProgram

/// One program of ours as a child process; its log lines go to a file.
///
/// The child's standard input is a pipe that ends when this process ends, however it ends: the
/// child then stops by itself, so that nothing is left running.
final class ProgramProcess: Sendable {
    /// How the child ended.
    struct End: Sendable {
        /// Exit status, or the number of the signal.
        let status: Int32
        /// True when a signal ended it.
        let isSignal: Bool
    }

    /// Name of the program, such as `wirecopy-parser`.
    let name: String
    /// When it was started.
    let startedAt: ContinuousClock.Instant
    private let process: Process
    private let input: Pipe
    private let ends: AsyncStream<End>

    /// Starts a program that lies beside this one.
    ///
    /// - Parameters:
    ///   - name: file name of the program.
    ///   - arguments: what it is started with.
    ///   - log: the file for its log lines.
    ///   - settings: what it is told in its environment, where other users do not see it: tokens,
    ///     and connection strings with passwords.
    /// - Throws: `ProgramFailure.unavailable` when it cannot be started.
    init(
        _ name: String,
        arguments: [String],
        log: URL,
        settings: [Setting: String] = [:]
    ) throws(ProgramFailure) {
        self.name = name
        let process = Process()
        let input = Pipe()
        let (ends, continuation) = AsyncStream<End>.makeStream()
        process.executableURL = Self.folder.appending(path: name)
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment[StopSignals.supervisedVariable] = "1"
        environment[Configuration.fileVariable] = Configuration.current.namedFile
        for (setting, text) in settings { environment[setting.variable] = text }
        process.environment = environment
        process.terminationHandler = { process in
            let isSignal = process.terminationReason == .uncaughtSignal
            continuation.yield(End(status: process.terminationStatus, isSignal: isSignal))
            continuation.finish()
        }
        do {
            process.standardError = try Self.openLog(log)
            try process.run()
        } catch {
            throw ProgramFailure(
                .unavailable,
                "\(name) cannot be started (\(error.localizedDescription)). "
                    + "It must lie beside wirecopy, in \(Self.folder.path)."
            )
        }
        self.process = process
        self.input = input
        self.ends = ends
        startedAt = .now
    }

    /// Process number.
    var pid: Int32 { process.processIdentifier }
    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// Waits until it has ended; for one caller.
    func end() async -> End {
        for await end in ends { return end }
        return End(status: process.terminationStatus, isSignal: false)
    }

    /// Asks it to finish what it has begun and leave.
    func stop() { process.terminate() }

    /// Ends it at once.
    func kill() { _ = Glibc.kill(pid, SIGKILL) }

    /// The folder of this program, in which the others lie.
    private static var folder: URL {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return own.deletingLastPathComponent()
    }

    private static func openLog(_ url: URL) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: url.path) {
            try Data().write(to: url)
        }
        let handle = try FileHandle(forWritingTo: url)
        try handle.seekToEnd()
        return handle
    }
}

import Foundation
import Glibc

/// One program of an installation under test, as a process of its own.
final class RigProgram {
    /// How a program ended.
    struct End {
        /// Exit status, or minus the signal that ended it.
        let status: Int32
        /// The last lines of its log.
        let lastWords: String

        /// Whether it trapped or said that it was at fault itself (`EX_SOFTWARE`).
        var isCrash: Bool {
            let crashes = [SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV].map { -$0 }
            return crashes.contains(status) || status == 70
        }
    }

    /// Name of what runs.
    let name: String
    /// File of its standard error.
    let log: String
    /// File of its standard output.
    let output: String
    private let process: Process
    private let input = Pipe()

    /// Starts a program; its input ends with this process, and with it the program.
    init(
        _ path: String,
        _ arguments: [String],
        environment: [String: String],
        logs: String
    ) throws {
        name = URL(filePath: path).lastPathComponent
        let stem = "\(logs)/\(name)-\(UUID().uuidString.prefix(8))"
        (log, output) = (stem + ".log", stem + ".out")
        for file in [log, output] { try Data().write(to: URL(filePath: file)) }
        process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = environment.merging(
            ["WIRECOPY_SUPERVISED": "1", "SWIFT_BACKTRACE": "enable=no"]
        ) { $1 }
        process.standardInput = input
        let files = [output, log].map { FileHandle(forWritingAtPath: $0) }
        process.standardOutput = files[0]
        process.standardError = files[1]
        // A run of all faults starts a thousand programs, and whoever it starts last gets what is
        // open then: a database server refuses to begin with thousands of files.
        process.terminationHandler = { [input] _ in try? input.fileHandleForWriting.close() }
        try process.run()
        for file in files { try? file?.close() }
        try? input.fileHandleForReading.close()
    }

    /// Process number.
    var pid: Int32 { process.processIdentifier }
    /// Whether it still runs.
    var isRunning: Bool { process.isRunning }

    /// Ends it without a word.
    func kill() { signal(SIGKILL) }

    /// Lets it stand still, as a machine does that swaps or a virtual one that moves.
    func freeze() { signal(SIGSTOP) }

    /// Lets it go on.
    func thaw() { signal(SIGCONT) }

    /// Asks it to stop.
    func terminate() { signal(SIGTERM) }

    private func signal(_ number: Int32) {
        guard process.isRunning else { return }
        _ = Glibc.kill(pid, number)
    }

    /// Waits for its end; `nil` when it did not end within so many seconds.
    func end(within seconds: Double) -> End? {
        guard Wait.until(within: seconds, { !self.process.isRunning }) else { return nil }
        let status = process.terminationStatus
        let isSignal = process.terminationReason == .uncaughtSignal
        return End(status: isSignal ? -status : status, lastWords: Self.tail(of: log))
    }

    /// What it wrote to standard output.
    var text: Data { FileManager.default.contents(atPath: output) ?? Data() }

    /// Everything that it said on standard error.
    var words: String {
        String(decoding: FileManager.default.contents(atPath: log) ?? Data(), as: UTF8.self)
    }

    private static func tail(of log: String) -> String {
        let text = String(
            decoding: FileManager.default.contents(atPath: log) ?? Data(),
            as: UTF8.self
        )
        return text.split(separator: "\n").suffix(3).joined(separator: " | ")
    }
}

/// Waiting for facts.
enum Wait {
    /// Looks every 10 ms whether something is true; false when it is not within the time.
    static func until(within seconds: Double, _ fact: () throws -> Bool) rethrows -> Bool {
        let deadline = ContinuousClock.now + .seconds(seconds)
        while try !fact() {
            guard ContinuousClock.now < deadline else { return false }
            usleep(10_000)
        }
        return true
    }

    /// Lets time pass: for faults that last, not for facts that come.
    static func pass(_ seconds: Double) { usleep(UInt32(clamping: Int(seconds * 1_000_000))) }
}

import Foundation
import Glibc
import WirecopyProgram

/// A program beside this one, started for a measurement; it ends when the bench does.
final class BenchProcess {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var unread = Data()

    /// Starts a program; `nil` is the bench itself.
    init(_ name: String? = nil, _ arguments: [String]) throws {
        let own = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder = own.deletingLastPathComponent()
        process.executableURL = name.map { folder.appending(path: $0) } ?? own
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        var environment = ProcessInfo.processInfo.environment
        environment[StopSignals.supervisedVariable] = "1"
        process.environment = environment
        try process.run()
    }

    /// Reads the next line that the program says.
    func line() throws -> String {
        while true {
            if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
                defer { unread = Data(unread[(end + 1)...]) }
                return String(decoding: unread[..<end], as: UTF8.self)
            }
            // Not `read(upToCount:)`, which waits until it has as much as that.
            let more = output.fileHandleForReading.availableData
            guard !more.isEmpty else {
                throw BenchFailure("\(process.executableURL?.lastPathComponent ?? "") has ended.")
            }
            unread += more
        }
    }

    /// Gives the program a line.
    func say(_ line: String) throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    }

    /// Asks the program to leave, and waits for it.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Waits until the program has left by itself.
    func end() { process.waitUntilExit() }

    /// Ends the program at once, as a power cut would.
    func kill() {
        Glibc.kill(pid, SIGKILL)
        process.waitUntilExit()
    }

    /// The program's process.
    var pid: Int32 { process.processIdentifier }

    /// Processor time that all its threads have used so far, those included that have ended, in
    /// nanoseconds.
    func processorNanoseconds() throws -> Int {
        var clock = clockid_t()
        guard unsafe clock_getcpuclockid(pid, &clock) == 0 else {
            throw BenchFailure("The processor time of process \(pid) is not to be had.")
        }
        return BenchClock.read(clock)
    }

    /// Resident memory in bytes: now, and the most so far (proc_pid_status(5)).
    func residentBytes() throws -> (now: Int, most: Int) {
        let text = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
        let lines = text.split(separator: "\n").map { $0.split(whereSeparator: \.isWhitespace) }
        let kilobytes = { (name: String) in
            lines.first { $0.first == name[...] }.flatMap { Int($0[1]) } ?? 0
        }
        return (kilobytes("VmRSS:") << 10, kilobytes("VmHWM:") << 10)
    }
}

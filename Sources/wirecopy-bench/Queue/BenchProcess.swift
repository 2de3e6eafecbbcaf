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

    /// Processor time that all its threads have used, in nanoseconds: the first number of each
    /// `schedstat`, which counts exactly where `stat` counts ticks of 10 ms.
    func processorNanoseconds() throws -> Int {
        let folder = "/proc/\(process.processIdentifier)/task"
        return try FileManager.default.contentsOfDirectory(atPath: folder).reduce(0) {
            sum,
            thread in
            let path = "\(folder)/\(thread)/schedstat"
            // A thread may end between the list and the reading; what it used is lost then.
            guard let text = try? String(contentsOfFile: path, encoding: .ascii) else { return sum }
            return sum + (text.split(separator: " ").first.flatMap { Int($0) } ?? 0)
        }
    }
}

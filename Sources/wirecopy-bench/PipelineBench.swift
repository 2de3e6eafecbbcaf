import ArgumentParser
import Foundation
import Glibc
import WirecopyMessages
import WirecopyProgram

/// `wirecopy-bench pipeline`: saved pages through all stages, as `wirecopy run` does it.
struct PipelineBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline",
        abstract: "Saved pages through every stage: rate, memory, share of time per stage."
    )

    @Option(help: "Folder of saved pages.")
    var pages = BenchPages.usualFolder

    @Option(help: "Runs; the middle one by rate is reported.")
    var rounds = 3

    @Option(help: "Parser processes.")
    var parsers = 1

    func run() async throws {
        guard FileManager.default.fileExists(atPath: pages) else {
            throw ProgramFailure(.noInput, "There is no folder \(pages); name one with --pages.")
        }
        var reports: [RunReport] = []
        for _ in 0..<max(1, rounds) { reports.append(try runOnce()) }
        reports.sort { $0.articlesPerSecond < $1.articlesPerSecond }
        try Self.print(reports[reports.count / 2])
        try Self.printProcesses(rounds: reports.count)
    }

    /// What all programs of all rounds used, the broker and the command included; the system counts
    /// a process here once it has ended.
    private static func printProcesses(rounds: Int) throws {
        var usage = rusage()
        guard unsafe getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage) == 0 else {
            return
        }
        let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        try BenchCase("pipeline/cpu", seconds / Double(rounds), "s").print()
        let largest = Double(usage.ru_maxrss) / 1000
        try BenchCase("pipeline/memory-of-largest-process", largest, "MB").print()
    }

    private func runOnce() throws -> RunReport {
        let data = FileManager.default.temporaryDirectory
            .appending(path: "wirecopy-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: data) }
        let command = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
            .deletingLastPathComponent()
            .appending(path: "wirecopy")
        let process = Process()
        let output = Pipe()
        process.executableURL = command
        process.arguments = [
            "run", pages, "--data", data.path, "--json", "--parsers", "\(parsers)",
        ]
        process.standardOutput = output
        try process.run()
        let json = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try RunReport(reportJSON: Array(json))
    }

    private static func print(_ report: RunReport) throws {
        try BenchCase("pipeline/articles", report.articlesPerSecond, "articles/s").print()
        try BenchCase("pipeline/lost", Double(report.lost), "pages").print()
        let serviceTotal = max(1, report.stages.reduce(0) { $0 + $1.serviceMs })
        for stage in report.stages {
            let name = "pipeline/\(stage.stage.rawValue)"
            let share = Double(stage.serviceMs) / Double(serviceTotal)
            try BenchCase("\(name)/share", share, "of stage time").print()
            try BenchCase("\(name)/cpu", Double(stage.cpuMs) / 1000, "s").print()
            try BenchCase("\(name)/memory", Double(stage.residentBytesMax) / 1e6, "MB").print()
        }
    }
}

extension RunReport {
    /// Pages that ended, a second.
    fileprivate var articlesPerSecond: Double {
        Double(outcomes.values.reduce(0, +)) / max(0.001, Double(elapsedMs) / 1000)
    }
}

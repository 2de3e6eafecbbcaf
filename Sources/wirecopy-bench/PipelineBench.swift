import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram

/// `wirecopy-bench pipeline`: saved pages through all stages, as `wirecopy run` does it.
struct PipelineBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pipeline",
        abstract: "Saved pages through every stage: rate, memory, share of time per stage."
    )

    @Option(help: "Folder of saved pages.")
    var pages = SavedPages.usualFolder

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

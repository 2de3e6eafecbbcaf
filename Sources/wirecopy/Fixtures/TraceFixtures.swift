import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

/// Writes every step of a page's way as fixtures: the input of each stage, and what it made.
struct TraceFixtures {
    private let folder: String
    private let reports: JournalReports

    /// Makes the folder.
    ///
    /// - Throws: `cannotCreate` when there is something at the path already.
    init(folder: String, reports: JournalReports) throws(ProgramFailure) {
        let files = FileManager.default
        let isEmpty = (try? files.contentsOfDirectory(atPath: folder))?.isEmpty ?? false
        guard !files.fileExists(atPath: folder) || isEmpty else {
            throw ProgramFailure(
                .cannotCreate,
                "\(folder) is there already and is not overwritten; name another folder."
            )
        }
        self.folder = folder
        self.reports = reports
    }

    /// Writes all ways of a page; returns how many messages were written.
    func write(_ report: TraceReport) throws(ProgramFailure) -> Int {
        var count = 0
        for (index, lineage) in report.lineages.enumerated() {
            count += try write(lineage, to: "\(folder)/entry-\(index + 1)")
        }
        return count
    }

    private func write(
        _ lineage: TraceReport.Lineage,
        to path: String
    ) throws(ProgramFailure) -> Int {
        var count = 0
        for (index, step) in lineage.steps.enumerated() {
            let name = Self.name(of: step, number: index + 1)
            let message: Message
            do throws(QueueFailure) {
                message = try reports.message(at: step.position)
            } catch {
                // A way of which one step is damaged is worth having all the more.
                Terminal.note(Terminal.safe("\(name) is left out: \(error.message)"))
                continue
            }
            try MessageFixture.write(message, to: "\(path)/\(name)")
            try write(
                FixtureReadme(step: step, message: message, lineage: lineage, path: path).text,
                to: "\(path)/\(name)/README.md"
            )
            count += 1
        }
        try write(FixtureReadme.overview(lineage), to: "\(path)/README.md")
        return count
    }

    private func write(_ text: String, to path: String) throws(ProgramFailure) {
        do {
            try FileManager.default.createDirectory(
                at: URL(filePath: path).deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
        } catch {
            throw ProgramFailure(.cannotCreate, "\(path) cannot be written: \(error).")
        }
    }

    /// `02-parsed_article`
    static func name(of step: TraceReport.Step, number: Int) -> String {
        let kind = step.kind.split(separator: ".").dropFirst().first ?? "message"
        return (number < 10 ? "0\(number)" : "\(number)") + "-\(kind)"
    }
}

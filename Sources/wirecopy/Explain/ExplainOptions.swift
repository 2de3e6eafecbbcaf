import ArgumentParser
import Foundation
import WirecopyProgram
import WirecopyWeb

/// Where an explanation is shown.
struct ExplainOptions: ParsableArguments {
    @Option(help: "Write the explanation of one page into this file, as HTML.")
    var html: String?

    /// Writes the file that was asked for, and shows the explanation on the terminal when there is
    /// none or `alsoOnTerminal` says so.
    func show(
        _ explanation: Explanation,
        alsoOnTerminal: Bool = false
    ) throws(ProgramFailure) {
        if html == nil || alsoOnTerminal {
            ExplanationScreen(
                explanation,
                columns: Self.columns,
                isColoured: Terminal.showsColours
            ).lines.forEach(Terminal.print)
        }
        if let html { try write(ExplanationPage(explanation).html, to: html) }
    }

    /// The same for what the extractor found.
    func show(
        _ explanation: AnnotationExplanation,
        alsoOnTerminal: Bool = false
    ) throws(ProgramFailure) {
        if html == nil || alsoOnTerminal {
            AnnotationScreen(
                explanation,
                columns: Self.columns,
                isColoured: Terminal.showsColours
            ).lines.forEach(Terminal.print)
        }
        if let html { try write(AnnotationPage(explanation).html, to: html) }
    }

    private static var columns: Int {
        Terminal.showsOutput ? Terminal.columns : columnsOfFiles
    }

    private func write(_ page: String, to html: String) throws(ProgramFailure) {
        do {
            try Data(page.utf8).write(to: URL(filePath: html))
        } catch {
            throw ProgramFailure(.cannotCreate, "\(html) could not be written: \(error).")
        }
        Terminal.note("The explanation is in \(html).")
    }

    /// Lines of text that is read again are as wide as those of a usual terminal.
    private static let columnsOfFiles = 100
}

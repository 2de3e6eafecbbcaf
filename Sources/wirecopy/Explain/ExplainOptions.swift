import ArgumentParser
import Foundation
import WirecopyProgram

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
        if html == nil || alsoOnTerminal { print(explanation) }
        if let html { try write(explanation, to: html) }
    }

    private func print(_ explanation: Explanation) {
        let screen = ExplanationScreen(
            explanation,
            columns: Terminal.showsOutput ? Terminal.columns : Self.columnsOfFiles,
            isColoured: Terminal.showsColours
        )
        screen.lines.forEach(Terminal.print)
    }

    private func write(_ explanation: Explanation, to html: String) throws(ProgramFailure) {
        do {
            try Data(ExplanationPage(explanation).html.utf8).write(to: URL(filePath: html))
        } catch {
            throw ProgramFailure(.cannotCreate, "\(html) could not be written: \(error).")
        }
        Terminal.note("The explanation is in \(html).")
    }

    /// Lines of text that is read again are as wide as those of a usual terminal.
    private static let columnsOfFiles = 100
}

import ArgumentParser
import Foundation
import WirecopyProgram
import WirecopyStories

/// `wirecopy brief`: a story as a newspaper reader would write it down.
struct BriefCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "brief",
        abstract: "What happened, who said what, who cites whom, what differs, what next.",
        discussion: """
            Every line is a sentence of an article, with its number; nothing is invented.
            Of pages that are not stored:  wirecopy extract PAGES | wirecopy brief --from -
            """
    )

    @Flag(help: "Write Markdown.")
    var markdown = false

    @Option(help: "Write the brief with its pictures into this file, as HTML.")
    var html: String?

    @OptionGroup var input: StoryInput
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(markdown && output.json) else {
            throw ValidationError("--markdown and --json exclude each other.")
        }
    }

    func run() async throws {
        let brief = try await input.brief()
        if let html { try StoryFile.write(BriefPage(brief).html, to: html, what: "The brief") }
        if output.json { return Terminal.printReport(brief) }
        if markdown { return Terminal.write(BriefMarkdown(brief).text, to: .standardOutput) }
        guard html == nil else { return }
        BriefScreen(brief, columns: StoryFile.columns, isColoured: Terminal.showsColours)
            .lines.forEach(Terminal.print)
    }
}

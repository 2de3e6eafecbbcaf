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

    @OptionGroup var input: StoryInput
    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard !(markdown && output.json) else {
            throw ValidationError("--markdown and --json exclude each other.")
        }
        guard input.from != nil else { throw ValidationError("Give --from FILE.") }
    }

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        let brief = Brief(of: try input.members(ofFile: input.from ?? "-"))
        if output.json { return Terminal.printReport(brief) }
        if markdown {
            return Terminal.write(BriefMarkdown(brief).text, to: .standardOutput)
        }
        let columns = Terminal.showsOutput ? Terminal.columns : Self.columnsOfFiles
        BriefScreen(brief, columns: columns, isColoured: Terminal.showsColours)
            .lines.forEach(Terminal.print)
    }

    /// Lines of text that is read again are as wide as those of a usual terminal.
    private static let columnsOfFiles = 100
}

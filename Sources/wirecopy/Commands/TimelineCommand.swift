import ArgumentParser
import WirecopyProgram
import WirecopyStories

/// `wirecopy timeline`: a story by days.
struct TimelineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "timeline",
        abstract: "Show when the reports of a story came, and what they tell."
    )

    @Option(help: "Write a picture into this file, as SVG; - is standard output.")
    var svg: String?

    @OptionGroup var input: StoryInput
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let brief = try await input.brief()
        let timeline = StoryTimeline(of: brief)
        if let svg {
            let picture = TimelinePicture(timeline, title: BriefWords.headline(of: brief))
            try StoryFile.write(picture.svg(), to: svg, what: "The timeline")
        }
        if output.json { return Terminal.printReport(timeline) }
        guard svg == nil else { return }
        TimelineScreen(timeline, columns: StoryFile.columns, isColoured: Terminal.showsColours)
            .lines.forEach(Terminal.print)
    }
}

import ArgumentParser
import WirecopyProgram
import WirecopyStories

/// `wirecopy graph`: who cites and who quotes whom in a story.
struct GraphCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Show who cites and who quotes whom in a story, as a list or a picture."
    )

    @Option(help: "Write a picture into this file, as SVG; - is standard output.")
    var svg: String?

    @Option(help: "Write the graph into this file for Graphviz; - is standard output.")
    var dot: String?

    @Option(help: "Write the graph into this file as GraphML; - is standard output.")
    var graphml: String?

    @OptionGroup var input: StoryInput
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let brief = try await input.brief()
        let graph = StoryGraph(of: brief)
        if let svg {
            let picture = GraphPicture(graph, title: BriefWords.headline(of: brief))
            try StoryFile.write(picture.svg(), to: svg, what: "The graph")
        }
        if let dot { try StoryFile.write(GraphText.dot(graph), to: dot, what: "The graph") }
        if let graphml {
            try StoryFile.write(GraphText.graphML(graph), to: graphml, what: "The graph")
        }
        if output.json { return Terminal.printReport(graph) }
        guard svg == nil, dot == nil, graphml == nil else { return }
        GraphScreen(graph, columns: StoryFile.columns, isColoured: Terminal.showsColours)
            .lines.forEach(Terminal.print)
    }
}

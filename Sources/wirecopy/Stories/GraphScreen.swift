import WirecopyStories

/// A graph as a list: each outlet with what it cites and whom it quotes.
struct GraphScreen {
    private let graph: StoryGraph
    private let screen: ScreenText

    /// Prepares a graph.
    ///
    /// - Parameters:
    ///   - graph: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ graph: StoryGraph, columns: Int, isColoured: Bool) {
        self.graph = graph
        screen = ScreenText(columns: columns, isColoured: isColoured)
    }

    /// The lines of the screen; names of articles are made safe for a terminal.
    var lines: [String] {
        let lines = graph.nodes.flatMap { node in
            let own = graph.edges.filter { $0.from == node.id }
            return own.isEmpty
                ? []
                : screen.indented(Terminal.safe(node.name), by: 0, .bold)
                    + row("cites", own.filter { $0.kind == .cites })
                    + row("quotes", own.filter { $0.kind == .quotes })
        }
        let more = graph.omitted > 0 ? ["and \(graph.omitted) more outlets and speakers"] : []
        return (lines.isEmpty ? ["Nobody cites or quotes anybody."] : lines) + more
    }

    private func row(_ verb: String, _ edges: [StoryGraph.Edge]) -> [String] {
        guard !edges.isEmpty else { return [] }
        let names = edges.map { edge in
            let name = Terminal.safe(graph.nodes[edge.to - 1].name)
            return edge.count > 1 ? "\(name) ×\(edge.count)" : name
        }
        let mark = screen.padded(verb, Self.verbColumns)
        let rows = screen.wrapped(names.joined(separator: ", "), indent: 2 + Self.verbColumns)
        let indent = String(repeating: " ", count: 2 + Self.verbColumns)
        return rows.enumerated().map { ($0.offset == 0 ? "  " + mark : indent) + $0.element }
    }

    private static let verbColumns = 8
}

/// A graph as an SVG picture: accessible, in light and dark, without scripts.
package struct GraphPicture {
    private enum Size {
        static let box = (width: 190.0, height: 26.0)
        static let columnGap = 110.0
        static let rowGap = 12.0
        static let margin = 16.0
        static let top = 44.0
        static let legend = 22.0
        /// Characters of a name that fit into a box.
        static let nameCharacters = 25
    }

    private let graph: StoryGraph
    private let title: String
    private let layout: GraphLayout
    private let slots: [Int: GraphLayout.Slot]

    /// Prepares a picture; `title` is the story's headline.
    package init(_ graph: StoryGraph, title: String) {
        self.graph = graph
        self.title = title
        layout = GraphLayout(graph)
        slots = layout.slots
    }

    /// The picture as a document of its own, or inside of a page, where it takes the page's colour
    /// of text.
    ///
    /// - Parameter isStandalone: whether it brings its own background and colours.
    /// - Returns: an `svg` element.
    package func svg(isStandalone: Bool = true) -> String {
        let edges = graph.edges.map(edge).joined(separator: "\n")
        let nodes = graph.nodes.map(node).joined(separator: "\n")
        let content = [headings, edges, nodes, legend].joined(separator: "\n")
        return Picture.svg(
            width: width,
            height: height,
            title: "Who cites and quotes whom: \(title)",
            description: description,
            isStandalone: isStandalone,
            content: content
        )
    }

    private var width: Double {
        let columns = Double(max(layout.columns.count, 1))
        return 2 * Size.margin + columns * Size.box.width + (columns - 1) * Size.columnGap
    }

    private var height: Double { Size.top + areaHeight + Size.margin + Size.legend }

    private var areaHeight: Double {
        Double(max(layout.rowsMax, 1)) * (Size.box.height + Size.rowGap)
    }

    /// What the picture shows, as sentences for those who hear it.
    private var description: String {
        let links = graph.edges.prefix(40).map { edge in
            let verb = edge.kind == .cites ? "cites" : "quotes"
            return "\(graph.node(edge.from).name) \(verb) \(graph.node(edge.to).name)."
        }
        let more = graph.edges.count > 40 ? " And \(graph.edges.count - 40) more links." : ""
        return links.isEmpty ? "There are no links." : links.joined(separator: " ") + more
    }

    private func corner(_ id: Int) -> (x: Double, y: Double) {
        let slot = slots[id] ?? GraphLayout.Slot(column: 0, row: 0)
        let count = layout.columns.isEmpty ? 1 : layout.columns[slot.column].count
        let x = Size.margin + Double(slot.column) * (Size.box.width + Size.columnGap)
        let middle = Size.top + areaHeight * GraphLayout.height(slot.row, of: count)
        return (x, middle - Size.box.height / 2)
    }

    private var headings: String {
        layout.columns.indices.map { column in
            let kinds = layout.columns[column].map { graph.node($0).kind }
            let x = Size.margin + Double(column) * (Size.box.width + Size.columnGap)
            let label = Self.heading(kinds)
            return Picture.text(label, x: x, y: 24, classes: "quiet", size: 12)
        }.joined(separator: "\n")
    }

    private static func heading(_ kinds: [StoryGraph.Node.Kind]) -> String {
        if kinds.contains(where: { $0 == .person || $0 == .institution }) { return "Speakers" }
        if kinds.allSatisfy({ $0 == .basis }) { return "What these rest on" }
        return kinds.contains(.outlet) && !kinds.contains(.source) ? "Outlets" : "Sources"
    }

    private func node(_ node: StoryGraph.Node) -> String {
        let (x, y) = corner(node.id)
        let name = Picture.cut(node.name, Size.nameCharacters)
        let isRound = node.kind == .person || node.kind == .institution
        let articles = BriefWords.count(node.articles.count, "article")
        return """
            <g class="node \(node.kind.rawValue)"><title>\(ShownText.html(node.name)): \(articles)\
            </title><rect x="\(Picture.number(x))" y="\(Picture.number(y))" \
            width="\(Picture.number(Size.box.width))" height="\(Picture.number(Size.box.height))" \
            rx="\(isRound ? 13 : 4)" fill="\(Self.colour(node.kind))" fill-opacity="0.16" \
            stroke="\(Self.colour(node.kind))"/>\
            \(Picture.text(name, x: x + 10, y: y + 17.5, classes: "name", size: 12.5))</g>
            """
    }

    private func edge(_ edge: StoryGraph.Edge) -> String {
        let (from, to) = (corner(edge.from), corner(edge.to))
        let isRightwards = from.x < to.x
        let startX = from.x + (isRightwards ? Size.box.width : 0)
        let endX = to.x + (isRightwards ? 0 : Size.box.width)
        let (startY, endY) = (from.y + Size.box.height / 2, to.y + Size.box.height / 2)
        let bend = from.x == to.x ? Size.columnGap * 0.7 : (endX - startX) * 0.5
        let path = """
            M\(Picture.number(startX)) \(Picture.number(startY)) C\(Picture.number(startX + bend)) \
            \(Picture.number(startY)) \(Picture.number(endX - bend)) \(Picture.number(endY)) \
            \(Picture.number(endX)) \(Picture.number(endY))
            """
        let strength = 1 + min(Double(edge.count - 1), 4) * 0.7
        return """
            <path class="edge \(edge.kind.rawValue)" d="\(path)" fill="none" \
            \(Self.stroke(edge.kind)) stroke-width="\(Picture.number(strength))"/>
            """
    }

    /// What the lines mean, and what is not shown.
    private var legend: String {
        let y = height - 14
        func line(_ x: Double, _ kind: StoryGraph.Edge.Kind) -> String {
            """
            <path d="M\(Picture.number(x)) \(Picture.number(y - 4)) h26" \(Self.stroke(kind)) \
            stroke-width="1.5"/>
            """
        }
        var parts = [
            line(Size.margin, .quotes),
            Picture.text("quotes", x: Size.margin + 34, y: y, classes: "quiet", size: 12),
            line(Size.margin + 96, .cites),
            Picture.text("cites", x: Size.margin + 130, y: y, classes: "quiet", size: 12),
        ]
        if graph.omitted > 0 {
            let text = "and \(graph.omitted) more"
            parts.append(
                Picture.text(text, x: Size.margin + 184, y: y, classes: "quiet", size: 12)
            )
        }
        return parts.joined(separator: "\n")
    }

    private static func stroke(_ kind: StoryGraph.Edge.Kind) -> String {
        switch kind {
        case .cites: "stroke=\"#3f8f5f\" stroke-opacity=\"0.75\""
        case .quotes: "stroke=\"#4a7fc1\" stroke-opacity=\"0.75\" stroke-dasharray=\"5 3\""
        }
    }

    /// Colours that stand out from white and from near-black alike.
    private static func colour(_ kind: StoryGraph.Node.Kind) -> String {
        switch kind {
        case .person: "#4a7fc1"
        case .institution: "#7a6fc9"
        case .outlet: "#b7791f"
        case .source: "#3f8f5f"
        case .basis: "#7b818a"
        }
    }
}

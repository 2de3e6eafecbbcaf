/// A graph in the languages of graph programs.
package enum GraphText {
    /// DOT (Graphviz): quoted names, left to right.
    package static func dot(_ graph: StoryGraph) -> String {
        var lines = [
            "digraph story {", "  rankdir=LR;", "  node [style=filled, fontname=\"sans\"];",
        ]
        for node in graph.nodes {
            let look = look(node.kind)
            lines.append(
                "  n\(node.id) [label=\(quoted(node.name)), shape=\(look.shape), "
                    + "fillcolor=\"\(look.colour)\"];"
            )
        }
        for edge in graph.edges {
            let style = edge.kind == .cites ? "solid" : "dashed"
            lines.append(
                "  n\(edge.from) -> n\(edge.to) [label=\"\(edge.kind.rawValue)\", "
                    + "weight=\(edge.count), style=\(style)];"
            )
        }
        return (lines + ["}", ""]).joined(separator: "\n")
    }

    /// GraphML (graphml.graphdrawing.org), with name, kind and number of articles as attributes.
    package static func graphML(_ graph: StoryGraph) -> String {
        let nodes = graph.nodes.map { node in
            """
                <node id="n\(node.id)"><data key="name">\(ShownText.html(node.name))</data>\
            <data key="kind">\(node.kind.rawValue)</data>\
            <data key="articles">\(node.articles.count)</data></node>
            """
        }
        let edges = graph.edges.map { edge in
            """
                <edge source="n\(edge.from)" target="n\(edge.to)">\
            <data key="relation">\(edge.kind.rawValue)</data>\
            <data key="count">\(edge.count)</data></edge>
            """
        }
        return """
            <?xml version="1.0" encoding="UTF-8"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key id="name" for="node" attr.name="name" attr.type="string"/>
              <key id="kind" for="node" attr.name="kind" attr.type="string"/>
              <key id="articles" for="node" attr.name="articles" attr.type="int"/>
              <key id="relation" for="edge" attr.name="relation" attr.type="string"/>
              <key id="count" for="edge" attr.name="count" attr.type="int"/>
              <graph id="story" edgedefault="directed">
            \((nodes + edges).joined(separator: "\n"))
              </graph>
            </graphml>

            """
    }

    private static func look(_ kind: StoryGraph.Node.Kind) -> (shape: String, colour: String) {
        switch kind {
        case .person: ("ellipse", "#dbeafe")
        case .institution: ("ellipse", "#e0e7ff")
        case .outlet: ("box", "#fef3c7")
        case .source: ("box", "#dcfce7")
        case .basis: ("note", "#f3f4f6")
        }
    }

    /// A name as a quoted identifier of DOT, in which only the mark and the backslash mean
    /// something.
    private static func quoted(_ name: String) -> String {
        let safe = ShownText.plain(name)
        return "\"" + safe.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}

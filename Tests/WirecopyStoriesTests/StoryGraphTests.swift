import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct StoryGraphTests {
    private func links(_ graph: StoryGraph) -> Set<String> {
        Set(
            graph.edges.map { edge in
                "\(graph.node(edge.from).name) \(edge.kind.rawValue) \(graph.node(edge.to).name)"
            }
        )
    }

    @Test func `outlets cite sources and quote speakers`() throws {
        let graph = StoryGraph(of: Brief(of: try InventedStory.flood()))
        #expect(
            links(graph) == [
                "Coast Wire quotes Ada Quill", "The Brede Post quotes Ada Quill",
                "Evening Echo quotes Ada Quill", "Hill Herald cites Coast Wire",
                "Coast Wire cites two engineers",
            ]
        )
        #expect(graph.nodes.map(\.id) == Array(1...graph.nodes.count))
        #expect(graph.nodes.count { $0.name == "Coast Wire" } == 1)
    }

    @Test func `speakers stand left, and who is cited right of those who cite`() throws {
        let graph = StoryGraph(of: Brief(of: try InventedStory.flood()))
        let slots = GraphLayout(graph).slots
        #expect(slots.count == graph.nodes.count)
        for edge in graph.edges {
            let from = try #require(slots[edge.from])
            let to = try #require(slots[edge.to])
            #expect(edge.kind == .cites ? from.column < to.column : from.column > to.column)
        }
    }

    @Test func `outlets that cite each other in a circle have places`() throws {
        func retelling(_ id: String, _ source: String) throws -> StoryMember {
            try InventedArticle(id, outlet: id, "\(source) reported a flood in Brede.")
                .citing("\(source) reported", source).member()
        }
        let graph = StoryGraph(
            of: Brief(of: [try retelling("One", "Two"), try retelling("Two", "One")])
        )
        #expect(links(graph) == ["One cites Two", "Two cites One"])
        #expect(GraphLayout(graph).slots.count == 2)
        #expect(GraphPicture(graph, title: "").svg().contains("Two cites One."))
    }

    @Test func `a large graph shows a part and counts the rest`() {
        let members = (0..<40).map { number in
            InventedArticle("a\(number)", outlet: "Outlet \(number)", "It rains.").member()
        }
        let graph = StoryGraph(of: Brief(of: members))
        #expect(graph.nodes.count == StoryGraph.outletsMax)
        #expect(graph.omitted == 40 - StoryGraph.outletsMax)
        #expect(GraphPicture(graph, title: "").svg().contains("and 24 more"))
    }

    @Test func `graph programs get names, kinds and counts`() throws {
        let graph = StoryGraph(of: Brief(of: try InventedStory.flood()))
        let dot = GraphText.dot(graph)
        #expect(dot.hasPrefix("digraph story {"))
        #expect(dot.contains("[label=\"Ada Quill\", shape=ellipse"))
        let xml = GraphText.graphML(graph)
        #expect(xml.contains("<data key=\"name\">Hill Herald</data>"))
        #expect(xml.contains("<data key=\"relation\">cites</data>"))
    }
}

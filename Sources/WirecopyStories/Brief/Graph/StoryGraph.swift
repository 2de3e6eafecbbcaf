import WirecopyMessages

/// Who cites whom and who quotes whom in a story, as nodes and edges.
package struct StoryGraph: Report {
    /// Outlets that are shown; with more, lines cannot be told apart.
    package static let outletsMax = 16
    /// Speakers that are shown.
    package static let speakersMax = 14

    /// Speakers, outlets and sources: each once.
    package var nodes: [Node]
    /// Links between nodes, each pair and kind once.
    package var edges: [Edge]
    /// Outlets and speakers that are not shown.
    package var omitted: Int

    /// A person, body or outlet.
    package struct Node: Report {
        /// What a node is.
        package enum Kind: String, Codable, Sendable, CaseIterable {
            case person, institution, outlet, source
            /// What a source rests on, as reports describe it.
            case basis
        }

        /// Number from 1; equal briefs give equal numbers.
        package var id: Int
        /// What it is.
        package var kind: Kind
        /// Its name, or the description that reports give.
        package var name: String
        /// Numbers of the articles that belong to it, quote it or cite it.
        package var articles: [Int]
    }

    /// A link from who reports to who is reported.
    package struct Edge: Report {
        /// What links two nodes.
        package enum Kind: String, Codable, Sendable, CaseIterable {
            case cites, quotes
        }

        /// Node that cites or quotes.
        package var from: Int
        /// Node that is cited or quoted.
        package var to: Int
        /// What links them.
        package var kind: Kind
        /// Articles that do so.
        package var count: Int
    }

    /// Makes the graph of a brief.
    package init(of brief: Brief) {
        var builder = GraphBuilder(brief)
        builder.build()
        nodes = builder.nodes
        edges = builder.edges
        omitted = builder.omitted
    }

    /// Nodes by number.
    func node(_ id: Int) -> Node { nodes[id - 1] }
}

/// Builds a graph of a brief.
private struct GraphBuilder {
    private let brief: Brief
    private(set) var nodes: [StoryGraph.Node] = []
    private(set) var edges: [StoryGraph.Edge] = []
    private(set) var omitted = 0
    private var idOfOutlet: [String: Int] = [:]
    private var outletOfArticle: [Int: Int] = [:]

    init(_ brief: Brief) { self.brief = brief }

    mutating func build() {
        addOutlets()
        addSpeakers()
        addSources()
    }

    private mutating func addOutlets() {
        var groups: [(name: String, articles: [Int])] = []
        for article in brief.articles {
            let name = article.outlet ?? "[\(article.number)] \(BriefWords.title(of: article))"
            if let known = groups.firstIndex(where: { $0.name == name }) {
                groups[known].articles.append(article.number)
            } else {
                groups.append((name, [article.number]))
            }
        }
        let linked = Set(
            brief.sources.flatMap(\.articles) + brief.sources.compactMap(\.ownReport)
                + brief.speakers.flatMap(\.articles)
        )
        let ranked = groups.enumerated().sorted { one, other in
            let (left, right) = (
                one.element.articles.count(where: linked.contains),
                other.element.articles.count(where: linked.contains)
            )
            return left != right ? left > right : one.offset < other.offset
        }
        omitted += max(0, groups.count - StoryGraph.outletsMax)
        for group in ranked.prefix(StoryGraph.outletsMax).sorted(by: { $0.offset < $1.offset }) {
            let id = add(.outlet, group.element.name, group.element.articles)
            idOfOutlet[group.element.name] = id
            for article in group.element.articles { outletOfArticle[article] = id }
        }
    }

    private mutating func addSpeakers() {
        let speakers = brief.speakers.filter { $0.kind != .outlet }.enumerated().sorted {
            one,
            other in
            let (left, right) = (one.element.reports, other.element.reports)
            return left != right ? left > right : one.offset < other.offset
        }
        omitted += max(0, speakers.count - StoryGraph.speakersMax) + brief.speakersMore
        for speaker in speakers.prefix(StoryGraph.speakersMax).map(\.element) {
            let kind: StoryGraph.Node.Kind = speaker.kind == .person ? .person : .institution
            let id = add(kind, speaker.name, speaker.articles)
            link(speaker.articles, to: id, .quotes)
        }
    }

    private mutating func addSources() {
        var ids: [Int] = []
        for source in brief.sources {
            let own = source.ownReport.flatMap { outletOfArticle[$0] }
            let id = own ?? add(.source, source.name, source.articles)
            ids.append(id)
        }
        var bases: [String: Int] = [:]
        for (source, id) in zip(brief.sources, ids) {
            link(source.articles, to: id, .cites)
            for basis in source.restsOn {
                let known = bases[basis] ?? add(.basis, basis, source.articles)
                bases[basis] = known
                edges.append(StoryGraph.Edge(from: id, to: known, kind: .cites, count: 1))
            }
        }
    }

    private mutating func add(
        _ kind: StoryGraph.Node.Kind,
        _ name: String,
        _ articles: [Int]
    ) -> Int {
        let id = nodes.count + 1
        nodes.append(StoryGraph.Node(id: id, kind: kind, name: name, articles: articles))
        return id
    }

    private mutating func link(_ articles: [Int], to id: Int, _ kind: StoryGraph.Edge.Kind) {
        let outlets = articles.compactMap { outletOfArticle[$0] }.filter { $0 != id }
        let counts = Dictionary(grouping: outlets, by: \.self)
        for (outlet, own) in counts.sorted(by: { $0.key < $1.key }) {
            edges.append(StoryGraph.Edge(from: outlet, to: id, kind: kind, count: own.count))
        }
    }
}

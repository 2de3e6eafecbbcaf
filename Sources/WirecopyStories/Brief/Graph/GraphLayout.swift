/// Where the nodes of a graph stand: in columns, with few crossings.
///
/// Layers as Sugiyama, Tagawa and Toda (1981): speakers left, outlets in the middle, what they cite
/// to the right; within a layer nodes are ordered by the mean place of their neighbours, in sweeps.
/// Equal graphs give equal layouts.
struct GraphLayout {
    /// A node's column, from 0, and its place in it.
    struct Slot: Equatable {
        var column: Int
        var row: Int
    }

    /// Sweeps; after a few nothing changes any more.
    private static let sweepsMax = 8
    /// Columns; a chain of citations is rarely longer.
    private static let columnsMax = 6

    /// Nodes of each column, from top to bottom.
    private(set) var columns: [[Int]] = []

    /// Places the nodes of a graph.
    init(_ graph: StoryGraph) {
        columns = Self.layers(graph)
        let neighbours = Self.neighbours(graph)
        for sweep in 0..<Self.sweepsMax {
            let before = columns
            let order =
                sweep.isMultiple(of: 2) ? Array(columns.indices) : columns.indices.reversed()
            for column in order { sort(column, by: neighbours) }
            if columns == before { break }
        }
    }

    /// Where each node stands.
    var slots: [Int: Slot] {
        var slots: [Int: Slot] = [:]
        for (column, nodes) in columns.enumerated() {
            for (row, node) in nodes.enumerated() { slots[node] = Slot(column: column, row: row) }
        }
        return slots
    }

    /// Rows of the highest column.
    var rowsMax: Int { columns.map(\.count).max() ?? 0 }

    /// A column's place, as a share of the height, of a row.
    static func height(_ row: Int, of count: Int) -> Double {
        (Double(row) + 0.5) / Double(max(count, 1))
    }

    private mutating func sort(_ column: Int, by neighbours: [Int: [Int]]) {
        var heights: [Int: Double] = [:]
        for nodes in columns {
            for (row, node) in nodes.enumerated() {
                heights[node] = Self.height(row, of: nodes.count)
            }
        }
        let middle = columns[column].map { node -> (node: Int, height: Double) in
            let linked = neighbours[node, default: []].compactMap { heights[$0] }
            let mean =
                linked.isEmpty
                ? heights[node] ?? 0 : linked.reduce(0, +) / Double(linked.count)
            return (node, mean)
        }
        columns[column] = middle.sorted { ($0.height, $0.node) < ($1.height, $1.node) }.map(\.node)
    }

    private static func neighbours(_ graph: StoryGraph) -> [Int: [Int]] {
        var neighbours: [Int: [Int]] = [:]
        for edge in graph.edges {
            neighbours[edge.from, default: []].append(edge.to)
            neighbours[edge.to, default: []].append(edge.from)
        }
        return neighbours
    }

    /// Speakers first; then each node one column behind the last that cites it. Circles end at
    /// `columnsMax`.
    private static func layers(_ graph: StoryGraph) -> [[Int]] {
        var depth: [Int: Int] = [:]
        for node in graph.nodes {
            switch node.kind {
            case .person, .institution: depth[node.id] = 0
            case .outlet: depth[node.id] = 1
            case .source, .basis: depth[node.id] = 2
            }
        }
        let cites = graph.edges.filter { $0.kind == .cites }
        for _ in 0..<columnsMax {
            for edge in cites {
                let behind = min((depth[edge.from] ?? 1) + 1, columnsMax - 1)
                depth[edge.to] = max(depth[edge.to] ?? 0, behind)
            }
        }
        let columns = (0..<columnsMax).map { column in
            graph.nodes.filter { depth[$0.id] == column }.map(\.id)
        }
        return columns.filter { !$0.isEmpty }
    }
}

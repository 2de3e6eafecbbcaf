/// Rows with aligned columns; the last column takes what is left of the line.
struct Table {
    /// How a column is set.
    enum Alignment { case left, right }

    private let header: [String]
    private let alignments: [Alignment]
    private let dropped: [Int]
    private var rows: [[String]] = []

    /// Makes a table; a column is a title and its alignment. Where the line is too short, columns
    /// of the titles in `dropping` are left out, the first one first.
    init(_ columns: [(String, Alignment)], dropping: [String] = []) {
        header = columns.map(\.0)
        alignments = columns.map(\.1)
        dropped = dropping.compactMap { title in columns.firstIndex { $0.0 == title } }
    }

    /// Adds a row with one cell a column.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == header.count, "A row needs \(header.count) cells.")
        rows.append(cells.map(Terminal.safe))
    }

    /// Whether there is no row.
    var isEmpty: Bool { rows.isEmpty }

    /// The lines of the table, none longer than `columns`.
    func lines(columns: Int) -> [String] {
        let widths = header.indices.map { index in
            ([header] + rows).map { $0[index].count }.max() ?? 0
        }
        var shown = Array(header.indices)
        for index in dropped where Self.width(shown, widths) > columns {
            shown.removeAll { $0 == index }
        }
        return ([header] + rows).map { line($0, shown, widths, columns) }
    }

    private static func width(_ shown: [Int], _ widths: [Int]) -> Int {
        shown.reduce(0) { $0 + widths[$1] } + 2 * max(0, shown.count - 1)
    }

    private func line(
        _ cells: [String],
        _ shown: [Int],
        _ widths: [Int],
        _ columns: Int
    ) -> String {
        let padded = shown.map { index in
            let cell = cells[index]
            let space = String(repeating: " ", count: max(0, widths[index] - cell.count))
            if alignments[index] == .right { return space + cell }
            return index == shown.last ? cell : cell + space
        }
        var line = padded.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        guard line.count > columns, columns > 1 else { return line }
        return line.prefix(columns - 1) + "…"
    }
}

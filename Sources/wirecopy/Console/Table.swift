/// Rows with aligned columns; the last column takes what is left of the line.
struct Table {
    /// How a column is set.
    enum Alignment { case left, right }

    private let header: [String]
    private let alignments: [Alignment]
    private var rows: [[String]] = []

    /// Makes a table; a column is a title and its alignment.
    init(_ columns: [(String, Alignment)]) {
        header = columns.map(\.0)
        alignments = columns.map(\.1)
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
        return ([header] + rows).map { line($0, widths, columns) }
    }

    private func line(_ cells: [String], _ widths: [Int], _ columns: Int) -> String {
        let padded = zip(cells.indices, cells).map { index, cell in
            let space = String(repeating: " ", count: max(0, widths[index] - cell.count))
            if alignments[index] == .right { return space + cell }
            return index == cells.count - 1 ? cell : cell + space
        }
        let line = padded.joined(separator: "  ")
        guard line.count > columns, columns > 1 else { return line }
        return line.prefix(columns - 1) + "…"
    }
}

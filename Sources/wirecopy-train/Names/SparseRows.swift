/// A matrix of which most numbers are zero, row by row.
struct SparseRows {
    /// One row of a dense matrix beside it: as many columns as a word's vector has numbers.
    typealias Dense = SIMD32<Float>

    /// Where each row begins; one more than rows.
    private(set) var starts: [Int] = [0]
    private(set) var columns: [Int32] = []
    private(set) var values: [Float] = []
    let columnCount: Int

    init(columnCount: Int) { self.columnCount = columnCount }

    /// Adds a number to the row that is not yet ended.
    mutating func append(_ value: Float, column: Int) {
        columns.append(Int32(column))
        values.append(value)
    }

    /// Ends a row.
    mutating func endRow() { starts.append(values.count) }

    var rowCount: Int { starts.count - 1 }

    /// This matrix times a dense one of `columnCount` rows.
    func times(_ dense: [Dense]) -> [Dense] {
        (0..<rowCount).map { row in
            var sum = Dense.zero
            for cell in starts[row]..<starts[row + 1] {
                sum += dense[Int(columns[cell])] * values[cell]
            }
            return sum
        }
    }

    /// This matrix, turned, times a dense one of `rowCount` rows.
    func turnedTimes(_ dense: [Dense]) -> [Dense] {
        var sums = [Dense](repeating: .zero, count: columnCount)
        for row in 0..<rowCount {
            let factor = dense[row]
            for cell in starts[row]..<starts[row + 1] {
                sums[Int(columns[cell])] += factor * values[cell]
            }
        }
        return sums
    }

    /// Makes the columns of a dense matrix stand upright on each other, each of length one
    /// (modified Gram-Schmidt).
    static func makeOrthonormal(_ rows: inout [Dense]) {
        for column in 0..<Dense.scalarCount {
            var products = Dense.zero
            for row in rows { products += row * row[column] }
            let length = products[column].squareRoot()
            guard length > 0 else { continue }
            var shares = products / products[column]
            for earlier in 0...column { shares[earlier] = 0 }
            for row in rows.indices {
                let own = rows[row][column]
                rows[row] -= shares * own
                rows[row][column] = own / length
            }
        }
    }
}

// A forest as a file: `WDF1`, four numbers, roots, and twelve bytes a node; all little-endian.
extension DecisionForest {
    private static let magic = Array("WDF1".utf8)
    /// More than any forest that ships; larger numbers are damage.
    private static let countMax = 1 << 24

    /// The file's bytes.
    package var bytes: [UInt8] {
        var bytes = Self.magic
        func append(_ number: UInt32) {
            for shift in [0, 8, 16, 24] as [UInt32] {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        for count in [featureCount, roots.count, nodes.count] { append(UInt32(count)) }
        append(base.bitPattern)
        for root in roots { append(UInt32(bitPattern: root)) }
        for node in nodes {
            append(UInt32(bitPattern: node.feature))
            append(node.value.bitPattern)
            append(UInt32(bitPattern: node.right))
        }
        return bytes
    }

    /// Reads a file's bytes.
    ///
    /// - Throws: `ForestFailure` when they are damaged or something else.
    package init(bytes: [UInt8]) throws(ForestFailure) {
        var offset = Self.magic.count
        func next() throws(ForestFailure) -> UInt32 {
            guard offset + 4 <= bytes.count else {
                throw ForestFailure("The forest ends after \(bytes.count) bytes.")
            }
            defer { offset += 4 }
            return (0..<4).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
        }
        guard bytes.starts(with: Self.magic) else { throw ForestFailure("It is no forest.") }
        let (features, trees, count) = (Int(try next()), Int(try next()), Int(try next()))
        guard features <= Self.countMax, trees <= Self.countMax, count <= Self.countMax else {
            throw ForestFailure("The forest names \(trees) trees of \(count) nodes.")
        }
        let base = Float(bitPattern: try next())
        var roots: [Int32] = []
        for _ in 0..<trees { roots.append(Int32(bitPattern: try next())) }
        var nodes: [Node] = []
        for _ in 0..<count {
            nodes.append(
                Node(
                    feature: Int32(bitPattern: try next()),
                    value: Float(bitPattern: try next()),
                    right: Int32(bitPattern: try next())
                )
            )
        }
        guard offset == bytes.count else {
            throw ForestFailure("The forest has \(bytes.count - offset) bytes too many.")
        }
        try self.init(featureCount: features, base: base, roots: roots, nodes: nodes)
    }
}

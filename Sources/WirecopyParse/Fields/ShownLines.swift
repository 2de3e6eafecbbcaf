/// Some of a page's lines, joined so that a name is looked for in all of them at once.
struct ShownLines {
    private let blocks: Range<Int>
    private var bytes: [UInt8] = []
    /// Where each line begins, and the end behind the last.
    private var starts: [Int] = [0]

    /// Joins those of a page's lines that lie in a range.
    init(_ lines: [FoldedLine], _ range: Range<Int>) {
        blocks = lines.indices.clamped(to: range)
        for line in lines[blocks] {
            bytes += line.bytes
            // No line has one.
            bytes.append(0x0A)
            starts.append(bytes.count)
        }
    }

    /// Hands out each block that holds a name, with the first place of the name in its line.
    func forEach(holding name: [UInt8], _ take: (_ block: Int, _ place: Int) -> Void) {
        var line = 0
        while let place = bytes.firstPlace(of: name, from: starts[line]) {
            while starts[line + 1] <= place { line += 1 }
            take(blocks.lowerBound + line, place - starts[line])
            line += 1
        }
    }
}

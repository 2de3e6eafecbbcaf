/// A half-open range of UTF-8 bytes in an article's main text.
package struct TextRange: Sendable, Hashable, Comparable {
    /// First byte.
    package var start: Int
    /// Byte after the last.
    package var end: Int

    /// Makes a range; `start` must not lie behind `end`.
    package init(_ start: Int, _ end: Int) {
        precondition(start <= end, "The range \(start)..<\(end) runs backwards.")
        self.start = start
        self.end = end
    }

    /// Number of bytes.
    package var count: Int { end - start }

    /// Whether the ranges share a byte.
    package func overlaps(_ other: TextRange) -> Bool {
        start < other.end && other.start < end
    }

    package static func < (left: TextRange, right: TextRange) -> Bool {
        (left.start, left.end) < (right.start, right.end)
    }
}

extension JSONReader {
    /// Joins the two ends of a range that a message gives as `start` and `end`.
    package func range(_ start: Int?, _ end: Int?) throws(JSONFailure) -> TextRange {
        let (start, end) = (try required(start, "start"), try required(end, "end"))
        guard 0 <= start, start <= end else {
            throw invalid("The range \(start)..<\(end) is not a range of bytes.")
        }
        return TextRange(start, end)
    }
}

/// The lines of an input, one by one, each bounded.
struct InputLines {
    /// A line and its number, counted from 1.
    struct Line {
        let number: Int
        /// The bytes without the line end; `nil` for a line beyond the limit.
        let bytes: [UInt8]?
    }

    private let source: InputBytes
    private let limitBytes: Int
    private var buffer: [UInt8] = []
    private var cursor = 0
    private var number = 0
    private var isAtEnd = false

    init(source: InputBytes, limitBytes: Int) {
        self.source = source
        self.limitBytes = limitBytes
    }

    /// The next line; `nil` at the end.
    mutating func next() throws(InputBytes.Failure) -> Line? {
        var isTooLong = false
        var searched = cursor
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { cursor = end + 1 }
                return line(isTooLong ? nil : buffer[cursor..<end])
            }
            if buffer.count - cursor > limitBytes {
                isTooLong = true
                cursor = buffer.count
            }
            if isAtEnd {
                guard cursor < buffer.count || isTooLong else { return nil }
                defer { cursor = buffer.count }
                return line(isTooLong ? nil : buffer[cursor...])
            }
            buffer.removeFirst(cursor)
            cursor = 0
            searched = buffer.count
            let more = try source.next()
            isAtEnd = more.isEmpty
            buffer += more
        }
    }

    private mutating func line(_ bytes: ArraySlice<UInt8>?) -> Line {
        number += 1
        guard let bytes, bytes.count <= limitBytes else { return Line(number: number, bytes: nil) }
        return Line(number: number, bytes: Array(bytes))
    }
}

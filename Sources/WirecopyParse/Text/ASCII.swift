/// The classes of bytes that the readers of this target tell apart.
extension UInt8 {
    /// `0` to `9`.
    @inline(__always)
    var isDigit: Bool { self &- 0x30 < 10 }

    /// An ASCII letter, or any byte of a character beyond ASCII.
    @inline(__always)
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 || self >= 0x80 }

    /// An ASCII capital.
    @inline(__always)
    var isCapital: Bool { self &- 0x41 < 26 }

    /// Tab, line feed, vertical tab, form feed, carriage return or space.
    @inline(__always)
    var isSpace: Bool { self == 0x20 || self &- 0x09 < 5 }

    /// The small letter of an ASCII capital; other bytes as they are.
    @inline(__always)
    var lowercased: UInt8 { isCapital ? self | 0x20 : self }
}

extension [UInt8] {
    /// Bytes that are appended one by one, at most so many, without looking for room each time.
    @inline(__always)
    init(roomFor most: Int, writtenBy write: (inout OutputSpan<UInt8>) -> Void) {
        self.init(repeating: 0, count: most)
        let written = unsafe withUnsafeMutableBufferPointer { buffer in
            var output = unsafe OutputSpan(buffer: buffer, initializedCount: 0)
            write(&output)
            return unsafe output.finalize(for: buffer)
        }
        removeLast(most - written)
    }
}

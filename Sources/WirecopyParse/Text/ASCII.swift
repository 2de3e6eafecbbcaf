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

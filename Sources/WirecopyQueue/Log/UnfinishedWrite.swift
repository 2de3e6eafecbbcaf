/// Bytes at the end of the log, as a write that was never finished may have left them.
///
/// Space of the log holds zeros before it is written. A process that dies in a write leaves the
/// beginning of what it wrote, and zeros behind; a disk that loses its power has some sectors and
/// not others. Whatever is neither written whole nor zero, a failing disk made: that is damage, and
/// may have been confirmed.
struct UnfinishedWrite {
    /// What disks write all or nothing of; those of today write 4,096 bytes, which are eight.
    static let sectorBytes = 512

    private let bytes: [UInt8]
    private let place: Int
    private let end: Int

    /// Takes bytes from an offset of a file on; behind `end` bytes of them lie zeros alone.
    init(_ bytes: [UInt8], at place: Int, end: Int) {
        self.bytes = bytes
        self.place = place
        self.end = end
    }

    /// Whether bytes that are not what was to be written may not have been written yet.
    func explains(_ range: Range<Int>) -> Bool {
        if range.upperBound > end || range.upperBound > bytes.count { return true }
        var sector = (place + range.lowerBound) / Self.sectorBytes * Self.sectorBytes
        while sector < place + range.upperBound {
            let part = max(0, sector - place)..<min(bytes.count, sector + Self.sectorBytes - place)
            if Array(bytes[part]).isAllZero { return true }
            sector += Self.sectorBytes
        }
        return false
    }
}

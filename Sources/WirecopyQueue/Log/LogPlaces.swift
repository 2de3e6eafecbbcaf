/// Which frame holds which message: one entry for every 64 KiB of the log.
///
/// From an entry on, a reader goes from header to header; sixteen bytes for 64 KiB keep the map of
/// a terabyte of messages in memory.
struct LogPlaces: Sendable {
    /// Bytes of the log for which one entry is kept.
    static let strideBytes = 64 << 10

    /// A frame.
    struct Entry: Sendable, Equatable {
        /// Place of its first message, or of the next one when it has none.
        let position: Int
        let file: Int32
        let offset: UInt32

        var place: LogPlace { LogPlace(file: Int(file), offset: Int(offset)) }
    }

    private(set) var entries: [Entry] = []

    /// Whether a frame is far enough behind the last entry to be one.
    static func isDue(_ place: LogPlace, after last: LogPlace?) -> Bool {
        guard let last, last.file == place.file else { return true }
        return place.offset - last.offset >= strideBytes
    }

    /// Notes a frame that lies behind all others.
    mutating func add(firstPosition: Int, at place: LogPlace) {
        guard Self.isDue(place, after: entries.last?.place),
            let file = Int32(exactly: place.file),
            let offset = UInt32(exactly: place.offset)
        else { return }
        entries.append(Entry(position: firstPosition, file: file, offset: offset))
    }

    /// Notes other frames for a file that was written again.
    mutating func replace(_ file: Int, with others: [Entry]) {
        guard let first = entries.firstIndex(where: { $0.file >= file }) else { return }
        let end = entries[first...].firstIndex { $0.file > file } ?? entries.endIndex
        entries.replaceSubrange(first..<end, with: others)
    }

    /// Forgets frames of files before this one.
    mutating func removeFiles(before file: Int) {
        entries.removeAll { $0.file < file }
    }

    /// The last frame noted that begins at or before a message.
    func start(of position: Int) -> LogPlace? {
        var (low, high) = (0, entries.count)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].position <= position { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : entries[low - 1].place
    }
}

import GRDB

/// How far the index has followed the log.
struct IndexCheckpoint: Sendable, Equatable {
    /// Behind the last frame that is in the index.
    var place: LogPlace
    /// Number of the next frame.
    var nextSequence: Int
    /// Place of the next message.
    var nextPosition: Int
    /// Where the last frame begins; equal to `place` when there is none.
    var lastFrame: LogPlace
    /// The attachment that was stored last.
    var lastAttachment: SegmentLocation?
    /// All checksums of stored chunks of `OpenSet`, one exclusive-or the other: a row that is lost,
    /// changed or old is found.
    var chunks: UInt64 = 0

    /// The beginning of an empty log.
    static let start = IndexCheckpoint(
        place: LogPlace(file: 1, offset: LogFileHeader.bytes),
        nextSequence: 1,
        nextPosition: 1,
        lastFrame: LogPlace(file: 1, offset: LogFileHeader.bytes)
    )

    /// Takes over how far the log was read.
    mutating func advance(to other: IndexCheckpoint) {
        place = other.place
        nextSequence = other.nextSequence
        nextPosition = other.nextPosition
        lastFrame = other.lastFrame
    }

    private static let key = "checkpoint"

    /// Reads what the last transaction left.
    ///
    /// - Throws: an error of SQLite when the row is damaged.
    static func read(from database: Database) throws -> IndexCheckpoint {
        guard let text = try IndexSchema.value(key, in: database) else { return .start }
        let parts = text.split(separator: " ").compactMap { Int($0) }
        guard parts.count == 11, parts[10] == sum(parts.dropLast()) else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message: "The index says \(text) of how far it has come."
            )
        }
        var checkpoint = IndexCheckpoint(
            place: LogPlace(file: parts[0], offset: parts[1]),
            nextSequence: parts[2],
            nextPosition: parts[3],
            lastFrame: LogPlace(file: parts[4], offset: parts[5])
        )
        checkpoint.lastAttachment =
            parts[6] == 0
            ? nil : SegmentLocation(segment: parts[6], offset: parts[7], length: parts[8])
        checkpoint.chunks = UInt64(bitPattern: Int64(parts[9]))
        return checkpoint
    }

    func write(to database: Database) throws {
        let attachment = lastAttachment ?? SegmentLocation(segment: 0, offset: 0, length: 0)
        var parts = [
            place.file, place.offset, nextSequence, nextPosition, lastFrame.file,
            lastFrame.offset, attachment.segment, attachment.offset, attachment.length,
            Int(Int64(bitPattern: chunks)),
        ]
        parts.append(Self.sum(parts[...]))
        try IndexSchema.set(
            Self.key,
            parts.map { String($0) }.joined(separator: " "),
            in: database
        )
    }

    private static func sum(_ parts: ArraySlice<Int>) -> Int {
        var bytes: [UInt8] = []
        for part in parts { bytes.append(number: part) }
        return Int(Int64(bitPattern: Checksum.of(bytes)))
    }
}

/// Where an attachment lies: bytes of one segment file.
struct SegmentLocation: Sendable, Equatable {
    let segment: Int
    let offset: Int
    let length: Int

    /// Offset of the first byte behind it.
    var end: Int { offset + length }
}

/// Append-only files that hold the attachments of messages, one after the other.
///
/// Pages come as gzip members with one WARC record each, so a segment is a valid `.warc.gz`. Bytes
/// that the log points at are never overwritten or cut off. What a crash left behind the last
/// of them is harmless: the next store then begins a new file.
struct SegmentStore: ~Copyable {
    private static let directory = "segments"

    private let files: any JournalFiles
    private let segmentBytesMax: Int
    private var segment: Int
    private var file: (any JournalFile)?
    /// Bytes written to the segment.
    private var length: Int
    /// Bytes of it that are on disk for certain.
    private var syncedLength: Int

    /// Opens the store behind the last attachment that the log points at.
    init(
        _ files: any JournalFiles,
        last: SegmentLocation?,
        segmentBytesMax: Int
    ) throws(QueueFailure) {
        let (segment, resumed) = try Self.resume(last, files)
        self.files = files
        self.segmentBytesMax = segmentBytesMax
        self.segment = segment
        length = resumed == nil ? 0 : last?.end ?? 0
        syncedLength = length
        file = resumed
    }

    /// The last segment, open when it ends where the log ends.
    private static func resume(
        _ last: SegmentLocation?,
        _ files: any JournalFiles
    ) throws(QueueFailure) -> (segment: Int, file: (any JournalFile)?) {
        do throws(DiskFault) {
            let numbers = try numbers(files)
            let segment = max(last?.segment ?? 0, numbers.last ?? 0)
            guard let last, last.segment == segment, numbers.contains(segment) else {
                return (segment, nil)
            }
            let file = try files.open(path(segment), .writing)
            return (segment, try file.size() == last.end ? file : nil)
        } catch {
            throw QueueFailure(error)
        }
    }

    /// Where the next attachment goes, to which `rollBack` returns.
    var mark: SegmentLocation { SegmentLocation(segment: segment, offset: length, length: 0) }

    /// Writes bytes behind the last; they are durable after `sync`.
    ///
    /// - Throws: `storageFull` or `journalBroken`; call `rollBack` after the former.
    mutating func append(_ bytes: [UInt8]) throws(QueueFailure) -> AttachmentPlace {
        do throws(DiskFault) {
            let file = try fileWithRoom(for: bytes.count)
            try file.write([bytes], at: length)
        } catch {
            throw QueueFailure(error)
        }
        defer { length += bytes.count }
        return AttachmentPlace(
            location: SegmentLocation(segment: segment, offset: length, length: bytes.count),
            checksum: Checksum.of(bytes)
        )
    }

    /// Makes durable what was appended.
    mutating func sync() throws(QueueFailure) {
        guard let file, length > syncedLength else { return }
        do throws(DiskFault) {
            // After a failed sync the kernel may have dropped the pages: there is no second try.
            try file.sync()
        } catch {
            throw QueueFailure(.journalBroken, error.sentence)
        }
        syncedLength = length
    }

    /// Takes back what was appended since a mark, as far as it lies in the same file.
    mutating func rollBack(to mark: SegmentLocation) {
        guard let open = file, mark.segment == segment else { return }
        do throws(DiskFault) {
            try open.truncate(to: mark.offset)
            length = mark.offset
            syncedLength = min(syncedLength, length)
        } catch {
            // Nothing points there, and nothing is ever written there.
            file = nil
        }
    }

    /// Reads an attachment back, and holds it against its checksum.
    ///
    /// - Throws: `contentUnreadable` when it is damaged, `contentUnavailable` when it may be read
    ///   another time.
    static func read(
        _ place: AttachmentPlace,
        from files: any JournalFiles
    ) throws(QueueFailure) -> [UInt8] {
        let location = place.location
        let path = path(location.segment)
        let bytes: [UInt8]
        do throws(DiskFault) {
            bytes = try files.open(path, .reading)
                .read(at: location.offset, count: location.length)
        } catch {
            throw QueueFailure(
                error.number == DiskFault.isMissing ? .contentUnreadable : .contentUnavailable,
                error.sentence
            )
        }
        guard bytes.count == location.length, Checksum.of(bytes) == place.checksum else {
            throw QueueFailure(
                .contentUnreadable,
                """
                The \(location.length) bytes at \(location.offset) of \(path) are not what was \
                written there.
                """
            )
        }
        return bytes
    }

    /// Numbers of the segments, ascending.
    static func numbers(_ files: any JournalFiles) throws(DiskFault) -> [Int] {
        try files.names(in: directory)
            .filter { $0.hasSuffix(".warc.gz") }
            .compactMap { Int($0.dropLast(".warc.gz".count)) }
            .sorted()
    }

    /// Path of a segment.
    static func path(_ segment: Int) -> String { "\(directory)/\(zeroPadded(segment)).warc.gz" }

    private mutating func fileWithRoom(for bytes: Int) throws(DiskFault) -> any JournalFile {
        if let file, length == 0 || length + bytes <= segmentBytesMax { return file }
        if let file, length > syncedLength { try file.sync() }
        file = nil
        let next = try files.open(Self.path(segment + 1), .creating)
        segment += 1
        length = 0
        syncedLength = 0
        file = next
        try files.syncDirectory(Self.directory)
        return next
    }
}

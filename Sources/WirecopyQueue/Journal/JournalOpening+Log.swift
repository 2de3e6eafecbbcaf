import GRDB
import WirecopyMessages

// The log.
extension JournalOpening {
    /// Places that are passed over after an end that was no clean one, so that none is ever given
    /// twice, whatever the disk lost: more than the index may be behind.
    private static let positionGap = 1 << 18
    /// Bytes of a damaged stretch that are kept aside.
    private static let keptBytesMax = 256 << 20
    /// Pages that end in one group when their messages are lost.
    private static let lostSlice = 10_000

    /// The end of the log: behind the last frame, or a new file when the log does not end there
    /// cleanly. The new file notes where the log ended, so that no later reading decides otherwise
    /// and takes what was found damaged or torn for more than it was.
    func resume(
        _ following: LogFollowing,
        _ journal: MessageID,
        _ numbers: [Int],
        _ checkpoint: IndexCheckpoint,
        _ isWhole: Bool
    ) throws -> MessageLog {
        if isWhole, damages.isEmpty, following.tornBytes == 0, let last = numbers.last,
            following.scanned.file == last
        {
            return try MessageLog(
                files,
                journal: journal,
                sizes: options.sizes,
                resumingAt: following.scanned,
                nextSequence: checkpoint.nextSequence
            )
        }
        let known = checkpoint.nextSequence > 1 ? following.checkpoint.place.file : 0
        return try MessageLog(
            files,
            journal: journal,
            sizes: options.sizes,
            beginning: max(numbers.last ?? 0, known) + 1,
            nextSequence: checkpoint.nextSequence,
            nextPosition: checkpoint.nextPosition,
            behind: numbers.isEmpty && known == 0 ? nil : following.scanned
        )
    }

    /// Makes the header of the last file and the last frame durable, as they were read.
    ///
    /// Their sync may have been refused, or their writer killed before it: then the kernel shows
    /// what the disk does not hold, and a sync alone does not bring it there, because the pages
    /// count as clean. Everything in front of them was synced, or nothing would have followed it.
    func writeEndAgain(_ following: LogFollowing, _ numbers: [Int]) throws {
        guard let last = numbers.last else { return }
        let (start, end) = (following.checkpoint.lastFrame, following.scanned)
        do throws(DiskFault) {
            let file = try files.open(LogReader.path(last), .writing)
            // A crash may have left half of the header, which is enough to read it.
            let head = try file.read(at: 0, count: LogFileHeader.bytes)
            if let header = LogFileHeader(head) { try file.write([header.encoded], at: 0) }
            if start.file == last, end.file == last, start.offset < end.offset {
                let frame = try file.read(at: start.offset, count: end.offset - start.offset)
                try file.write([frame], at: start.offset)
            }
            try file.sync()
            try files.syncDirectory("log")
        } catch {
            throw QueueFailure(.journalBroken, error.sentence)
        }
    }

    /// What the index knows, with the place of the next message.
    func nextCheckpoint(_ following: LogFollowing, isClean: Bool) -> IndexCheckpoint {
        var checkpoint = following.checkpoint
        let isNew = checkpoint.nextSequence == 1 && damages.isEmpty && following.tornBytes == 0
        if !isClean, !isNew { checkpoint.nextPosition += Self.positionGap }
        return checkpoint
    }

    /// Copies what is damaged, and what is cut off as torn, into a directory of its own.
    func keepAside(_ following: LogFollowing) throws {
        var stretches = following.stretches.map { (stretch: $0, name: "\($0.range.lowerBound)") }
        if following.tornBytes > 0 {
            let start = following.scanned
            stretches.append(
                (
                    DamagedStretch(
                        file: start.file,
                        range: start.offset..<start.offset + following.tornBytes
                    ), "end"
                )
            )
        }
        guard !stretches.isEmpty else { return }
        try files.makeDirectory("damaged")
        for (stretch, name) in stretches {
            let bytes = try files.open(LogReader.path(stretch.file), .reading)
                .read(
                    at: stretch.range.lowerBound,
                    count: min(stretch.range.count, Self.keptBytesMax)
                )
            let path = "damaged/\(zeroPadded(stretch.file)).wlog-\(name)"
            if try files.names(in: "damaged").contains(where: { path.hasSuffix("/\($0)") }) {
                try files.remove(path)
            }
            let copy = try files.open(path, .creating)
            try copy.write([bytes], at: 0)
            try copy.sync()
        }
        try files.syncDirectory("damaged")
    }

    /// Takes the torn end of the log away, of which a copy is kept aside: the next frame has its
    /// number, in this file or in a new one, and a later scan must not take the torn one for it.
    func cutTornEnd(_ following: LogFollowing) throws {
        guard following.tornBytes > 0 else { return }
        let torn = try files.open(LogReader.path(following.scanned.file), .writing)
        try torn.truncate(to: following.scanned.offset)
        try torn.sync()
    }

    /// Ends the way of pages of which no message is open any more, because the log lost it.
    func endLostPages(
        _ log: inout MessageLog,
        _ following: LogFollowing,
        _ index: JournalIndex
    ) throws {
        while true {
            let pages = try index.database.read { database in
                let lost = try Int.fetchOne(
                    database,
                    sql: "SELECT sum(pages) FROM total WHERE outcome = '' AND reason = 'lost'"
                )
                guard lost ?? 0 > 0 else { return [] as [Int] }
                return try Int.fetchAll(
                    database,
                    sql: """
                        SELECT position FROM page WHERE outcome IS NULL AND open <= 0
                        LIMIT \(Self.lostSlice)
                        """
                )
            }
            guard !pages.isEmpty else { return }
            var builder = LogFrameBuilder()
            for page in pages { builder.addEnded(page: page, EndRecord(dead: .journalDamaged)) }
            _ = try log.append(
                builder,
                firstPosition: following.checkpoint.nextPosition,
                at: options.now()
            )
            while try following.step() {}
        }
    }
}

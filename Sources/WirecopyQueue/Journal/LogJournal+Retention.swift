import GRDB
package import WirecopyMessages

// Removal of what a policy no longer keeps.
extension LogJournal {
    /// Removes at most one file of the log and one segment, when the policy says so.
    ///
    /// It waits for the index, and holds commits for some milliseconds.
    ///
    /// - Returns: whether something was removed.
    /// - Throws: whatever a commit throws.
    package func retain(_ policy: RetentionPolicy, now: Instant) throws(QueueFailure) -> Bool {
        guard !policy.keepsEverything else { return false }
        do {
            try follower.catchUp()
            let retention = Retention(policy: policy, now: now)
            let chosen = try withCore { core in try plan(retention, &core) }
            if let file = chosen.log?.file {
                try follower.catchUp()
                reader.removeFiles(before: file + 1)
                for number in try LogScanner.fileNumbers(files) where number <= file {
                    try files.remove(LogReader.path(number))
                }
                try files.syncDirectory("log")
            }
            if let segment = chosen.segment {
                try files.remove(SegmentStore.path(segment))
                try files.syncDirectory("segments")
            }
            return chosen.log != nil || chosen.segment != nil
        } catch {
            throw QueueFailure(error, path: index.path)
        }
    }

    /// What goes; the pages of a file that goes are counted in the log first.
    private func plan(
        _ retention: Retention,
        _ core: inout JournalCore
    ) throws -> Retention.Plan {
        // Another commit came in between: the next time will do.
        guard follower.indexedSequence == core.log.nextSequence else { return Retention.Plan() }
        let segments = try SegmentStore.numbers(files).map { number in
            (number, try files.open(SegmentStore.path(number), .reading).size())
        }
        let oldestOpen = core.memory.open.oldestOpen ?? core.memory.nextPosition
        let (plan, retired) = try index.database.read { database in
            let oldestPage = try Int.fetchOne(
                database,
                sql: "SELECT position FROM page WHERE outcome IS NULL ORDER BY position LIMIT 1"
            )
            let plan = try retention.plan(
                in: database,
                firstKept: min(oldestOpen, oldestPage ?? oldestOpen),
                segments: segments
            )
            let retired = try plan.log.map { log in
                try IndexWriter.counted(log.position + 1, in: database)
            }
            return (plan, retired)
        }
        if let log = plan.log, let retired {
            let place = try core.retire(before: log.position + 1, retired, now: retention.now)
            try follow(core, place)
        }
        return plan
    }
}

extension JournalCore {
    /// Writes that pages in front of a place are removed.
    fileprivate mutating func retire(
        before position: Int,
        _ retired: [RetiredPages],
        now: Instant
    ) throws(QueueFailure) -> LogPlace {
        builder.removeAll()
        builder.addRetired(before: position, retired)
        let place = try log.append(builder, firstPosition: memory.nextPosition, at: now)
        reader.add(firstPosition: memory.nextPosition, at: place)
        memory.open.forgetDead(before: position)
        return place
    }
}

extension OpenSet {
    /// The oldest message that is open in any stage.
    var oldestOpen: Int? {
        StageName.allCases.flatMap { stage in
            MessageClass.allCases.compactMap { next(stage, $0, after: 0) }
        }.min()
    }
}

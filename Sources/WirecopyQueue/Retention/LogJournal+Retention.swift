import GRDB
import Synchronization
package import WirecopyMessages

/// How far retention has come: first it takes pages out of the index, oldest first, then it goes
/// over the files, oldest first.
struct RetentionProgress: Sendable {
    /// Where the search for pages goes on.
    struct Search: Sendable {
        var place = 1
        let cutoffs: RetentionCutoffs
    }

    /// `nil` before the search begins.
    var search: Search?
    /// Whether the search is over, and files are gone over.
    var isAtFiles = false
    /// Whether the log knows how many pages were removed.
    var isCounted = false
    /// The last file that was looked at.
    var file = 0
    /// Of pages from this place on, everything in front of the next file is gone that can go.
    var cleanFrom = 0
}

// Removal of what a policy no longer keeps.
extension LogJournal {
    /// Does one small step of retention; commits go on meanwhile, except for one sync.
    ///
    /// - Returns: what it did; `nil` when nothing is left to do for now.
    /// - Throws: whatever a commit throws; `contentUnavailable` when a file cannot be read now.
    package func retain(
        _ policy: RetentionPolicy,
        now: Instant
    ) throws(QueueFailure) -> RetentionStep? {
        guard !policy.keepsEverything else { return nil }
        do {
            try follower.catchUp()
            try withCore { $0.memory.isRetiring = false }
            var progress = retention.withLock { $0 }
            defer { retention.withLock { [progress] in $0 = progress } }
            return try step(&progress, policy, now)
        } catch {
            throw QueueFailure(error, path: index.path)
        }
    }

    private func step(
        _ progress: inout RetentionProgress,
        _ policy: RetentionPolicy,
        _ now: Instant
    ) throws -> RetentionStep? {
        if !progress.isAtFiles {
            var search = try progress.search ?? beginSearch(policy, now)
            if let found = try retire(&search, now) {
                progress.search = search
                return found
            }
            progress = RetentionProgress(isAtFiles: true)
        }
        if let done = try goOverLog(&progress, now) { return done }
        if let done = try removeBodies(policy.bodies, now) { return done }
        progress = RetentionProgress()
        return nil
    }

    private func beginSearch(
        _ policy: RetentionPolicy,
        _ now: Instant
    ) throws -> RetentionProgress.Search {
        try index.database.read { database in
            RetentionProgress.Search(
                cutoffs: try RetentionCutoffs(policy, now: now, in: database)
            )
        }
    }
}

// Pages.
extension LogJournal {
    /// Pages that are looked at in one step: some ten milliseconds.
    private static let lookedAtMax = 20_000
    /// Pages that one group removes; their rows take the index some ten milliseconds.
    private static let retiredMax = 512

    /// Removes the next pages that ended long enough ago; `nil` when there are none.
    private func retire(
        _ search: inout RetentionProgress.Search,
        _ now: Instant
    ) throws -> RetentionStep? {
        let (places, pages, isOver) = try index.database.read { database in
            try Self.nextPlaces(search, in: database)
        }
        guard !pages.isEmpty else {
            search.place = places.upperBound
            return isOver ? nil : .looked
        }
        let removed = try index.database.read { try RetiredPages.all(in: $0) }
        let record = RetireRecord(
            places: places,
            finishedBefore: search.cutoffs.finishedBefore,
            deadBefore: search.cutoffs.deadBefore,
            removed: removed
        )
        try write(record, repeating: false, now)
        try follower.catchUp()
        let gone = try pages.filter { try !index.hasPage($0.position) }
        let dead = try withCore { core in
            core.memory.isRetiring = false
            return core.memory.open.forgetDead(gone.flatMap(\.messages))
        }
        search.place = places.upperBound
        return .retired(pages: gone.count, dead: dead)
    }

    /// Writes which pages are removed, with or without what the queue's state is.
    func write(_ record: RetireRecord, repeating state: Bool, _ now: Instant) throws {
        try checkUsable()
        do {
            try withCore { core in
                let place = try core.retire(record, repeating: state, now: now)
                try follow(core, place)
            }
        } catch {
            note(QueueFailure(error, path: index.path))
            throw error
        }
    }

    /// The next places to look at and the pages that go; and whether there is nothing behind them.
    private static func nextPlaces(
        _ search: RetentionProgress.Search,
        in database: Database
    ) throws -> (places: Range<Int>, pages: [RetiredPage], isOver: Bool) {
        let last = try Row.fetchOne(
            database,
            sql: """
                SELECT max(position), count(*) FROM (
                    SELECT position FROM page WHERE position >= ? AND entered_at_ms < ?
                    ORDER BY position LIMIT \(lookedAtMax)
                )
                """,
            arguments: [search.place, search.cutoffs.latest.milliseconds]
        )
        guard let last, let end = last[0] as Int? else {
            return (search.place..<search.place, [], true)
        }
        let record = RetireRecord(
            places: search.place..<end + 1,
            finishedBefore: search.cutoffs.finishedBefore,
            deadBefore: search.cutoffs.deadBefore
        )
        let pages = try RetiredPage.find(record, limit: retiredMax, in: database)
        let isAll = pages.count < retiredMax
        let bound = isAll ? end + 1 : (pages.last?.position ?? end) + 1
        return (search.place..<bound, pages, isAll && (last[1] as Int) < lookedAtMax)
    }
}

// Bodies.
extension LogJournal {
    /// Segments that are looked at in one step; each may need some open messages to be read.
    private static let segmentsLookedAtMax = 64

    /// Removes the oldest segment that may go; `nil` when none may.
    private func removeBodies(
        _ limits: RetentionPolicy.Limits,
        _ now: Instant
    ) throws -> RetentionStep? {
        guard !limits.keepsEverything else { return nil }
        let segments = try SegmentStore.numbers(files).map { number in
            (number, try files.open(SegmentStore.path(number), .reading).size())
        }
        let bytes = segments.reduce(0) { $0 + $1.1 }
        // The last one is being written.
        for (number, size) in segments.dropLast().prefix(Self.segmentsLookedAtMax) {
            let use = try index.database.read { try SegmentUse(of: number, in: $0) }
            let isTooMuch = limits.bytesMax.map { bytes > $0 } ?? false
            let isTooOld = limits.ageMax.map { now - use.lastAt > $0 } ?? false
            guard isTooMuch || isTooOld else { break }
            let open = try withCore { use.open(in: $0.memory.open) }
            if try use.isNeeded(by: open, reader) { continue }
            let path = SegmentStore.path(number)
            try files.remove(path)
            try files.syncDirectory("segments")
            return .removedBodies(path: path, bytes: size)
        }
        return nil
    }
}

extension JournalCore {
    /// Writes which pages are removed.
    mutating func retire(
        _ record: RetireRecord,
        repeating state: Bool = false,
        now: Instant
    ) throws(QueueFailure) -> LogPlace {
        builder.removeAll()
        if state {
            for stage in StageName.allCases where memory.paused.contains(stage) {
                builder.addPaused(stage, true)
            }
            for (stage, lanes) in memory.laneHolds {
                for (lane, until) in lanes where until > now {
                    builder.addLaneHeld(stage, lane: lane, until: until)
                }
            }
        }
        builder.add(record)
        let place = try log.append(builder, firstPosition: memory.nextPosition, at: now)
        if !record.places.isEmpty {
            memory.retiredBefore = max(memory.retiredBefore, record.places.upperBound)
            memory.isRetiring = true
        }
        reader.add(firstPosition: memory.nextPosition, at: place)
        return place
    }
}

extension RetiredPages {
    /// All pages that were removed since the journal was made.
    static func all(in database: Database) throws -> [RetiredPages] {
        try IndexSchema.removedPages(in: database).sorted {
            ($0.key.outcome, $0.key.reason) < ($1.key.outcome, $1.key.reason)
        }
        .map { total, pages in
            RetiredPages(
                outcome: total.outcome,
                reason: total.reason.isEmpty ? nil : total.reason,
                pages: pages
            )
        }
    }
}

extension OpenSet {
    /// Forgets that messages were given up; how many were, by stage.
    mutating func forgetDead(_ positions: [Int]) -> [StageName: Int] {
        var forgotten: [StageName: Int] = [:]
        for position in positions {
            for stage in StageName.allCases where isDead(position, stage) {
                setDead(position, stage, false)
                forgotten[stage, default: 0] += 1
            }
        }
        return forgotten
    }

    /// Open messages up to a place, in no order; no more than so many.
    func positions(through last: Int, limit: Int) -> [Int] {
        var found: [Int] = []
        for stage in StageName.allCases {
            for priority in MessageClass.allCases {
                var place = 0
                while found.count < limit, let next = next(stage, priority, after: place),
                    next <= last
                {
                    found.append(next)
                    place = next
                }
            }
        }
        return found
    }
}

import FoundationEssentials
import GRDB
import WirecopyMessages

// Ends of transactions.
extension IndexWriter {
    /// Makes room in the batch for what follows.
    func flushPages(next position: Int) throws {
        try flushPages()
        pages.begin(at: position)
    }

    func flushPages() throws {
        for change in pages.changes {
            if let entry = change.entry {
                try insert(change, entry)
            } else {
                try update(change)
            }
        }
    }

    private func insert(_ change: PageBatch.Change, _ entry: PageBatch.Entry) throws {
        var steps = PageSteps(page: change.position)
        steps.append(change.steps)
        let row = statements.insertPage
        row.bind(1, change.position)
        row.bind(2, words: entry.root.words)
        row.bind(3, entry.subject)
        row.bind(4, entry.lane)
        row.bind(5, entry.at.milliseconds)
        row.bind(6, change.opened)
        if case .ended(let end, let at) = change.end {
            row.bind(7, end.outcome)
            row.bind(8, end.reason)
            row.bind(9, end.article)
            row.bind(10, at.milliseconds)
            count(end.outcome, end.reason, 1)
        } else {
            for column in Int32(7)...10 { row.bind(column, nil as Int?) }
            countInFlight(open: change.opened, 1)
        }
        row.bind(11, bytes: steps.bytes)
        try row.run()
    }

    private func update(_ change: PageBatch.Change) throws {
        let old = statements.readPage
        old.bind(1, change.position)
        // A page whose first message is damaged has no row.
        guard try old.step() else { return }
        var (outcome, reason, article, closedAt) = (
            old.text(1), old.text(2), old.text(3), old.optionalNumber(4)
        )
        var steps = PageSteps(page: change.position, old.bytes(5))
        let wasOpen = old.number(0)
        old.reset()
        steps.append(change.steps)
        let isOpen = wasOpen + change.opened
        if let outcome { count(outcome, reason, -1) } else { countInFlight(open: wasOpen, -1) }
        switch change.end {
        case .unchanged: break
        case .inFlight: (outcome, reason, article, closedAt) = (nil, nil, nil, nil)
        case .ended(let end, let at):
            (outcome, reason, article) = (end.outcome, end.reason, end.article)
            closedAt = at.milliseconds
        }
        if let outcome { count(outcome, reason, 1) } else { countInFlight(open: isOpen, 1) }
        let row = statements.updatePage
        row.bind(1, change.position)
        row.bind(2, isOpen)
        row.bind(3, outcome)
        row.bind(4, reason)
        row.bind(5, article)
        row.bind(6, closedAt)
        row.bind(7, bytes: steps.bytes)
        try row.run()
    }

    func count(_ outcome: String, _ reason: String?, _ pages: Int) {
        totals[PageTotal(outcome: outcome, reason: reason ?? ""), default: 0] += pages
    }

    private func countInFlight(open: Int, _ pages: Int) {
        totals[open > 0 ? .inFlight : .lost, default: 0] += pages
    }

    func flushChunks() throws {
        for (set, chunk) in open.takeChanged() {
            let key = set << 40 | chunk
            if let old = chunkChecksums.removeValue(forKey: key) { checkpoint.chunks ^= old }
            if let bits = open.sets[set].bytes(ofChunk: chunk) {
                let checksum = Self.checksum(bits, key)
                chunkChecksums[key] = checksum
                checkpoint.chunks ^= checksum
                statements.setChunk.bind(1, key)
                statements.setChunk.bind(2, bytes: bits)
                try statements.setChunk.run()
            } else {
                statements.deleteChunk.bind(1, key)
                try statements.deleteChunk.run()
            }
        }
    }

    private static func checksum(_ bits: [UInt8], _ key: Int) -> UInt64 {
        Checksum.of(bits) &+ UInt64(key) &* 0x9E37_79B1_85EB_CA87
    }

    func seal() throws {
        runs += 1
        for kind in [IndexLookup.Kind.root, .subject] {
            for row in IndexLookup.rows(unsealed, kind, run: runs) {
                statements.insertLookup.bind(1, row.key)
                statements.insertLookup.bind(2, bytes: row.entries)
                try statements.insertLookup.run()
            }
        }
        let row = statements.insertRun
        row.bind(1, runs)
        row.bind(2, unsealed.last?.position ?? 0)
        row.bind(3, unsealedMilliseconds?.lowerBound ?? 0)
        row.bind(4, unsealedMilliseconds?.upperBound ?? 0)
        try row.run()
        if let range = unsealedMilliseconds {
            sealed.append(IndexRun(last: unsealed.last?.position ?? 0, milliseconds: range))
        }
        unsealed.removeAll(keepingCapacity: true)
        unsealedMilliseconds = nil
    }

    /// Runs that were stored since the last call.
    func takeSealed() -> [IndexRun] {
        defer { sealed = [] }
        return sealed
    }

    func load(from database: Database) throws {
        let chunks = try Row.fetchCursor(database, sql: "SELECT chunk, bits FROM open_chunk")
        while let row = try chunks.next() {
            let (key, bits) = (row[0] as Int, Array(row[1] as Data))
            open.load(bits, set: key >> 40, chunk: key & (1 << 40 - 1))
            chunkChecksums[key] = Self.checksum(bits, key)
        }
        guard chunkChecksums.values.reduce(0, ^) == checkpoint.chunks else {
            throw DatabaseError(
                resultCode: .SQLITE_CORRUPT,
                message: "What the index says of open messages is damaged."
            )
        }
        runs = try Int.fetchOne(database, sql: "SELECT max(number) FROM run") ?? 0
        lastWord = try Int.fetchOne(database, sql: "SELECT max(id) FROM word") ?? 0
        keyed = Set(try Int.fetchAll(database, sql: "SELECT position FROM open_key"))
        let sealed = try IndexLookup.sealedPosition(in: database)
        let rows = try Row.fetchCursor(
            database,
            sql: "SELECT position, root, subject FROM page WHERE position >= ?",
            arguments: [sealed]
        )
        while let row = try rows.next() {
            guard let root = MessageID(bytes: Array(row[1] as Data)) else { continue }
            unsealed.append(
                IndexLookup.Page(
                    root: root.lookupHash,
                    subject: Checksum.of(row[2] as String),
                    position: row[0]
                )
            )
            let milliseconds = root.milliseconds
            let range = unsealedMilliseconds ?? milliseconds...milliseconds
            unsealedMilliseconds =
                min(range.lowerBound, milliseconds)...max(range.upperBound, milliseconds)
        }
    }

    /// Keeps what was found damaged, for reports.
    func noteDamage(
        _ findings: [LogFinding],
        now: Instant,
        in database: Database
    ) throws {
        for damage in findings.flatMap(\.damages) {
            try database.execute(
                sql: "INSERT INTO damage(at_ms, path, sentence) VALUES (?, ?, ?)",
                arguments: [now.milliseconds, damage.path, damage.sentence]
            )
        }
    }
}

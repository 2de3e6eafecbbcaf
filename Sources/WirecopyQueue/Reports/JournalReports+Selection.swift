import FoundationEssentials
import GRDB
package import WirecopyMessages

// Messages that an operator selects.
extension JournalReports {
    /// Candidates that are looked at in one query: a few megabytes.
    private static let candidatesMax = 1 << 16
    /// How long one query with a condition of an operator may take; a walk through ten million
    /// messages is about as long.
    private static let foreignTimeMax = Duration.seconds(20)

    /// A message that the conditions on the index hold for.
    private struct Candidate {
        let position: Int
        let bytes: Int
        let lane: Int
        let kind: Int
        let page: Int

        init(_ row: Row) {
            position = row[0]
            bytes = row[1]
            lane = row[2]
            kind = row[3]
            page = row[4]
        }
    }

    /// Candidates in the order of places, and where the next ones begin.
    private struct Candidates {
        var found: [Candidate] = []
        var next: Int?
    }

    /// How many messages are selected, their bytes, their hosts, and the last place.
    package func count(_ selection: MessageSelection) throws(QueueFailure) -> ReplayReport {
        var report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
        var lanes: [Int: Int] = [:]
        var after: Int? = 0
        try follower?.catchUp()
        while let place = after {
            let candidates = try candidates(selection, after: place, limit: Self.candidatesMax)
            for candidate in candidates.found {
                report.count += 1
                report.bytes += candidate.bytes
                lanes[candidate.lane, default: 0] += 1
            }
            report.through = candidates.found.last?.position ?? report.through
            after = candidates.next
        }
        let largest = lanes.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        report.hosts = try readingIndexed { database in
            var hosts: [String: Int] = [:]
            for (lane, messages) in largest.prefix(ReplayReport.hostsMax) {
                let name = try String.fetchOne(
                    database,
                    sql: "SELECT text FROM word WHERE id = ?",
                    arguments: [lane]
                )
                hosts[name ?? ""] = messages
            }
            return hosts
        }
        return report
    }

    /// The next places that are selected, ascending, as far as the index knows.
    package func positions(
        _ selection: MessageSelection,
        after position: Int,
        limit: Int
    ) throws(QueueFailure) -> [Int] {
        var positions: [Int] = []
        var after: Int? = position
        // Mostly all candidates are selected; where few are, more are looked at each time.
        var wanted = min(max(1, limit), Self.candidatesMax)
        while let place = after, positions.count < limit {
            defer { wanted = min(2 * wanted, Self.candidatesMax) }
            let candidates = try candidates(selection, after: place, limit: wanted)
            positions += candidates.found.prefix(limit - positions.count).map(\.position)
            after = candidates.next
        }
        return positions
    }

    private func candidates(
        _ selection: MessageSelection,
        after position: Int,
        limit: Int
    ) throws(QueueFailure) -> Candidates {
        let (open, places) = try readingIndexed { database in
            let open = selection.needsOpenSet ? try OpenSet(in: database) : nil
            let places = try Self.places(selection, open, after: position, limit, in: database)
            return (open, places)
        }
        let query = selection.query(places: places, limit: limit)
        let arguments = StatementArguments(
            selection.parts.compactMap(\.argument) + [position.databaseValue]
        )
        let rows = try rows(query, arguments, isForeign: selection.condition != nil, open)
        var candidates = Candidates()
        if let places {
            candidates.next = places.count < limit ? nil : places.last
        } else {
            candidates.next = rows.count < limit ? nil : rows.last?.position
        }
        candidates.found = try standing(rows, selection, open)
        guard let version = selection.doneVersion else { return candidates }
        let standing = candidates.found
        candidates.found = try readingIndexed { database in
            try standing.filter { candidate in
                let made = try output(of: candidate.position, in: database)
                return made?.stageVersion == version
            }
        }
        return candidates
    }

    /// Those that stand where they must.
    private func standing(
        _ rows: [Candidate],
        _ selection: MessageSelection,
        _ open: OpenSet?
    ) throws(QueueFailure) -> [Candidate] {
        guard let first = rows.first, let last = rows.last else { return [] }
        if let open {
            return rows.filter { selection.standing.holds(for: $0.position, in: open) }
        }
        let near = try readingIndexed { database in
            try OpenSet(in: database, around: first.position...last.position)
        }
        return rows.filter { selection.standing.holds(for: $0.position, in: near) }
    }

    private func rows(
        _ query: String,
        _ arguments: StatementArguments,
        isForeign: Bool,
        _ open: OpenSet?
    ) throws(QueueFailure) -> [Candidate] {
        guard isForeign, let open else {
            return try readingIndexed { database in
                try Row.fetchAll(database, sql: query, arguments: arguments).map(Candidate.init)
            }
        }
        do {
            let guarded = try GuardedConnection(path: path, open: open)
            return try guarded.read(within: Self.foreignTimeMax) { database in
                try Row.fetchAll(database, sql: query, arguments: arguments).map(Candidate.init)
            }
        } catch let failure as DatabaseError {
            throw Self.refusal(failure)
        } catch {
            throw QueueFailure(error, path: path)
        }
    }

    /// The places that can be selected at all, behind another; `nil` when any can.
    ///
    /// A page is known by its address and a dead letter by its bitmap; without them the index
    /// would be walked through.
    private static func places(
        _ selection: MessageSelection,
        _ open: OpenSet?,
        after position: Int,
        _ limit: Int,
        in database: Database
    ) throws -> [Int]? {
        var places: [Int]
        if !selection.places.isEmpty {
            places = selection.places
        } else if let url = selection.url {
            places = try Self.pages(ofSubject: url, limit: limit, in: database)
                .flatMap { try steps(ofPage: $0, in: database) }
        } else if case .dead = selection.standing, let open {
            let stages = StageName.allCases.filter {
                selection.stage == nil || selection.stage == $0
            }
            places = stages.flatMap { open.dead(of: $0, after: position, limit: limit) }
        } else {
            return nil
        }
        if let url = selection.url, !selection.places.isEmpty {
            let pages = try Self.pages(ofSubject: url, limit: limit, in: database)
            let own = Set(try pages.flatMap { try steps(ofPage: $0, in: database) })
            places = places.filter(own.contains)
        }
        places.removeAll { $0 <= position }
        return Array(places.sorted().prefix(limit))
    }

    private static func refusal(_ failure: DatabaseError) -> QueueFailure {
        let sentence =
            switch failure.resultCode {
            case .SQLITE_INTERRUPT:
                "The condition took longer than \(foreignTimeMax.components.seconds) s and was "
                    + "stopped; name the stage, the host or the time too."
            case .SQLITE_AUTH:
                "The condition reads or calls something that it may not; it may use the columns "
                    + "of queue_message and plain functions of texts, numbers and times."
            default:
                "The condition cannot be used: "
                    + "\(failure.message ?? failure.resultCode.description)."
            }
        return QueueFailure(.requestInvalid, sentence)
    }
}

extension MessageSelection {
    /// Whether it asks for more of the open and dead messages than those around the candidates.
    fileprivate var needsOpenSet: Bool {
        if case .dead = standing { return true }
        return condition != nil
    }
}

extension MessageSelection.Standing {
    /// Whether a message stands where it must.
    fileprivate func holds(for position: Int, in open: OpenSet) -> Bool {
        switch self {
        case .anywhere: true
        case .closed: !open.isOpen(position)
        case .dead: StageName.allCases.contains { open.isDead(position, $0) }
        }
    }
}

extension OpenSet {
    /// Dead letters of a stage behind a place, ascending.
    fileprivate func dead(of stage: StageName, after position: Int, limit: Int) -> [Int] {
        let letters = sets[Self.number(deadOf: stage)]
        var found: [Int] = []
        var place = letters.next(after: position)
        while let next = place, found.count < limit {
            found.append(next)
            place = letters.next(after: next)
        }
        return found
    }
}

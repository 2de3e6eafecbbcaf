import WirecopyMessages
import WirecopyStories

/// Owns the connection through which one process writes a store.
///
/// Articles that wait at the same time go into one transaction, so that the disk is waited for once
/// a group. The first caller leads: it commits its own article and those that wait, hands the lead
/// on, and waits for the disk beside the next leader's transaction. An outcome is given only after
/// the commit is on disk.
package actor StoreWriter {
    /// Articles in one transaction, a quarter of a second's work: with half as many, the search
    /// indexes and the pages that each commit writes took an eighth more time.
    package static let groupMax = 512
    /// Callers that keep a writer busy: while a group is written, the next one is made ready. With
    /// those of one group only, the processors wait for each other.
    package static let callersMax = 2 * groupMax
    /// Bytes of text in one transaction, so that a group of long articles does not hold others up.
    package static let groupMaxBytes = 8 << 20

    private let connection: any WritingConnection
    private let stories: StoryDesk
    private let names = KnownNames()
    private var waiting: [Waiter] = []
    private var isCommitting = false

    /// Opens a store for writing; makes it, or brings it up to date, when needed.
    ///
    /// - Throws: `StorageFailure` when the file cannot be opened, is no store, or a newer one.
    package static func open(
        _ configuration: StoreConfiguration
    ) async throws(StorageFailure) -> StoreWriter {
        for _ in 1..<openAttemptsMax {
            do {
                return try StoreWriter(StoreConnection.openForWriting(configuration))
            } catch  where [.busy, .failed, .rowRefused].contains(error.code) {
                // Two processes make the same new store: the other one's migration is done soon.
                try? await Task.sleep(for: openDelay)
            }
        }
        return try StoreWriter(StoreConnection.openForWriting(configuration))
    }

    /// Attempts to open a store that another process is just making.
    private static let openAttemptsMax = 5
    private static let openDelay = Duration.milliseconds(50)

    /// Takes a connection, and places the articles that have no story yet.
    ///
    /// - Throws: `StorageFailure` when the store cannot be read or written.
    init(_ connection: any WritingConnection) throws(StorageFailure) {
        self.connection = connection
        do {
            let knowledge = try StoryKnowledge.shipped()
            stories = try connection.writeWaiting { db in
                let desk = try StoryDesk(knowledge, db)
                try desk.placeAll(db)
                return desk
            }
        } catch let failure as StoryFailure {
            throw StorageFailure(.notOpened, failure.message)
        } catch {
            throw StorageFailure(error, attempt: "place the articles among the stories")
        }
    }

    /// Writes an article and waits until it is on disk.
    ///
    /// The number of callers that wait is bounded by the slots of the worker.
    func write(
        _ record: ArticleRecord,
        of message: MessageID,
        now: Instant
    ) async throws(StorageFailure) -> Outcome {
        let entry = Entry(record: record, message: message, now: now)
        guard isCommitting else {
            isCommitting = true
            return try await lead(entry)
        }
        switch await withCheckedContinuation({ waiting.append(Waiter(entry: entry, turn: $0)) }) {
        case .settled(let outcome): return try outcome.get()
        case .lead: return try await lead(entry)
        }
    }

    /// Commits a group, hands the lead to the first who came meanwhile, and tells the group's
    /// callers what came of it once that is on disk.
    private func lead(_ entry: Entry) async throws(StorageFailure) -> Outcome {
        let followers = takeFollowers(of: entry)
        let group = Group(leader: entry, followers: followers.map(\.entry))
        let committed = await commit(group)
        handOn()
        let outcomes = await madeDurable(committed, of: group)
        for (follower, outcome) in zip(followers, outcomes.followers) {
            follower.turn.resume(returning: .settled(outcome))
        }
        return try outcomes.leader.get()
    }

    /// Lets the next group's transaction begin.
    private func handOn() {
        if waiting.isEmpty {
            isCommitting = false
        } else {
            waiting.removeFirst().turn.resume(returning: .lead)
        }
    }

    /// Waits until what was committed is on disk; articles of which nobody knows that fail.
    private func madeDurable(_ committed: Outcomes, of group: Group) async -> Outcomes {
        do {
            try await connection.makeDurable()
            return committed
        } catch {
            return committed.failing(StorageFailure(error, attempt: group.attempt))
        }
    }

    private func takeFollowers(of leader: Entry) -> [Waiter] {
        var bytes = leader.record.text.count
        let followers = waiting.prefix(Self.groupMax - 1).prefix { waiter in
            bytes += waiter.entry.record.text.count
            return bytes <= Self.groupMaxBytes
        }
        waiting.removeFirst(followers.count)
        return Array(followers)
    }

    /// Writes all in one transaction. When one of them cannot be written, each is written in a
    /// transaction of its own, so that it fails alone.
    ///
    /// Why no savepoints: FTS5 writes its index out at each, as `SearchIndex` tells.
    private func commit(_ group: Group) async -> Outcomes {
        do {
            let outcomes = try await write(group)
            return Outcomes(
                leader: .success(outcomes[0]),
                followers: outcomes.dropFirst().map { .success($0) }
            )
        } catch  where !group.followers.isEmpty && Self.concernsOneArticle(error) {
            let leader = await commit(Group(leader: group.leader, followers: [])).leader
            var followers: [WriteOutcome] = []
            for entry in group.followers {
                followers.append(await commit(Group(leader: entry, followers: [])).leader)
            }
            return Outcomes(leader: leader, followers: followers)
        } catch {
            let failure = WriteOutcome.failure(StorageFailure(error, attempt: group.attempt))
            return Outcomes(leader: failure, followers: group.followers.map { _ in failure })
        }
    }

    /// Runs a group's transaction. After one that failed nothing is remembered: another process may
    /// write next, so that the store looks as if this one had gone on.
    private func write(_ group: Group) async throws -> [Outcome] {
        do {
            return try await connection.commit { [stories, names] db in
                try group.write(to: db, stories, names)
            }
        } catch {
            stories.forget()
            throw error
        }
    }

    /// The disk and the locks are all articles' concern, the content of a row is one's.
    private static func concernsOneArticle(_ error: any Error) -> Bool {
        StorageFailure(error, attempt: "write").code == .rowRefused
    }
}

extension StoreWriter {
    /// Written or not, each article by itself.
    typealias WriteOutcome = Result<Outcome, StorageFailure>

    /// What a waiting caller is told.
    private enum Turn: Sendable {
        case settled(WriteOutcome)
        case lead
    }

    private struct Waiter: Sendable {
        let entry: Entry
        let turn: CheckedContinuation<Turn, Never>
    }

    private struct Entry: Sendable {
        let record: ArticleRecord
        let message: MessageID
        let now: Instant
    }

    private struct Outcomes: Sendable {
        let leader: WriteOutcome
        let followers: [WriteOutcome]

        /// The same, but nothing that was written counts.
        func failing(_ failure: StorageFailure) -> Outcomes {
            Outcomes(
                leader: leader.flatMap { _ in .failure(failure) },
                followers: followers.map { $0.flatMap { _ in .failure(failure) } }
            )
        }
    }

    /// The articles of one transaction.
    private struct Group: Sendable {
        let leader: Entry
        let followers: [Entry]

        /// Writes all in the transaction at hand and says what came of each.
        func write(
            to db: StoreDatabase,
            _ stories: StoryDesk,
            _ names: KnownNames
        ) throws -> [Outcome] {
            let isKnown = try stories.begin(db)
            let entries = [leader] + followers
            let outcomes = try PlacingLine.during(db, stories) { placing in
                var recorder = try ArticleRecorder(
                    db: db,
                    placing: placing,
                    names: names,
                    isStoreKnown: isKnown
                )
                try recorder.lookAhead(entries.map(\.record), of: entries.map(\.message))
                let outcomes = try entries.map { entry in
                    try recorder.record(entry.record, of: entry.message, now: entry.now)
                }
                try recorder.finish(now: leader.now)
                return outcomes
            }
            try stories.finish(db)
            return outcomes
        }

        /// What is attempted, as a verb phrase.
        var attempt: String {
            followers.isEmpty
                ? "write the article \(leader.record.identity.url)"
                : "write \(followers.count + 1) articles"
        }
    }
}

import Synchronization
package import WirecopyMessages

/// Something for the thread that writes the journal.
package struct JournalJob: Sendable {
    /// What is to be done.
    package enum Work: Sendable {
        /// Make these changes, all in one transaction.
        case change([JournalChange])
        /// Read the next messages of a class.
        case refill(RefillRequest)
        /// Find out which of these messages are open.
        case lookUp([Int])
    }

    /// Names the job in its answer.
    package let id: Int
    /// What is to be done.
    package let work: Work

    /// Makes a job.
    package init(id: Int, _ work: Work) {
        self.id = id
        self.work = work
    }
}

/// What became of a job.
package enum JournalJobAnswer: Sendable, Equatable {
    /// The changes are on disk; one answer a change.
    case changed(id: Int, [JournalAnswer])
    /// What was read.
    case entries(id: Int, [QueueEntry])
    /// The journal must not be used any more; nothing of what waits was done.
    case broken(QueueFailure)
}

/// Does journal jobs in order, and puts everything that waits into one transaction.
///
/// There is no linger: while one commit is synced the next group gathers by itself.
package final class GroupCommit: Sendable {
    /// Messages that one transaction stores at most; the gain of larger groups is below a tenth.
    package static let messagesMax = 1024
    /// Bytes of content that one transaction stores at most, unless one job alone has more; they
    /// take the disk some 30 ms, which everybody else waits.
    package static let bytesMax = 8 << 20

    private let journal: any Journal
    private let now: @Sendable () -> Instant
    private let meter: JournalMeter
    /// Set by the first failure: after a failed sync nobody knows what the disk holds.
    private let isBroken = Mutex(false)

    /// Commits to a journal; `now` gives the instants that are stored.
    package init(
        to journal: any Journal,
        meter: JournalMeter = JournalMeter(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.journal = journal
        self.meter = meter
        self.now = now
    }

    /// Does the jobs, and answers after each transaction; does nothing once the journal broke.
    package func run(_ jobs: [JournalJob], _ answer: ([JournalJobAnswer]) -> Void) {
        guard !isBroken.withLock({ $0 }) else { return }
        var group = Group()
        do {
            for job in jobs {
                switch job.work {
                case .change(let changes):
                    if !group.hasRoom { try commit(&group, answer) }
                    group.add(job.id, changes)
                case .refill(let request):
                    try commit(&group, answer)
                    answer([.entries(id: job.id, try journal.openEntries(request))])
                case .lookUp(let positions):
                    try commit(&group, answer)
                    answer([.entries(id: job.id, try journal.openEntries(at: positions))])
                }
            }
            try commit(&group, answer)
        } catch {
            isBroken.withLock { $0 = true }
            answer([.broken(error)])
        }
    }

    private func commit(
        _ group: inout Group,
        _ answer: ([JournalJobAnswer]) -> Void
    ) throws(QueueFailure) {
        defer { group = Group() }
        guard !group.ids.isEmpty else { return }
        let start = ContinuousClock.now
        var answers = try store(group.changes)[...]
        meter.committed(messages: group.changes.count, in: .now - start)
        var reports: [JournalJobAnswer] = []
        for (id, count) in zip(group.ids, group.counts) {
            reports.append(.changed(id: id, Array(answers.prefix(count))))
            answers = answers.dropFirst(count)
        }
        answer(reports)
    }

    private func store(_ changes: [JournalChange]) throws(QueueFailure) -> [JournalAnswer] {
        do {
            return try journal.commit(changes, now: now())
        } catch  where error.code == .storageFull {
            // Together they do not fit; the small ones may. One transaction each.
            var answers: [JournalAnswer] = []
            for change in changes { answers.append(try storeAlone(change)) }
            return answers
        } catch {
            throw error
        }
    }

    private func storeAlone(_ change: JournalChange) throws(QueueFailure) -> JournalAnswer {
        do {
            return try journal.commit([change], now: now()).first ?? .storageFull
        } catch  where error.code == .storageFull {
            return .storageFull
        } catch {
            throw error
        }
    }

    /// Jobs whose changes go into one transaction.
    private struct Group {
        var ids: [Int] = []
        var counts: [Int] = []
        var changes: [JournalChange] = []
        private var messages = 0
        private var bytes = 0

        var hasRoom: Bool {
            ids.isEmpty || (messages < messagesMax && bytes < bytesMax)
        }

        mutating func add(_ id: Int, _ changes: [JournalChange]) {
            ids.append(id)
            counts.append(changes.count)
            self.changes.append(contentsOf: changes)
            for message in changes.lazy.flatMap(\.stored) {
                messages += 1
                bytes += message.contentBytes
            }
        }
    }
}

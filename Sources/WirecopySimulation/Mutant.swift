import Synchronization
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// A part that lies, put in the place of an honest one to see whether the simulation notices.
package enum Mutant: String, CaseIterable, Sendable {
    /// A drive whose sync does nothing.
    case idleSync = "idle-sync"
    /// A journal that answers before the group is written.
    case earlyAnswer = "early-answer"
    /// A journal that forgets outputs of acknowledgements when it is opened again.
    case forgottenOutputs = "forgotten-outputs"
    /// A broker that never delivers again what a worker gave back.
    case lostRelease = "lost-release"
}

/// A journal that answers a group first and writes it when the next one comes.
final class EarlyJournal: Journal {
    let name: String
    private let journal: any Journal
    private let reference: InMemoryJournal
    private let unwritten = Mutex<[(changes: [JournalChange], now: Instant)]>([])

    /// Answers from a copy of what the journal holds; the copy is the caller's.
    init(_ journal: any Journal, answeringFrom reference: InMemoryJournal) {
        self.journal = journal
        self.reference = reference
        name = journal.name
    }

    func state() throws(QueueFailure) -> JournalState { try reference.state() }

    func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        let groups = unwritten.withLock { groups in
            defer { groups = [(changes, now)] }
            return groups
        }
        for group in groups { _ = try journal.commit(group.changes, now: group.now) }
        return try reference.commit(changes, now: now)
    }

    func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        try reference.openEntries(request)
    }

    func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try reference.openEntries(at: positions)
    }

    func message(at position: Int) throws(QueueFailure) -> Message {
        try reference.message(at: position)
    }
}

/// Places that a forgetful journal will not know of when it is opened again.
final class ForgottenPlaces: Sendable {
    /// One in so many acknowledgements is forgotten.
    private static let interval = 5

    private let state = Mutex<(places: Set<Int>, count: Int)>(([], 0))

    var places: Set<Int> { state.withLock { $0.places } }

    func note(_ answer: JournalAnswer) {
        guard case .acknowledged(let entries) = answer else { return }
        state.withLock { state in
            state.count += 1
            guard state.count % Self.interval == 0 else { return }
            state.places.formUnion(entries.compactMap { $0?.position })
        }
    }
}

/// A journal that knows everything until it is closed.
final class ForgetfulJournal: Journal {
    let name: String
    private let journal: any Journal
    private let forgotten: ForgottenPlaces
    private let hidden: Set<Int>

    init(_ journal: any Journal, _ forgotten: ForgottenPlaces) {
        self.journal = journal
        self.forgotten = forgotten
        hidden = forgotten.places
        name = journal.name
    }

    func state() throws(QueueFailure) -> JournalState { try journal.state() }

    func commit(
        _ changes: [JournalChange],
        now: Instant
    ) throws(QueueFailure) -> [JournalAnswer] {
        let answers = try journal.commit(changes, now: now)
        for answer in answers { forgotten.note(answer) }
        return answers
    }

    func openEntries(_ request: RefillRequest) throws(QueueFailure) -> [QueueEntry] {
        try journal.openEntries(request).filter { !hidden.contains($0.position) }
    }

    func openEntries(at positions: [Int]) throws(QueueFailure) -> [QueueEntry] {
        try journal.openEntries(at: positions.filter { !hidden.contains($0) })
    }

    func message(at position: Int) throws(QueueFailure) -> Message {
        try journal.message(at: position)
    }
}

/// A shell around an honest core that makes it look as if released leases were lost: what was given
/// back is never sent again, and its lease is renewed for ever.
struct LosingShell {
    private var released: Set<Int> = []
    private var kept: [(route: RoutingID, leases: [LeaseID])] = []

    /// Listens to what peers say.
    mutating func hear(_ frames: [[UInt8]]) {
        guard case .drain(let unstarted)? = try? QueueCommand(frames: frames) else { return }
        released.formUnion(unstarted.map(\.position))
    }

    /// Whether a parcel gets lost.
    mutating func swallows(_ parcel: Parcel) -> Bool {
        guard !released.isEmpty,
            case .deliver(let deliveries)? = try? BrokerReply(
                frames: Array(parcel.frames.dropFirst())
            )
        else { return false }
        let lost = deliveries.map(\.lease).filter { released.contains($0.position) }
        guard !lost.isEmpty else { return false }
        kept.append((parcel.route, deliveries.map(\.lease)))
        return true
    }

    /// What the core hears so that no lease runs out.
    var renewals: [(route: RoutingID, frames: [[UInt8]])] {
        kept.map { ($0.route, QueueCommand.extend($0.leases).frames) }
    }
}

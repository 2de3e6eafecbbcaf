import Synchronization
import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// The time that a broker's journal thread sees.
final class SimulatedClock: Sendable {
    private let milliseconds = Mutex(0)

    var now: Instant {
        get { Instant(milliseconds: milliseconds.withLock { $0 }) }
        set { milliseconds.withLock { $0 = newValue.milliseconds } }
    }
}

/// One life of the broker's process: the real core, and what its shell has in hand.
final class BrokerProcess {
    let life: Int
    var core: BrokerCore
    let journal: any Journal
    let commit: GroupCommit
    let desk: AdminDesk
    let clock: SimulatedClock
    /// What its clock is ahead of the true time, in milliseconds.
    let offset: Int
    /// What the core wants; kept between turns for its storage.
    var actions: [BrokerAction] = []
    var storing: [JournalJob] = []
    /// True while the journal's thread is at work.
    var isStoring = false
    var loading: [LoadJob] = []
    var asking: [AdminJob] = []
    /// True while the end of a turn is entered.
    var turnIsDue = false
    var tickAt: Int?
    /// Stages that the core knows to be held, and of which nothing is on its way to a peer.
    var paused: Set<StageName>
    /// Stages that the core knows to be held, while deliveries leased before may still go out.
    var pausing: Set<StageName> = []
    /// True when a delivery that goes out now was leased now: none waits for its peer or is read.
    var isPrompt = true
    /// Stages that a job pauses or resumes, by the job's number.
    var pauses: [Int: (stage: StageName, isPaused: Bool)] = [:]

    init(
        life: Int,
        core: BrokerCore,
        journal: any Journal,
        desk: AdminDesk,
        clock: SimulatedClock,
        offset: Int,
        paused: Set<StageName>
    ) {
        self.life = life
        self.core = core
        self.journal = journal
        self.desk = desk
        self.clock = clock
        self.offset = offset
        self.paused = paused
        commit = GroupCommit(to: journal, now: { clock.now })
    }
}

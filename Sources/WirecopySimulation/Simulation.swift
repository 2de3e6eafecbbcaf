import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

/// The whole pipeline in one process: the broker's real core over a journal on a simulated disk,
/// workers, publishers and an operator, on a simulated network and clock, from one seed.
///
/// Nothing is real: no thread, socket, clock or file, so the same seed gives the same events. A
/// run has three parts, as TigerBeetle's VOPR has two: faults; rest, in which nothing goes wrong
/// and everything must come to its end within a bounded time; and a replay of all dead letters.
package final class Simulation {
    /// What a run is about to do.
    enum Phase {
        case faults
        /// Everything must come to rest until this moment.
        case rest(until: Int)
        /// Dead letters were replayed; everything must come to rest again.
        case replay(until: Int, round: Int)
        case over
    }

    /// How long everything may take to come to rest, in simulated milliseconds.
    static let restMilliseconds = 1_200_000
    /// An estimate must be right after so many checks, a second apart.
    static let wrongCountsMax = 10
    /// Events of one run at most; a run that needs more goes round in circles.
    static let eventsMax = 5_000_000

    /// The first moment, in milliseconds; late enough for clocks that go wrong by a year.
    static let start = 100_000_000_000

    let seed: Int
    let scenario: Scenario
    let plan: SimulationPlan
    let mutant: Mutant?
    var now = Simulation.start
    var events = EventQueue()
    var phase = Phase.faults
    var generator: SeededGenerator
    var world: World
    var trace: Trace
    var tally = SimulationTally()

    // The broker's machine.
    let disk: FaultyDisk
    let record = CommitRecord()
    let forgotten = ForgottenPlaces()
    var losingShell = LosingShell()
    var ledger = JournalLedger()
    /// Checks in a row at which a stage's count of open messages was not the journal's.
    var wrongCounts: [StageName: Int] = [:]
    var broker: BrokerProcess?
    var lives = 0
    /// What the machine's clock is ahead of the true time, in milliseconds.
    var clockOffset = 0
    /// The largest that this was.
    var clockErrorMax = 0
    /// Actions until the process dies; `nil` for never.
    var actionsLeft: Int?
    /// Whether a planned death takes the power with it.
    var deathTakesPower = false
    /// True once the disk was told to refuse something.
    var diskMayRefuse = false

    // The peers and their connections.
    var peers: [PeerSlot] = []
    var connections: [Connection] = []
    var routes: [RoutingID: Int] = [:]

    /// Makes the simulation of a seed.
    ///
    /// - Parameters:
    ///   - seed: decides everything.
    ///   - scenario: what goes wrong.
    ///   - pages: pages to publish; the seed decides when `nil`.
    ///   - mutant: a part that lies.
    ///   - linesMax: lines of events to keep; each costs time.
    package init(
        seed: Int,
        scenario: Scenario,
        pages: Int? = nil,
        mutant: Mutant? = nil,
        linesMax: Int = 0
    ) {
        self.seed = seed
        self.scenario = scenario
        self.mutant = mutant
        generator = SeededGenerator(seed: seed)
        plan = SimulationPlan(scenario, pages: pages, using: &generator)
        world = World(plan, generator.fork())
        trace = Trace(linesMax: linesMax)
        disk = FaultyDisk(honoursSync: mutant != .idleSync)
    }

    /// Runs to the end, or to the first thing that must not be.
    package func run() -> SimulationResult {
        begin()
        while world.findings.isEmpty, let (time, event) = events.removeFirst() {
            now = max(now, time)
            tally.events += 1
            handle(event)
            if case .over = phase { break }
            if tally.events >= Self.eventsMax {
                world.findings.append("\(Self.eventsMax) events did not bring it to its end.")
            }
        }
        return result()
    }

    private func begin() {
        addPeers()
        for (time, fault) in plan.faults { events.insert(.fault(fault), at: now + time) }
        events.insert(.heal, at: now + plan.faultsUntil)
        events.insert(.startBroker, at: now)
    }

    private func handle(_ event: SimulationEvent) {
        switch event {
        case .pump(let connection, let direction): pump(connection, direction)
        case .establish(let connection): establish(connection)
        case .brokerTurn(let life): withBroker(life) { endTurn($0) }
        case .brokerTick(let life): withBroker(life) { tick($0) }
        case .store(let life): withBroker(life) { store($0) }
        case .stored(let life, let answers): withBroker(life) { take(answers, $0) }
        case .load(let life): withBroker(life) { load($0) }
        case .answer(let life): withBroker(life) { answer($0) }
        case .wakePeer(let index): wake(index)
        case .startPeer(let index): startPeer(index)
        case .startBroker: startBroker()
        case .fault(let fault): strike(fault)
        case .heal: heal()
        case .checkRest: checkRest()
        }
    }

    private func withBroker(_ life: Int, _ body: (BrokerProcess) -> Void) {
        // Events of an earlier life ended with it.
        guard let broker, broker.life == life else { return }
        body(broker)
    }

    private func result() -> SimulationResult {
        tally.seeds = 1
        tally.failures = world.findings.isEmpty ? 0 : 1
        tally.faults.merge(world.faults) { $0 + $1 }
        tally.messages = ledger.rows.count
        tally.syncs = disk.syncCount
        tally.tornSectors = disk.tornSectors
        tally.simulatedMilliseconds = now - Self.start
        for root in world.roots {
            guard let page = world[root] else { continue }
            if page.stored.count > 1 + page.replays { tally.twice += 1 }
            guard page.isConfirmed else { continue }
            if record.reference.outcome(of: root) == nil { tally.lost += 1 }
        }
        return SimulationResult(
            seed: seed,
            findings: world.findings,
            digest: trace.digest,
            lines: trace.lines,
            tally: tally
        )
    }
}

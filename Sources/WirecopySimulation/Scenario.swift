/// What goes wrong in a simulation; each is a word on the command line.
package enum Scenario: String, CaseIterable, Sendable {
    /// Nothing.
    case calm
    /// Broker and workers are stopped gracefully and started again, over and over.
    case deploy
    /// The machine of the broker loses its power.
    case powerLoss = "power-loss"
    /// Processes are killed.
    case crashes
    /// Connections are cut, stand still and say things twice.
    case network
    /// The disk is full, or refuses writes and syncs.
    case disk
    /// The broker's clock jumps while it is down.
    case clock
    /// Pages kill workers, hang them and fail.
    case poison
    /// Publishers give more than anybody takes.
    case flood
    /// All of it.
    case storm
}

/// One thing that goes wrong.
package enum Fault: String, CaseIterable, Sendable {
    case brokerKilled = "broker_killed"
    case brokerKilledInCommit = "broker_killed_in_commit"
    case brokerKilledBetweenActions = "broker_killed_between_actions"
    case brokerStopped = "broker_stopped"
    case powerLost = "power_lost"
    case powerLostInCommit = "power_lost_in_commit"
    case workerKilled = "worker_killed"
    case workerFrozen = "worker_frozen"
    case workerStopped = "worker_stopped"
    case publisherKilled = "publisher_killed"
    case connectionCut = "connection_cut"
    case partition
    case halfOpen = "half_open"
    case diskFull = "disk_full"
    case writeRefused = "write_refused"
    case syncRefused = "sync_refused"
    case clockJumped = "clock_jumped"
    case pageKilledWorker = "page_killed_worker"
    case callFailed = "call_failed"
    case callSlow = "call_slow"
    case commandDoubled = "command_doubled"

    /// Whether it comes from what peers and pages do, at no planned moment.
    var isByTheWay: Bool {
        switch self {
        case .pageKilledWorker, .callFailed, .callSlow, .commandDoubled: true
        default: false
        }
    }
}

/// What a simulation does, drawn from its seed.
struct SimulationPlan {
    var pages = 24
    var publishers = 2
    var workersPerStage = 2
    var slots = 2
    /// Faults happen until this moment in milliseconds.
    var faultsUntil = 40_000
    var faults: [(time: Int, fault: Fault)] = []
    /// How many of a thousand commands of a peer arrive twice.
    var doubledPermille = 0
    /// How many of a thousand calls of a stage fail for now, or for good.
    var failuresPermille = 0
    var finalFailuresPermille = 0
    /// How many of a thousand calls of a stage take up to half a minute.
    var slowPermille = 15
    /// How many of a thousand pages kill the workers that touch them.
    var poisonPermille = 0
    /// Parcels that a peer's connection holds before it takes no more.
    var sendLimit = 1000
    /// Bytes that may wait for the disk before nothing more is read.
    var unstoredBytesMax = 1 << 20
    var outboxBytesMax = 1 << 16
    var publishWindow = 16
    /// Messages of a class that a stage keeps in memory.
    var windowMax = 12
    /// Bytes of the largest page.
    var pageBytesMax = 2000
    /// What the operator does before everything is mended.
    var operatorCalls = 3

    /// Draws a plan.
    init(_ scenario: Scenario, pages: Int?, using generator: inout SeededGenerator) {
        self.pages = pages ?? generator.number(12...36)
        publishers = generator.number(1...3)
        workersPerStage = generator.number(1...3)
        slots = generator.number(1...3)
        sendLimit = generator.pick([3, 20, 1000])
        publishWindow = generator.number(2...24)
        windowMax = generator.pick([4, 12, 10_000])
        operatorCalls = generator.number(0...4)
        failuresPermille = generator.pick([0, 50, 150])
        faultsUntil = generator.number(15_000...50_000)
        shape(scenario, using: &generator)
        for (fault, counts) in Self.counts(scenario) {
            for _ in 0..<generator.number(counts) {
                faults.append((generator.number(200...faultsUntil), fault))
            }
        }
        faults.sort { $0.time < $1.time }
    }

    private mutating func shape(_ scenario: Scenario, using generator: inout SeededGenerator) {
        switch scenario {
        case .calm, .deploy:
            failuresPermille = 0
            slowPermille = 0
        case .network: doubledPermille = generator.pick([0, 50, 200])
        case .poison:
            poisonPermille = 80
            failuresPermille = 200
            finalFailuresPermille = 30
        case .flood:
            publishWindow = 200
            publishers = 4
            unstoredBytesMax = 20_000
            outboxBytesMax = 8000
            sendLimit = 3
            self.pages *= 3
        case .storm:
            doubledPermille = generator.pick([0, 50])
            poisonPermille = 30
            finalFailuresPermille = 10
        case .powerLoss, .crashes, .disk, .clock: break
        }
    }

    /// How often each fault happens.
    private static func counts(_ scenario: Scenario) -> [(Fault, ClosedRange<Int>)] {
        switch scenario {
        case .calm: []
        case .deploy: [(.brokerStopped, 1...3), (.workerStopped, 3...10)]
        case .powerLoss:
            [(.powerLost, 1...3), (.powerLostInCommit, 1...4), (.connectionCut, 0...2)]
        case .crashes:
            [
                (.brokerKilled, 0...2), (.brokerKilledInCommit, 0...3),
                (.brokerKilledBetweenActions, 0...3), (.workerKilled, 1...6),
                (.workerFrozen, 0...3), (.publisherKilled, 0...1), (.workerStopped, 0...2),
            ]
        case .network: [(.connectionCut, 1...12), (.partition, 0...4), (.halfOpen, 0...4)]
        case .disk:
            [
                (.diskFull, 0...3), (.writeRefused, 0...2), (.syncRefused, 0...2),
                (.powerLost, 0...2),
            ]
        case .clock: [(.clockJumped, 1...3), (.brokerKilled, 0...1), (.brokerStopped, 0...1)]
        case .poison: [(.workerKilled, 0...3), (.workerFrozen, 0...3)]
        case .flood: [(.partition, 0...3), (.workerFrozen, 0...4), (.connectionCut, 0...2)]
        case .storm: Fault.allCases.filter { !$0.isByTheWay }.map { ($0, 0...2) }
        }
    }
}

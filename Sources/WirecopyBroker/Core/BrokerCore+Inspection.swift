package import WirecopyMessages
import WirecopyQueue

/// What the broker holds in memory at one moment, in bytes unless it says otherwise.
package struct BrokerMemory: Sendable, Equatable {
    /// What waits for the disk.
    package let unstored: Int
    /// What waits for peers that take nothing.
    package let outboxes: Int
    /// Content that is being read for deliveries.
    package let loading: Int
    /// Peers that have greeted, a count.
    package let peerCount: Int
    /// Jobs that the journal has not answered, a count.
    package let jobCount: Int
}

// For whoever watches the broker from outside: a simulation, a report.
extension BrokerCore {
    /// What is held in memory now.
    package var memory: BrokerMemory {
        BrokerMemory(
            unstored: pending.bytes,
            outboxes: peers.waitingBytes,
            loading: loadingBytes,
            peerCount: peers.count,
            jobCount: pending.count
        )
    }

    /// The queues as they stand, one report a stage.
    package mutating func stageReports(now: Instant) -> [StageReport] {
        machine.stageReports(now: now)
    }

    /// The workers as they stand, by name.
    package func workerReports(now: Instant) -> [WorkerReport] {
        machine.workerReports(now: now)
    }
}

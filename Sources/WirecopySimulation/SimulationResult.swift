/// What a simulation of one seed came to.
package struct SimulationResult: Sendable {
    /// The seed.
    package let seed: Int
    /// What must not have been, as full sentences; empty when all held.
    package let findings: [String]
    /// Equal for equal runs.
    package let digest: UInt64
    /// The events in order, as many as were asked for.
    package let lines: [String]
    /// What was counted.
    package let tally: SimulationTally
}

/// Counts over one seed or many.
package struct SimulationTally: Sendable, Equatable {
    /// Seeds that were run.
    package var seeds = 0
    /// Seeds of which something did not hold.
    package var failures = 0
    /// Deaths of the broker's process, with or without the power.
    package var crashes = 0
    /// Messages that the journal stored.
    package var messages = 0
    /// Messages handed to workers, again or for the first time.
    package var deliveries = 0
    /// Pages that were confirmed and have no outcome.
    package var lost = 0
    /// Pages that had their effect in the store more than once.
    package var twice = 0
    /// Pages that retention removed at starts of the broker.
    package var retired = 0
    /// Groups that were made durable.
    package var syncs = 0
    /// Sectors that a power failure took out of the middle of a write.
    package var tornSectors = 0
    /// Events that were handled.
    package var events = 0
    /// Simulated time in milliseconds.
    package var simulatedMilliseconds = 0
    /// What went wrong, by kind.
    package var faults: [Fault: Int] = [:]

    /// Makes the tally of nothing.
    package init() {}

    /// Adds another tally.
    package mutating func add(_ other: SimulationTally) {
        seeds += other.seeds
        failures += other.failures
        crashes += other.crashes
        messages += other.messages
        deliveries += other.deliveries
        lost += other.lost
        twice += other.twice
        retired += other.retired
        syncs += other.syncs
        tornSectors += other.tornSectors
        events += other.events
        simulatedMilliseconds += other.simulatedMilliseconds
        faults.merge(other.faults) { $0 + $1 }
    }
}

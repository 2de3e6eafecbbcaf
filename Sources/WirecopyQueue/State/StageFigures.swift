package import WirecopyMessages

/// One stage's queue in figures, for monitoring: what `StageReport` tells people, exact and by
/// class.
package struct StageFigures: Sendable {
    /// The stage.
    package let stage: StageName
    /// Messages that wait for a worker, one count a class, most urgent first.
    package var ready: [Int] = []
    /// Deliveries that have not ended, or whose end is not on disk yet.
    package var inFlight = 0
    /// Messages that wait for a moment to come.
    package var delayed = 0
    /// Messages given up and kept.
    package var dead = 0
    /// Age of the oldest ready message.
    package var oldestAge = Duration.zero
    /// True while an operator holds the stage.
    package var isPaused = false
    /// Lanes that wait for a moment to come, because their site asked for patience.
    package var restingLanes = 0
    /// Outputs that were not stored because their key was open, since the broker started.
    package var duplicateTotal = 0
    /// Messages that came in since the broker started.
    package var receivedTotal = 0
    /// Messages finished since the broker started.
    package var doneTotal = 0
    /// Deliveries that the machine's trouble ended, without an attempt spent, since the start.
    package var excusedTotal = 0
    /// What the queue counts.
    package var meter = StageMeter()
    /// Workers that are there and take work.
    package var presentWorkers = 0
    /// Workers that are there and take no more.
    package var drainingWorkers = 0
    /// Workers that have fallen silent.
    package var silentWorkers = 0
    /// Slots of the workers that are there.
    package var slots = 0

    init(stage: StageName) { self.stage = stage }
}

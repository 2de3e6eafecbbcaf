/// The bounds and intervals of the queue, each with its reason.
package struct QueueLimits: Sendable, Equatable {
    /// Ready messages of one class that a stage keeps in memory; at 200 bytes an entry the four
    /// stages stay below 25 MB, and a refill of this size takes milliseconds.
    package var windowMax = 10_000
    /// Below this many a refill is asked for; enough for the time that the refill takes.
    package var windowLow = 2500
    /// Delayed messages of one stage; a stage with more leases nothing, because something is down
    /// that no retry will mend.
    package var delayedMax = 100_000
    /// How long a lease lasts unless it is extended; a page takes a stage seconds at most.
    package var lease: Duration = .seconds(30)
    /// Interval at which a peer must say something.
    package var heartbeat: Duration = .seconds(2)
    /// Intervals without a word after which a worker is taken for dead.
    package var silentHeartbeats = 3
    /// How long messages that were open when the broker started wait for the workers that may
    /// still hold them.
    package var reclaimGrace: Duration = .seconds(3)
    /// How long an acknowledgement waits before its message is offered again, when it did not fit
    /// on the disk.
    package var storageFullPause: Duration = .seconds(5)
    /// Deliveries that one worker may have unfinished, whatever it asks for.
    package var leasesPerWorkerMax = 4096
    /// How long a silent worker stays in the reports.
    package var silentWorkerMemory: Duration = .seconds(600)

    /// Makes the usual limits.
    package init() {}

    /// Silence after which a worker is taken for dead.
    package var silence: Duration { heartbeat * silentHeartbeats }
}

package import WirecopyMessages

/// The bounds and intervals of the queue, each with its reason.
package struct QueueLimits: Sendable, Equatable {
    /// Ready messages of one class that a stage keeps in memory; at 220 bytes a message the four
    /// stages stay below 27 MB, and a refill of this size takes milliseconds.
    package var windowMax = 10_000
    /// Below this many a refill is asked for; enough for the time that the refill takes.
    package var windowLow = 2500
    /// Delayed messages of one stage in memory; more wait on disk. A stage without lanes that has
    /// so many failed ones leases nothing, because something is down that no retry will mend.
    package var delayedMax = 100_000
    /// Messages of one lane (host) under lease at a time, by stage; a stage without an entry has no
    /// lanes. Two keep a site's connection busy and are no burden for it.
    package var laneLeasedMax: [StageName: Int] = [.fetch: 2]
    /// One lane keeps at most this part of the free window in memory, so that a few slow hosts
    /// cannot fill it: the first gets 39 places, and some 900 fit.
    package var laneDepthDivisor = 256
    /// Lanes in turn below which more is read, as long as the window has room.
    package var lanesInTurnLow = 64
    /// Messages that a lane keeps in memory while it rests; the others are read again after it.
    package var laneRestingMax = 1
    /// Refills of single lanes of one stage at a time; each is a query of the journal.
    package var laneRefillsMax = 64
    /// How long a lease lasts unless it is extended; a page takes a stage seconds at most.
    package var lease: Duration = .seconds(30)
    /// Interval at which a peer must say something.
    package var heartbeat: Duration = .seconds(2)
    /// Intervals without a word after which a worker is taken for dead.
    package var silentHeartbeats = 3
    /// How long stages with open messages wait at the start for workers that may still hold some,
    /// counted from the start of the broker: three quarters of a heartbeat. One that comes later
    /// finds that another does its work too, which costs the work and nothing else.
    package var reclaimGrace: Duration = .milliseconds(1500)
    /// What is left of that grace at least when opening the journal took long: workers have tried
    /// to come back meanwhile, each within a second or so of its last attempt.
    package var reclaimGraceMin: Duration = .seconds(1)
    /// How long an acknowledgement waits before its message is offered again, when it did not fit
    /// on the disk; the worker is asked to say it again after half of it.
    package var storageFullPause: Duration = .seconds(10)
    /// Deliveries that one worker may have unfinished, whatever it asks for.
    package var leasesPerWorkerMax = 4096
    /// How long a silent worker stays in the reports.
    package var silentWorkerMemory: Duration = .seconds(600)

    /// Makes the usual limits.
    package init() {}

    /// Silence after which a worker is taken for dead.
    package var silence: Duration { heartbeat * silentHeartbeats }
}

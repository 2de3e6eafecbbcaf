/// One worker as the broker sees it.
package struct WorkerReport: Report {
    /// Deliveries that it has and has not finished.
    package var leased = 0
    /// Name that stays the same over reconnections.
    package var peer: String
    /// Milliseconds since its last word.
    package var silentMs = 0
    /// The stage for which it works.
    package var stage: StageName
    /// Version of its method.
    package var stageVersion: String
    /// What it last said of itself; see `WorkerStatus`.
    package var busySlots = 0
    /// See `WorkerStatus.cpuMilliseconds`.
    package var cpuMs = 0
    /// See `WorkerStatus.doneTotal`.
    package var doneTotal = 0
    /// See `WorkerStatus.residentBytesMax`.
    package var residentBytesMax = 0
    /// See `WorkerStatus.retriedTotal`.
    package var retriedTotal = 0
    /// See `WorkerStatus.rejectedTotal`.
    package var rejectedTotal = 0
    /// See `WorkerStatus.serviceMillisecondsTotal`.
    package var serviceMsTotal = 0
    /// See `WorkerStatus.slots`.
    package var slots = 1

    // What brokers of earlier versions do not tell is optional.

    /// See `WorkerStatus.finishedLastMinute`.
    package var finishedLastMinute: Int?
    /// See `WorkerStatus.host`.
    package var host: String?
    /// See `WorkerStatus.hungSlots`.
    package var hungSlots: Int?
    /// True once the worker takes no more work, because it stops or its connection broke.
    package var isDraining: Bool?
    /// See `WorkerStatus.isResting`.
    package var isResting: Bool?
    /// True once the worker has said nothing for three heartbeats.
    package var isSilent: Bool?
    /// See `WorkerStatus.LastError`.
    package var lastErrorAtMs: Int?
    /// See `WorkerStatus.LastError`.
    package var lastErrorCode: String?
    /// See `WorkerStatus.LastError`.
    package var lastErrorMessage: String?
    /// See `WorkerStatus.leasesLostTotal`.
    package var leasesLostTotal: Int?
    /// See `WorkerStatus.reconnectionsTotal`.
    package var reconnectionsTotal: Int?
    /// See `WorkerStatus.residentBytes`.
    package var residentBytes: Int?
    /// See `WorkerStatus.uptimeMilliseconds`.
    package var uptimeMs: Int?
    /// See `WorkerStatus.version`.
    package var version: String?

    /// Makes the report of a worker that has said nothing of itself yet.
    package init(peer: String, stage: StageName, stageVersion: String) {
        self.peer = peer
        self.stage = stage
        self.stageVersion = stageVersion
    }

    /// Takes over what the worker last said of itself.
    package mutating func tell(_ status: WorkerStatus) {
        busySlots = status.busySlots
        cpuMs = status.cpuMilliseconds
        doneTotal = status.doneTotal
        finishedLastMinute = status.finishedLastMinute
        host = status.host
        hungSlots = status.hungSlots
        isResting = status.isResting
        lastErrorAtMs = status.lastError?.atMilliseconds
        lastErrorCode = status.lastError?.code
        lastErrorMessage = status.lastError?.message
        leasesLostTotal = status.leasesLostTotal
        reconnectionsTotal = status.reconnectionsTotal
        rejectedTotal = status.rejectedTotal
        residentBytes = status.residentBytes
        residentBytesMax = status.residentBytesMax
        retriedTotal = status.retriedTotal
        serviceMsTotal = status.serviceMillisecondsTotal
        slots = status.slots
        uptimeMs = status.uptimeMilliseconds
        version = status.version
    }
}

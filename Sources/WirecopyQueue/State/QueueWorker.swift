import WirecopyMessages

/// A worker as the queue knows it: presence, credit and what it holds.
struct QueueWorker: Sendable {
    let name: String
    let stage: StageName
    let stageVersion: String
    /// Places of the messages under its leases.
    var leases: Set<Int> = []
    var lastHeard: Instant
    var status: WorkerStatus?
    /// Takes no more deliveries: it drains, or has been silent for too long.
    var isDraining = false
    var isSilent = false

    private var granted = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)
    private var deliveredMessages = 0
    private var deliveredBytes = 0

    init(name: String, stage: StageName, stageVersion: String, now: Instant) {
        self.name = name
        self.stage = stage
        self.stageVersion = stageVersion
        lastHeard = now
    }

    /// Whether the credit allows another delivery of so many bytes.
    ///
    /// A message larger than the whole credit goes alone, to a worker that has nothing else.
    func accepts(bytes: Int, leasesMax: Int) -> Bool {
        guard !isDraining, !isSilent, leases.count < leasesMax,
            deliveredMessages < granted.messagesTotal
        else { return false }
        return leases.isEmpty || deliveredBytes + bytes <= granted.bytesTotal
    }

    /// Raises the totals; they never fall.
    mutating func grant(_ credit: QueueCommand.Credit) {
        granted.messagesTotal = max(granted.messagesTotal, credit.messagesTotal)
        granted.bytesTotal = max(granted.bytesTotal, credit.bytesTotal)
    }

    /// Counts a delivery against the credit.
    mutating func deliver(_ position: Int, bytes: Int) {
        leases.insert(position)
        deliveredMessages += 1
        deliveredBytes += bytes
    }
}

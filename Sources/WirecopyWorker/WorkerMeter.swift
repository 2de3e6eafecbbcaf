import WirecopyMessages
import WirecopyMetrics

/// All that a worker counts: one event, one method, so that status and metrics cannot disagree.
///
/// Pure; the port calls it on its loop and copies it out for a scrape.
struct WorkerMeter: Sendable {
    /// Characters of an error's sentence that travel with each heartbeat.
    private static let errorTextMax = 200

    let slots: Int
    private(set) var stageTime = Histogram(.work)
    private var receivedTotal = 0
    private var receivedBytesTotal = 0
    private var sentBytesTotal = 0
    private var doneTotal = 0
    private var retried = CountTable<ErrorCode>()
    private var rejected = CountTable<ErrorCode>()
    private var leasesLostTotal = 0
    private var welcomesTotal = 0
    private var serviceMillisecondsTotal = 0
    private var recent = RecentCount()
    private var lastError: WorkerStatus.LastError?

    init(slots: Int) { self.slots = slots }

    /// The broker took the worker, for the first time or again.
    mutating func welcomed() { welcomesTotal += 1 }

    /// Deliveries came.
    mutating func received(_ deliveries: [BrokerReply.Delivery]) {
        receivedTotal += deliveries.count
        receivedBytesTotal += deliveries.reduce(0) { $0 + $1.message.contentBytes }
    }

    /// A slot came back from the stage.
    mutating func worked(_ serviceTime: Duration) {
        serviceMillisecondsTotal += serviceTime.wholeMilliseconds
        stageTime.add(serviceTime)
    }

    /// The broker took leases away; what was made of them is dropped.
    mutating func lostLeases(_ count: Int) { leasesLostTotal += max(0, count) }

    /// What is told to the broker of a delivery.
    mutating func reported(_ report: LeaseKeeper.Report, at now: Instant) {
        recent.add(at: now)
        switch report {
        case .done(let outputs, _):
            doneTotal += 1
            sentBytesTotal += outputs.reduce(0) { $0 + $1.contentBytes }
        case .failed(let failure):
            if failure.disposition == .bury {
                rejected[failure.code] += 1
            } else {
                retried[failure.code] += 1
            }
            lastError = WorkerStatus.LastError(
                code: failure.code.rawValue,
                message: String(failure.message.prefix(Self.errorTextMax)),
                atMilliseconds: now.milliseconds
            )
        }
    }

    /// What a heartbeat tells of the counts; the port adds what it knows of the process.
    mutating func status(at now: Instant) -> WorkerStatus {
        var status = WorkerStatus()
        status.doneTotal = doneTotal
        status.finishedLastMinute = recent.total(at: now)
        status.lastError = lastError
        status.leasesLostTotal = leasesLostTotal
        status.receivedBytesTotal = receivedBytesTotal
        status.receivedTotal = receivedTotal
        status.reconnectionsTotal = max(0, welcomesTotal - 1)
        status.rejectedTotal = rejected.total
        status.retriedTotal = retried.total
        status.sentBytesTotal = sentBytesTotal
        status.serviceMillisecondsTotal = serviceMillisecondsTotal
        status.slots = slots
        return status
    }

    /// Writes the worker's metrics.
    func write(
        to page: inout MetricPage,
        stage: StageName,
        busySlots: Int,
        hungSlots: Int,
        isConnected: Bool
    ) {
        let label = [stage.rawValue]
        let counts: [(Metric, Int)] = [
            (.workerSlots, slots), (.workerBusy, busySlots), (.workerHung, hungSlots),
            (.workerConnected, isConnected ? 1 : 0), (.workerReceived, receivedTotal),
            (.workerDone, doneTotal), (.workerLeasesLost, leasesLostTotal),
            (.workerReconnections, max(0, welcomesTotal - 1)),
            (.workerReceivedBytes, receivedBytesTotal), (.workerSentBytes, sentBytesTotal),
        ]
        for (metric, count) in counts { page.add(metric, [.init(label, count)]) }
        page.add(.workerRetried, retried.samples(label))
        page.add(.workerRejected, rejected.samples(label))
        page.add(.workerStageTime, [.init(label, stageTime)])
    }
}

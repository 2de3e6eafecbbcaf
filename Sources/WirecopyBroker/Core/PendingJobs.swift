import WirecopyMessages
import WirecopyQueue

/// What waits for an answer of the journal, and the memory that it takes.
struct PendingJobs: Sendable {
    /// What to do with an answer.
    enum Context: Sendable {
        case publish(RoutingID, request: Int, [Message])
        case done(RoutingID, worker: String, [QueueCommand.Completion])
        case fail(RoutingID, [FailedDelivery], stale: [LeaseID])
        case expire([FailedDelivery])
        case refill(RefillRequest)
        case greet(RoutingID, name: String, held: [LeaseID], unknown: [LeaseID])
        case pause(RoutingID, request: Int, StageName, Bool)
        case replay(id: Int)
        case endPoll(RoutingID, request: Int, QueueCommand.Completion)
    }

    private var jobs: [Int: (context: Context, bytes: Int)] = [:]
    /// Bytes that wait for the disk; too many hold all peers back.
    private(set) var bytes = 0

    /// Whether the journal has answered everything.
    var isEmpty: Bool { jobs.isEmpty }

    /// Jobs that the journal has not answered.
    var count: Int { jobs.count }

    /// Enters a job that takes so much memory.
    mutating func insert(_ context: Context, id: Int, bytes: Int) {
        jobs[id] = (context, bytes)
        self.bytes += bytes
    }

    /// Takes out the job that was answered.
    mutating func remove(_ id: Int) -> Context? {
        guard let job = jobs.removeValue(forKey: id) else { return nil }
        bytes -= job.bytes
        return job.context
    }

    /// Memory that a job takes until it is answered: its content above all.
    static func bytes(of work: JournalJob.Work) -> Int {
        guard case .change(let changes) = work else { return BrokerLimits.jobOverheadBytes }
        return changes.reduce(BrokerLimits.jobOverheadBytes) { bytes, change in
            change.stored.reduce(bytes) { $0 + $1.contentBytes }
        }
    }
}

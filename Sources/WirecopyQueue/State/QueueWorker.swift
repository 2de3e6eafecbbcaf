import WirecopyMessages

/// A worker as the queue knows it: presence, credit and what it holds.
struct QueueWorker: Sendable {
    let name: String
    let stage: StageName
    let stageVersion: String
    /// The messages under its leases, in the order in which the leases run out.
    var leases = MessageList()
    var lastHeard: Instant
    var status: WorkerStatus?
    /// Takes no more deliveries: it drains, or has been silent for too long.
    var isDraining = false
    var isSilent = false
    /// Whether the worker stands in the turn of its stage.
    var isInTurn = false

    private var granted = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)
    private var deliveredMessages = 0
    private var deliveredBytes = 0

    init(name: String, stage: StageName, stageVersion: String, now: Instant) {
        self.name = name
        self.stage = stage
        self.stageVersion = stageVersion
        lastHeard = now
    }

    /// Whether the credit allows another delivery, if that is small enough.
    func canTake(leasesMax: Int) -> Bool {
        !isDraining && !isSilent && leases.count < leasesMax
            && deliveredMessages < granted.messagesTotal
    }

    /// Whether the credit has room for so many bytes.
    ///
    /// A message larger than the whole credit goes alone, to a worker that has nothing else.
    func hasRoom(for bytes: Int) -> Bool {
        leases.isEmpty || deliveredBytes + bytes <= granted.bytesTotal
    }

    /// Raises the totals; they never fall.
    mutating func grant(_ credit: QueueCommand.Credit) {
        granted.messagesTotal = max(granted.messagesTotal, credit.messagesTotal)
        granted.bytesTotal = max(granted.bytesTotal, credit.bytesTotal)
    }

    /// Counts a delivery against the credit.
    mutating func deliver(bytes: Int) {
        deliveredMessages += 1
        deliveredBytes += bytes
    }

    /// Takes back what `deliver` counted: nothing was sent. After a new greeting less may have been
    /// counted.
    mutating func withdraw(bytes: Int) {
        deliveredMessages = max(0, deliveredMessages - 1)
        deliveredBytes = max(0, deliveredBytes - bytes)
    }
}

/// The workers by name and by number, so that deliveries need not look names up.
struct WorkerTable: Sendable {
    /// Number of a worker.
    typealias Slot = Int32

    private var workers: [QueueWorker] = []
    private var free: [Slot] = []
    private var slots: [String: Slot] = [:]

    subscript(slot: Slot) -> QueueWorker {
        _read { yield workers[Int(slot)] }
        _modify { yield &workers[Int(slot)] }
    }

    /// The number of a worker; `nil` when it is not known.
    func slot(of name: String) -> Slot? { slots[name] }

    /// The numbers of all workers, in no order.
    var all: Dictionary<String, Slot>.Values { slots.values }

    /// The numbers of all workers by name.
    var byName: [Slot] { slots.sorted { $0.key < $1.key }.map(\.value) }

    /// Enters a worker; one of the same name keeps its number and its leases.
    mutating func insert(_ worker: QueueWorker) -> Slot {
        if let slot = slots[worker.name] {
            let leases = workers[Int(slot)].leases
            workers[Int(slot)] = worker
            workers[Int(slot)].leases = leases
            return slot
        }
        let slot = free.popLast() ?? Slot(workers.count)
        if Int(slot) == workers.count {
            workers.append(worker)
        } else {
            workers[Int(slot)] = worker
        }
        slots[worker.name] = slot
        return slot
    }

    /// Forgets a worker that holds nothing.
    mutating func remove(_ slot: Slot) {
        slots[workers[Int(slot)].name] = nil
        free.append(slot)
    }
}

package import WirecopyMessages

/// What a worker knows of its leases: which wait, which are in work, which are finished and not yet
/// settled, and how much credit that leaves.
///
/// Pure: no clock, socket or task. Invariant: a lease is in exactly one of `waiting`, `working`,
/// `unsent`, `unsettled` and `kept`, or it is none of the worker's business any more; a lease in
/// `forfeited` still occupies a slot, but its work will not be reported.
package struct LeaseKeeper: Sendable {
    /// What the stage made of a delivery.
    package enum Report: Sendable, Equatable {
        case done([Message], lanePause: Duration? = nil)
        case failed(StageFailure)
    }

    /// What happens to the report of a slot.
    package enum FinishAction: Equatable {
        /// It will be told to the broker.
        case report
        /// The lease was lost or given back: the work is dropped.
        case ignoreForfeited
    }

    /// Outputs' bytes in one DONE, so that heartbeats get their turn between two of them.
    package static let commandBytesMax = 8 << 20

    private let messagesMax: Int
    private let bytesMax: Int
    private var waiting: [BrokerReply.Delivery] = []
    private var working: [LeaseID: Int] = [:]
    private var forfeited: Set<LeaseID> = []
    private var unsent: [(lease: LeaseID, report: Report)] = []
    private var unsettled: [LeaseID: Report] = [:]
    /// Reports for which the broker has no room; they are said again after a pause.
    private var kept: [(lease: LeaseID, report: Report)] = []
    private var receivedCount = 0
    private var receivedBytes = 0
    private var granted = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)

    /// Makes a keeper without leases.
    ///
    /// - Parameters:
    ///   - messagesMax: deliveries that may wait or be in work.
    ///   - bytesMax: bytes of their content.
    package init(messagesMax: Int, bytesMax: Int) {
        self.messagesMax = messagesMax
        self.bytesMax = bytesMax
    }

    /// Leases that the worker still has, to be named in HELLO; in the journal's order.
    package var held: [LeaseID] {
        (extendable + unsent.map(\.lease) + unsettled.keys + kept.map(\.lease))
            .sorted(by: Self.isBefore)
    }

    /// Leases that need more time; finished work needs none.
    package var extendable: [LeaseID] {
        (waiting.map(\.lease) + working.keys).sorted(by: Self.isBefore)
    }

    /// True when nothing is in work and everything finished is settled.
    package var isQuiet: Bool {
        working.isEmpty && unsent.isEmpty && unsettled.isEmpty && kept.isEmpty
    }

    /// Deliveries in work whose report counts.
    package var workingCount: Int { working.count }
}

extension LeaseKeeper {
    /// Takes deliveries in; one that is here already is not taken twice.
    package mutating func receive(_ deliveries: [BrokerReply.Delivery]) {
        let known = Set(held).union(forfeited)
        for delivery in deliveries {
            receivedCount += 1
            receivedBytes += delivery.message.contentBytes
            if !known.contains(delivery.lease) { waiting.append(delivery) }
        }
    }

    /// Gives the next delivery to a free slot, if one waits.
    package mutating func start() -> BrokerReply.Delivery? {
        guard !waiting.isEmpty else { return nil }
        let delivery = waiting.removeFirst()
        working[delivery.lease] = delivery.message.contentBytes
        return delivery
    }

    /// Takes a slot's report.
    package mutating func finish(_ lease: LeaseID, _ report: Report) -> FinishAction {
        guard working.removeValue(forKey: lease) != nil else {
            forfeited.remove(lease)
            return .ignoreForfeited
        }
        unsent.append((lease, report))
        return .report
    }

    /// Gives a delivery back whose slot does not come back.
    ///
    /// - Returns: false when the lease was not the worker's any more.
    package mutating func giveBack(_ lease: LeaseID, _ failure: StageFailure) -> Bool {
        guard working.removeValue(forKey: lease) != nil else { return false }
        forfeited.insert(lease)
        unsent.append((lease, .failed(failure)))
        return true
    }

    /// Forgets leases that the broker has taken away; finished work is reported all the same,
    /// because the broker takes it as long as the message is open.
    ///
    /// - Returns: those of them that are in work, so that the work can be stopped.
    package mutating func lose(_ leases: [LeaseID]) -> [LeaseID] {
        let lost = Set(leases)
        waiting.removeAll { lost.contains($0.lease) }
        let stopped = leases.filter { working.removeValue(forKey: $0) != nil }
        forfeited.formUnion(stopped)
        return stopped
    }

    /// Takes the broker's word that reports are on disk, or have no room there.
    ///
    /// - Returns: after what time `sayAgain` should be called; `nil` when nothing was kept.
    @discardableResult
    package mutating func settle(_ settlements: [BrokerReply.Settlement]) -> Duration? {
        var longest: Duration?
        for settlement in settlements {
            guard let report = unsettled.removeValue(forKey: settlement.lease),
                let again = settlement.again
            else { continue }
            kept.append((settlement.lease, report))
            longest = max(longest ?? again, again)
        }
        return longest
    }

    /// Has the reports told again for which the broker had no room.
    package mutating func sayAgain() {
        unsent.insert(contentsOf: kept, at: 0)
        kept = []
    }

    /// Gives back what no slot has begun, because the machine is in trouble.
    ///
    /// - Returns: how many.
    package mutating func giveBackWaiting(_ failure: StageFailure) -> Int {
        defer { waiting = [] }
        unsent += waiting.map { (lease: $0.lease, report: .failed(failure)) }
        return waiting.count
    }

    /// A new dialogue begins: totals count from zero, unsettled reports are said again, and leases
    /// that the broker did not confirm are lost.
    ///
    /// - Returns: lost leases that are in work.
    package mutating func restart(held: [LeaseID]) -> [LeaseID] {
        receivedCount = 0
        receivedBytes = 0
        granted = QueueCommand.Credit(messagesTotal: 0, bytesTotal: 0)
        let again = unsettled.sorted { Self.isBefore($0.key, $1.key) }
        unsent.insert(contentsOf: again.map { (lease: $0.key, report: $0.value) }, at: 0)
        unsettled = [:]
        sayAgain()
        let confirmed = Set(held)
        return lose(extendable.filter { !confirmed.contains($0) })
    }

    /// Takes out what no slot has begun, to be given back.
    package mutating func takeUnstarted() -> [LeaseID] {
        defer { waiting = [] }
        return waiting.map(\.lease)
    }

    /// Gives the credit to announce.
    ///
    /// Totals never fall. Reports that the broker has not settled count too, so that a slow disk
    /// there does not fill the memory here; those that have no room there count in full.
    ///
    /// - Parameter roomMax: deliveries that may be held and asked for, all together.
    /// - Returns: `nil` when the last one still holds.
    package mutating func takeCredit(roomMax: Int = .max) -> QueueCommand.Credit? {
        let heldCount = waiting.count + working.count
        let heldBytes =
            waiting.reduce(0) { $0 + $1.message.contentBytes } + working.values.reduce(0, +)
        let finishedCount = unsent.count + unsettled.count
        let free = messagesMax - heldCount - kept.count - finishedCount / 4
        let room = max(0, min(free, roomMax - heldCount))
        let credit = QueueCommand.Credit(
            messagesTotal: max(granted.messagesTotal, receivedCount + room),
            bytesTotal: max(granted.bytesTotal, receivedBytes + max(0, bytesMax - heldBytes))
        )
        guard credit != granted else { return nil }
        granted = credit
        return credit
    }

    /// Gives the commands that tell all finished work, batched; they await settlement from now on.
    package mutating func takeReports() -> [QueueCommand] {
        defer { unsent = [] }
        var commands: [QueueCommand] = []
        var failures: [QueueCommand.Failure] = []
        var batch: [QueueCommand.Completion] = []
        var (count, bytes) = (0, 0)
        for (lease, report) in unsent {
            unsettled[lease] = report
            switch report {
            case .failed(let failure): failures.append(QueueCommand.Failure(lease: lease, failure))
            case .done(let outputs, let lanePause):
                count += outputs.count
                bytes += outputs.reduce(0) { $0 + $1.contentBytes }
                if !batch.isEmpty,
                    count > MessageLimits.messagesPerCommand || bytes > Self.commandBytesMax
                {
                    commands.append(.done(batch))
                    batch = []
                    count = outputs.count
                    bytes = outputs.reduce(0) { $0 + $1.contentBytes }
                }
                batch.append(
                    QueueCommand.Completion(lease: lease, outputs: outputs, lanePause: lanePause)
                )
            }
        }
        if !batch.isEmpty { commands.append(.done(batch)) }
        if !failures.isEmpty { commands.append(.fail(failures)) }
        return commands
    }

    private static func isBefore(_ left: LeaseID, _ right: LeaseID) -> Bool {
        (left.position, left.attempt) < (right.position, right.attempt)
    }
}

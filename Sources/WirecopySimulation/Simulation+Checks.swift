import WirecopyBroker
import WirecopyMessages
import WirecopyQueue

// What must hold at every moment, and at the end.
extension Simulation {
    /// What the broker says to a peer: deliveries must be of open messages, and in their time.
    func check(_ frames: [[UInt8]], to route: RoutingID, _ process: BrokerProcess) {
        let reply: BrokerReply
        do {
            reply = try BrokerReply(frames: frames)
        } catch {
            world.findings.append("The broker said what is no reply: \(error.message)")
            return
        }
        guard case .deliver(let deliveries) = reply else { return }
        for delivery in deliveries {
            tally.deliveries += 1
            guard let fault = fault(in: delivery, to: route, process) else { continue }
            let message = delivery.message.id
            world.findings.append("Delivery \(delivery.lease) of message \(message): \(fault)")
        }
    }

    private func fault(
        in delivery: BrokerReply.Delivery,
        to route: RoutingID,
        _ process: BrokerProcess
    ) -> String? {
        guard let row = ledger[delivery.lease.position] else { return "It was never stored." }
        guard row.id == delivery.message.id,
            row.bytes == delivery.message.contentBytes
        else { return "It is not the message that was stored there." }
        guard row.isOpen else { return "It is not open." }
        let attemptsMax = RetryPolicy().attemptsMax
        guard delivery.lease.attempt - row.excused <= attemptsMax else {
            return "There are \(attemptsMax) attempts at most, besides \(row.excused) excused."
        }
        // What was delivered once and not ended comes again at once.
        let isAgain = ledger.noteDelivery(delivery.lease)
        if let moment = row.notBefore, moment > brokerNow(process), !isAgain {
            let early = (moment - brokerNow(process)).wholeMilliseconds
            return "It comes \(early) ms before its moment."
        }
        if process.paused.contains(row.stage) { return "The stage \(row.stage) is held." }
        if process.isPrompt, let until = ledger.holds[row.stage]?[row.lane],
            until > brokerNow(process)
        {
            return "Its lane \(row.lane) rests until \(until.milliseconds)."
        }
        guard let number = routes[route],
            case .worker(let stage) = peers[connections[number].peer].kind
        else { return "It goes to somebody who is no worker." }
        return stage == row.stage ? nil : "It goes to a worker of \(stage)."
    }

    /// The broker's memory must stay within its bounds; one command may come on top.
    func checkMemory(_ process: BrokerProcess) {
        let memory = process.core.memory
        let commandBytesMax = 64 << 10
        if memory.unstored > plan.unstoredBytesMax + commandBytesMax {
            world.findings.append("\(memory.unstored) bytes wait for the disk.")
        }
        if memory.outboxes > 3 * plan.outboxBytesMax {
            world.findings.append("\(memory.outboxes) bytes wait for peers.")
        }
    }

    /// The counts of the state machine must be the journal's whenever nothing is on its way.
    func checkCounts() {
        guard let process = broker, process.core.memory.jobCount == 0 else { return }
        var open: [StageName: Int] = [:]
        var dead: [StageName: Int] = [:]
        for row in ledger.rows.values {
            if row.isOpen { open[row.stage, default: 0] += 1 }
            if row.isDead { dead[row.stage, default: 0] += 1 }
        }
        for report in process.core.stageReports(now: brokerNow(process)) {
            let counted = report.ready + report.leased + report.delayed
            let expected = open[report.stage] ?? 0
            // What is on disk only is counted exactly once a refill came back short.
            // What is on disk only is counted exactly once a refill came back short, and that takes
            // a while.
            let isExact = plan.windowMax > ledger.rows.count
            let isWrong = isExact ? counted != expected : expected == 0 && counted > 0
            wrongCounts[report.stage] = isWrong ? (wrongCounts[report.stage] ?? 0) + 1 : 0
            if isWrong, isExact || wrongCounts[report.stage] == Self.wrongCountsMax {
                world.findings.append(
                    "The broker counts \(counted) open messages of \(report.stage), and the "
                        + "journal holds \(expected)."
                )
            }
            if report.dead != dead[report.stage] ?? 0 {
                world.findings.append(
                    "The broker counts \(report.dead) dead letters of \(report.stage), and the "
                        + "journal holds \(dead[report.stage] ?? 0)."
                )
            }
        }
    }

    /// Everything has come to rest: each page must have ended as it should.
    func checkEnd(_ process: BrokerProcess) {
        do throws(QueueFailure) {
            if let difference = try record.check(process.journal) {
                world.findings.append(
                    "At the end the journal is not what it must be. \(difference)"
                )
            }
        } catch {
            world.findings.append("At the end the journal cannot be read: \(error.message)")
        }
        for root in world.roots {
            guard let page = world[root] else { continue }
            if page.isConfirmed, !page.isJournalled {
                world.findings.append("Page \(page.number) was confirmed and is not stored.")
            }
            guard page.isJournalled else { continue }
            checkOutcome(of: page, record.reference.outcome(of: root))
        }
        guard scenario == .deploy, ledger.failedDeliveries > 0 else { return }
        world.findings.append(
            "Graceful stops caused \(ledger.failedDeliveries) deliveries to count as failed."
        )
    }

    private func checkOutcome(of page: World.Page, _ outcome: OutcomeKind?) {
        let expected = page.kind.outcome
        guard outcome != expected else {
            if expected == .stored, page.stored.isEmpty {
                world.findings.append("Page \(page.number) is said to be stored and is not.")
            }
            return
        }
        let ended = outcome.map(\.rawValue) ?? "nowhere: it is lost"
        world.findings.append(
            "Page \(page.number) should have ended as \(expected.rawValue), and ended \(ended)."
        )
    }
}

// What operators are told.
extension Simulation {
    /// The journal's own balance must be the one that its answers gave.
    func check(_ answer: AdminAnswer) {
        guard case .ledger(let told) = answer.content else { return }
        let expected = ledgerReport
        guard
            told.entered != expected.entered || told.inFlight != expected.inFlight
                || told.openMessages != expected.openMessages || told.lost != expected.lost
                || told.outcomes != expected.outcomes || told.standing != expected.standing
        else { return }
        world.findings.append("The ledger tells \(told), and the journal answered \(expected).")
    }

    private var ledgerReport: LedgerReport {
        var report = LedgerReport(
            entered: 0,
            inFlight: 0,
            openMessages: ledger.openCount,
            lost: 0,
            outcomes: [:],
            reasons: [:]
        )
        let open = Set(ledger.rows.values.filter(\.isOpen).map(\.root))
        let standing = Set(ledger.rows.values.filter(\.isStanding).map(\.root))
        for root in world.roots where world[root]?.isJournalled == true {
            report.entered += 1
            if let outcome = record.reference.outcome(of: root) {
                report.outcomes[outcome.rawValue, default: 0] += 1
            } else {
                if standing.contains(root) {
                    report.standing += 1
                } else {
                    report.inFlight += 1
                }
                if !open.contains(root) { report.lost += 1 }
            }
        }
        return report
    }
}

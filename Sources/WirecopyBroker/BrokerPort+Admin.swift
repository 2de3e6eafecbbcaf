import Logging
import WirecopyMessages
import WirecopyQueue

// What operators ask.
extension BrokerPort {
    /// Begins an operation; its answer comes as ADMIN_REPLY.
    func administer(
        _ operation: String,
        _ arguments: [UInt8],
        _ request: Int,
        for route: RoutingID
    ) {
        guard let operation = AdminOperation(rawValue: operation) else {
            let names = AdminOperation.allCases.map(\.rawValue).joined(separator: ", ")
            let sentence = "There is no operation \(operation.prefix(80)); there are \(names)."
            return reply(failure: sentence, to: request, for: route)
        }
        do {
            try begin(operation, arguments, request, for: route)
        } catch {
            let sentence = "The arguments of \(operation.rawValue) cannot be read: \(error)."
            reply(failure: sentence, to: request, for: route)
        }
    }

    private func begin(
        _ operation: AdminOperation,
        _ arguments: [UInt8],
        _ request: Int,
        for route: RoutingID
    ) throws {
        switch operation {
        case .status: ask(.status, request, for: route)
        case .ledger: ask(.ledger, request, for: route)
        case .trace:
            ask(.trace(try TraceRequest(reportJSON: arguments)), request, for: route)
        case .deadLetters:
            ask(.deadLetters(try DeadLetterRequest(reportJSON: arguments)), request, for: route)
        case .replay:
            let selection = try ReplayRequest(reportJSON: arguments)
            ask(.replayCount(selection), request, for: route)
        case .pause, .resume:
            let stage = try StageRequest(reportJSON: arguments).stage
            let isPaused = operation == .pause
            submit(
                .change([.pause(stage, isPaused)]),
                as: .pause(route, request: request, stage, isPaused)
            )
        }
    }

    private func ask(_ question: AdminJob.Question, _ request: Int, for route: RoutingID) {
        let id = makeJobID()
        var isStatus = false
        var replay: ReplayProgress?
        switch question {
        case .status: isStatus = true
        case .replayCount(let selection):
            let report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            replay = ReplayProgress(request: selection, report: report)
        case .ledger, .trace, .deadLetters, .replaySlice: break
        }
        adminRequests[id] = AdminRequest(
            route: route,
            request: request,
            isStatus: isStatus,
            replay: replay
        )
        adminThread?.submit(AdminJob(id: id, question: question))
    }

    /// Takes what the journal says to an operator's question.
    func take(_ answer: AdminAnswer) {
        guard let asked = adminRequests[answer.id] else { return }
        switch answer.content {
        case .positions(let positions): return replay(positions, id: answer.id)
        case .replayCount(let report): return beginReplay(report, id: answer.id)
        case .ledger(let ledger) where asked.isStatus:
            reply(status(ledger), to: asked.request, for: asked.route)
        case .ledger(let ledger): reply(ledger, to: asked.request, for: asked.route)
        case .trace(let report):
            reply(withLeases(report), to: asked.request, for: asked.route)
        case .deadLetters(let report): reply(report, to: asked.request, for: asked.route)
        case .failed(let failure):
            reply(failure: failure.message, to: asked.request, for: asked.route)
        }
        adminRequests[answer.id] = nil
    }

    private func status(_ ledger: LedgerReport) -> BrokerStatus {
        BrokerStatus(
            broker: journal?.name ?? "",
            startedAtMs: startedAt.milliseconds,
            nowMs: now.milliseconds,
            ledger: ledger,
            stages: machine.stageReports(now: now),
            workers: machine.workerReports(now: now)
        )
    }

    /// Leases are known here alone, so a trace from the journal tells leased messages as ready.
    private func withLeases(_ report: TraceReport) -> TraceReport {
        var report = report
        for lineage in report.lineages.indices {
            for step in report.lineages[lineage].steps.indices {
                let told = report.lineages[lineage].steps[step]
                guard OpenState(rawValue: told.state) != nil,
                    let state = machine.state(of: told.position)
                else { continue }
                report.lineages[lineage].steps[step].state = state.rawValue
            }
        }
        return report
    }
}

// Replays: the admin thread selects slice after slice, the journal's thread opens them.
extension BrokerPort {
    private func beginReplay(_ report: ReplayReport, id: Int) {
        guard var asked = adminRequests[id], var replay = asked.replay else { return }
        replay.report = report
        asked.replay = replay
        adminRequests[id] = asked
        guard !replay.request.dryRun, report.count > 0 else { return endReplay(id) }
        adminThread?.submit(AdminJob(id: id, question: .replaySlice(replay.request, after: 0)))
    }

    private func replay(_ positions: [Int], id: Int) {
        guard let replay = adminRequests[id]?.replay, let last = positions.last,
            case .running = phase
        else { return endReplay(id) }
        adminRequests[id]?.replay?.after = last
        let priority = replay.request.priority
        let changes = positions.map { JournalChange.replay(position: $0, priority: priority) }
        submit(.change(changes), as: .replay(id: id))
    }

    /// The journal has opened a slice.
    func continueReplay(_ id: Int, _ answers: [JournalAnswer]) {
        for case .replayed(let entry, let wasDead) in answers {
            machine.replayed(entry, wasDead: wasDead, now: now)
            adminRequests[id]?.replay?.report.replayed += 1
        }
        guard let replay = adminRequests[id]?.replay else { return }
        adminThread?.submit(
            AdminJob(id: id, question: .replaySlice(replay.request, after: replay.after))
        )
    }

    private func endReplay(_ id: Int) {
        guard let asked = adminRequests.removeValue(forKey: id), let replay = asked.replay
        else { return }
        reply(replay.report, to: asked.request, for: asked.route)
        guard replay.report.replayed > 0 else { return }
        logger.info(
            "An operator replayed messages.",
            metadata: ["replay.count": "\(replay.report.replayed)"]
        )
    }
}

// Replies.
extension BrokerPort {
    /// Answers an operation.
    func reply(_ report: some Report, to request: Int, for route: RoutingID) {
        do {
            let body = try report.reportJSON()
            send(.adminReply(request: request, isFailure: false, body: body), to: route)
        } catch {
            reply(failure: "The answer cannot be written: \(error).", to: request, for: route)
        }
    }

    private func reply(failure sentence: String, to request: Int, for route: RoutingID) {
        var writer = JSONWriter()
        writer.object { $0.field("message", sentence) }
        send(.adminReply(request: request, isFailure: true, body: writer.bytes), to: route)
    }
}

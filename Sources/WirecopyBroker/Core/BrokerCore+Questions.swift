package import WirecopyMessages
import WirecopyQueue

/// An operator's request that waits for an answer.
struct Question: Sendable {
    let route: RoutingID
    let request: Int
    let isStatus: Bool
    var replay: ReplayProgress?
    /// The poll that takes the place of an open one; `nil` for none.
    var poll: PollRequest?
}

// What operators ask.
extension BrokerCore {
    /// Begins an operation; its answer comes as ADMIN_REPLY.
    mutating func administer(
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

    private mutating func begin(
        _ operation: AdminOperation,
        _ arguments: [UInt8],
        _ request: Int,
        for route: RoutingID
    ) throws {
        switch operation {
        case .status: ask(.status, request, for: route)
        case .ledger:
            ask(.ledger(try LedgerRequest(reportJSON: arguments)), request, for: route)
        case .trace:
            ask(.trace(try TraceRequest(reportJSON: arguments)), request, for: route)
        case .deadLetters:
            ask(.deadLetters(try DeadLetterRequest(reportJSON: arguments)), request, for: route)
        case .sources:
            ask(.sources(try SourcesRequest(reportJSON: arguments)), request, for: route)
        case .unwatch:
            let url = try UnwatchRequest(reportJSON: arguments).url
            ask(.openPoll(url: url, nil), request, for: route)
        case .poll:
            let poll = try PollRequest(reportJSON: arguments)
            ask(.openPoll(url: poll.url, poll), request, for: route)
        case .replay:
            let selection = try ReplayRequest(reportJSON: arguments)
            let isSlice = selection.limit != nil && !selection.dryRun
            let after = selection.after ?? 0
            ask(
                isSlice
                    ? .replaySlice(selection, after: after, isCounted: false)
                    : .replayCount(selection),
                request,
                for: route
            )
        case .pause, .resume:
            let stage = try StageRequest(reportJSON: arguments).stage
            let isPaused = operation == .pause
            submit(
                .change([.pause(stage, isPaused)]),
                as: .pause(route, request: request, stage, isPaused)
            )
        }
    }

    private mutating func ask(_ question: AdminJob.Question, _ request: Int, for route: RoutingID) {
        guard questions.count < configuration.memory.questionsMax else {
            let sentence = "\(questions.count) questions wait for an answer; ask again later."
            return reply(failure: sentence, to: request, for: route)
        }
        let id = makeJobID()
        var isStatus = false
        var replay: ReplayProgress?
        var poll: PollRequest?
        switch question {
        case .status: isStatus = true
        case .replayCount(let selection), .replaySlice(let selection, _, _):
            let report = ReplayReport(count: 0, bytes: 0, hosts: [:], replayed: 0)
            replay = ReplayProgress(request: selection, report: report)
        case .openPoll(_, let change): poll = change
        case .ledger, .trace, .deadLetters, .sources: break
        }
        questions[id] = Question(
            route: route,
            request: request,
            isStatus: isStatus,
            replay: replay,
            poll: poll
        )
        act(.ask(AdminJob(id: id, question: question)))
    }

    /// Takes what the journal says to an operator's question.
    package mutating func take(_ answer: AdminAnswer, now: Instant) {
        if case .ended = phase { return }
        self.now = now
        guard let asked = questions[answer.id] else { return }
        switch answer.content {
        case .positions(let positions): return replay(positions, id: answer.id)
        case .replayCount(let report): return beginReplay(report, id: answer.id)
        case .ledger(let ledger) where asked.isStatus:
            reply(status(ledger), to: asked.request, for: asked.route)
        case .ledger(let ledger): reply(ledger, to: asked.request, for: asked.route)
        case .trace(let report):
            reply(withLeases(report), to: asked.request, for: asked.route)
        case .deadLetters(let report): reply(report, to: asked.request, for: asked.route)
        case .sources(let report): reply(report, to: asked.request, for: asked.route)
        case .openPoll(let poll): end(poll, asked)
        case .failed(let failure):
            reply(failure: failure.message, to: asked.request, for: asked.route)
        }
        questions[answer.id] = nil
    }

    /// Ends the poll of a source, whoever has it in hand: what a worker would still make of it is
    /// none of the queue's business any more. What was asked for takes its place in the same
    /// transaction.
    private mutating func end(_ poll: JournalReports.KeyedMessage?, _ asked: Question) {
        guard let poll, case .running = phase else {
            return reply(WatchedReport(wasWatched: false), to: asked.request, for: asked.route)
        }
        let envelope = Envelope(
            of: .outcome,
            id: MessageID(milliseconds: now.milliseconds, using: &generator),
            madeFrom: poll.message.envelope,
            source: "/broker",
            madeAt: now
        )
        let outcome = Outcome(
            polled: asked.poll == nil
                ? "The source is watched no longer." : "Another poll took its place."
        )
        let next = asked.poll.map { successor(of: poll.message, $0) }
        let completion = QueueCommand.Completion(
            lease: LeaseID(position: poll.position, attempt: 1),
            outputs: [Message(envelope: envelope, payload: outcome)] + (next.map { [$0] } ?? [])
        )
        machine.done([completion], by: "", now: now)
        submit(
            .change([.acknowledge(position: poll.position, outputs: completion.outputs)]),
            as: .endPoll(asked.route, request: asked.request, completion)
        )
    }

    /// A poll with the content of another, due as was asked for.
    private mutating func successor(of poll: Message, _ wish: PollRequest) -> Message {
        var envelope = Envelope(
            entering: .fetchRequest,
            id: MessageID(milliseconds: now.milliseconds, using: &generator),
            subject: poll.envelope.subject,
            lane: poll.envelope.lane,
            source: "/broker",
            madeAt: now
        )
        envelope.key = poll.envelope.key
        if !wish.isAtOnce {
            let latest = wish.longestMs.map { now + .milliseconds($0) }
            envelope.notBefore = [poll.envelope.notBefore, latest].compactMap { $0 }.min()
        }
        return Message(envelope: envelope, data: poll.data)
    }

    private mutating func status(_ ledger: LedgerReport) -> BrokerStatus {
        BrokerStatus(
            broker: journalName,
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

// Replies.
extension BrokerCore {
    /// Answers an operation.
    mutating func reply(_ report: some Report, to request: Int, for route: RoutingID) {
        do {
            let body = try report.reportJSON()
            send(.adminReply(request: request, isFailure: false, body: body), to: route)
        } catch {
            reply(failure: "The answer cannot be written: \(error).", to: request, for: route)
        }
    }

    private mutating func reply(failure sentence: String, to request: Int, for route: RoutingID) {
        var writer = JSONWriter()
        writer.object { $0.field("message", sentence) }
        send(.adminReply(request: request, isFailure: true, body: writer.bytes), to: route)
    }
}

import Testing
import WirecopyClient
import WirecopyMessages
import WirecopyWorker

@Suite(.timeLimit(.minutes(1)))
struct WorkerLoopTests {
    @Test func `a worker greets with its stage and grants slots and prefetch`() async throws {
        let bench = try await WorkerBench(slots: 3) { $0.prefetch = 2 }
        let hello = await bench.broker.hello()
        #expect(hello.peer == "fetch/test-1-abcd")
        #expect(hello.stage == .fetch)
        #expect(hello.stageVersion == "1.2")
        #expect(hello.held.isEmpty)
        let credit = await bench.broker.credit()
        #expect(credit == QueueCommand.Credit(messagesTotal: 5, bytesTotal: 64 << 20))
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `a delivery is done with an output that carries its lineage on`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        let message = request("ok")
        try await bench.broker.deliver([message], priority: .replay)
        let completion = try #require(await bench.broker.done().first)
        #expect(completion.lease == lease(1))
        let output = try #require(completion.outputs.first)
        #expect(completion.outputs.count == 1)
        #expect(try Outcome(json: output.data) == Outcome(.stored, article: "https://ok/1"))
        let envelope = output.envelope
        #expect(envelope.kind == .outcome)
        #expect(envelope.parent == message.envelope.id)
        #expect(envelope.root == message.envelope.root)
        #expect(envelope.subject == message.envelope.subject)
        #expect(envelope.lane == "ok")
        #expect(envelope.priority == .replay)
        #expect(envelope.source == "/fetch/test-1-abcd")
        #expect(envelope.stageVersion == "1.2")
        #expect(envelope.serviceMilliseconds != nil)
        #expect(envelope.madeAt == Instant(milliseconds: 1_700_000_000_000))
        try await bench.broker.settle([lease(1)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `what a stage found enters as pages of their own`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        let message = request("source")
        try await bench.broker.deliver([message], priority: .replay)
        let completion = try #require(await bench.broker.done().first)
        #expect(completion.lanePause == .seconds(5))
        let envelopes = completion.outputs.map(\.envelope)
        #expect(envelopes.map { $0.root == message.root } == [true, false, false])
        let (page, poll) = (envelopes[1], envelopes[2])
        #expect(page.root == page.id)
        #expect(page.parent == nil)
        #expect(page.subject == "https://other/page")
        #expect(page.lane == "other")
        #expect(page.key == nil)
        #expect(poll.key == "poll:https://source/")
        #expect(poll.notBefore == Instant(milliseconds: 1_700_000_900_000))
        try await bench.broker.settle([lease(1)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `a failure tells how long its site shall rest`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("slow")])
        #expect(await bench.broker.failures().map(\.lanePause) == [.seconds(7)])
        try await bench.broker.settle([lease(1)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `a stage's failure is told with its code and what to do`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("retry")])
        let again = StageFailure(.connectionFailed, .retry(after: .seconds(3)), "Again.")
        #expect(await bench.broker.failures() == [.init(lease: lease(1), again)])
        try await bench.broker.deliver([request("bury")], from: 2)
        let gone = StageFailure(.httpGone, .bury, "The page is gone.")
        #expect(await bench.broker.failures() == [.init(lease: lease(2), gone)])
        try await bench.broker.settle([lease(1), lease(2)])
        bench.worker.stop()
        try await bench.end()
    }

    @Test func `data that cannot be read is buried and names the byte`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        let envelope = request("ok").envelope
        try await bench.broker.deliver([
            Message(envelope: envelope, data: Array(#"{"url":7}"#.utf8))
        ])
        let failure = try #require(await bench.broker.failures().first?.failure)
        #expect(failure.code == .dataInvalid)
        #expect(failure.disposition == .bury)
        #expect(failure.message.contains("byte 7"))
        bench.cancel()
    }

    @Test func `a message of another stage's kind is buried`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        var envelope = request("ok").envelope
        envelope.kind = .parsedArticle
        try await bench.broker.deliver([Message(envelope: envelope, data: Array("{}".utf8))])
        let failure = try #require(await bench.broker.failures().first?.failure)
        #expect(failure.code == .dataInvalid)
        #expect(failure.message.contains("wirecopy.parsed_article.v1"))
        bench.cancel()
    }

    @Test func `more outputs than a message may have are buried`() async throws {
        let bench = try await WorkerBench()
        _ = await bench.broker.credit()
        try await bench.broker.deliver([request("many")])
        #expect(await bench.broker.failures().first?.failure.code == .outputTooLarge)
        bench.cancel()
    }

    @Test func `credit grows by what is finished and never falls`() async throws {
        let bench = try await WorkerBench(slots: 1) { $0.prefetch = 1 }
        #expect(await bench.broker.credit().messagesTotal == 2)
        for position in 1...20 {
            try await bench.broker.deliver([request("ok", position)], from: position)
            _ = await bench.broker.done()
            try await bench.broker.settle([lease(position)])
            var total = await bench.broker.credit().messagesTotal
            while total < position + 2 { total = await bench.broker.credit().messagesTotal }
            #expect(total == position + 2)
        }
        bench.worker.stop()
        try await bench.end()
        let totals = await bench.broker.history.compactMap { command -> Int? in
            if case .credit(let credit) = command { credit.messagesTotal } else { nil }
        }
        #expect(totals == totals.sorted())
    }

    @Test func `a thousand messages are each finished once`() async throws {
        let bench = try await WorkerBench(slots: 4) { $0.prefetch = 60 }
        var (next, granted, finished) = (1, 0, 0)
        while finished < 1000 {
            if next - 1 - finished == 0 || granted >= next {
                while granted < next { granted = await bench.broker.credit().messagesTotal }
                let messages = (next...min(granted, 1000)).map { request("ok", $0) }
                try await bench.broker.deliver(messages, from: next)
                next += messages.count
            }
            while finished < next - 1 {
                let leases = await bench.broker.done().map(\.lease)
                try await bench.broker.settle(leases)
                finished += leases.count
            }
        }
        bench.worker.stop()
        try await bench.end()
        let positions = await bench.broker.acknowledged.map(\.position).sorted()
        #expect(positions == Array(1...1000))
    }

    @Test func `heartbeats carry what the worker did and what it used`() async throws {
        let broker = try FakeBroker()
        let bench = try await WorkerBench(slots: 2, broker: broker)
        _ = await broker.credit()
        try await broker.deliver([
            request("ok"), request("retry"), request("bury"), request("held"),
        ])
        let status = await broker.status {
            $0.doneTotal == 1 && $0.rejectedTotal == 1 && $0.retriedTotal == 1 && $0.busySlots == 1
        }
        #expect(status.receivedTotal == 4)
        #expect(status.slots == 2)
        #expect(status.cpuMilliseconds == 1234)
        #expect(status.residentBytesMax == 5678)
        #expect(status.finishedLastMinute == 3)
        #expect(!status.host.isEmpty)
        #expect(status.reconnectionsTotal == 0)
        #expect(status.leasesLostTotal == 0)
        #expect(
            status.lastError?.code == "http_gone" || status.lastError?.code == "connection_failed"
        )
        #expect(status.lastError?.message.hasSuffix(".") == true)
        bench.stage.gate.open()
        bench.cancel()
    }

    @Test func `a worker that is refused ends with the broker's sentence`() async throws {
        let broker = try FakeBroker()
        await broker.set(.refusing(.protocolVersion, "Upgrade this worker."))
        let bench = try await WorkerBench(broker: broker)
        let failure = await #expect(throws: WorkerFailure.self) { try await bench.end() }
        #expect(failure == .refused(.protocolVersion, "Upgrade this worker."))
        #expect(failure?.message.contains("Upgrade this worker.") == true)
    }

    @Test func `an address that is none ends the worker with a sentence`() async throws {
        let bench = try await WorkerBench { $0.link.endpoint = "nowhere" }
        let failure = await #expect(throws: WorkerFailure.self) { try await bench.end() }
        #expect(failure?.message.contains("could not connect to nowhere") == true)
    }
}

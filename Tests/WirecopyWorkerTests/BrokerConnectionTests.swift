import Testing
import WirecopyClient
import WirecopyMessages

@Suite(.timeLimit(.minutes(1)))
struct BrokerConnectionTests {
    @Test func `a connection greets without a stage and learns the broker's terms`() async throws {
        let (broker, connection) = try await bench()
        #expect(try await connection.open().broker == "test")
        let hello = await broker.hello()
        #expect(hello.peer == "wirecopy/test")
        #expect(hello.stage == nil)
        await connection.close()
        await broker.bye()
    }

    @Test func `published messages are confirmed in their order`() async throws {
        let (broker, connection) = try await bench()
        let messages = (1...3).map { request("ok", $0) }
        async let confirmations = connection.publish(messages)
        let publication = await broker.publication()
        #expect(publication.messages == messages)
        let answer: [BrokerReply.Confirmation] = [
            .accepted, .refused(.storageFull, "The disk is full."), .known,
        ]
        try await broker.say(.confirm(request: publication.request, answer))
        #expect(try await confirmations == answer)
        await connection.close()
    }

    @Test func `no more messages are unconfirmed than the broker allows`() async throws {
        let (broker, connection) = try await bench { await $0.setTimes(window: 5) }
        let messages = (1...12).map { request("ok", $0) }
        async let confirmations = connection.publish(messages)
        var sizes: [Int] = []
        while sizes.reduce(0, +) < 12 {
            let publication = await broker.publication()
            sizes.append(publication.messages.count)
            try await broker.confirm(publication)
        }
        #expect(sizes == [5, 5, 2])
        #expect(try await confirmations.count == 12)
        await connection.close()
    }

    @Test func `a large batch travels in several commands`() async throws {
        let (broker, connection) = try await bench { await $0.setTimes(window: 100_000) }
        async let confirmations = connection.publish((1...2500).map { request("ok", $0) })
        var sizes: [Int] = []
        while sizes.reduce(0, +) < 2500 {
            let publication = await broker.publication()
            sizes.append(publication.messages.count)
            try await broker.confirm(publication)
        }
        #expect(sizes == [1024, 1024, 452])
        #expect(try await confirmations.allSatisfy { $0 == .accepted })
        await connection.close()
    }

    @Test func `a message beyond the limits is refused before it is sent`() async throws {
        let (broker, connection) = try await bench()
        let large = Message(
            envelope: request("ok").envelope,
            data: [UInt8](repeating: 32, count: MessageLimits.dataBytes + 1)
        )
        async let confirmations = connection.publish([large, request("ok", 2)])
        let publication = await broker.publication()
        #expect(publication.messages.count == 1)
        try await broker.confirm(publication)
        let sentence = "The message's data has 16777217 bytes; the limit is 16777216 bytes."
        #expect(try await confirmations == [.refused(.tooLarge, sentence), .accepted])
        #expect(try await connection.publish([large]) == [.refused(.tooLarge, sentence)])
        await connection.close()
    }

    @Test func `unconfirmed messages are published again after a reconnection`() async throws {
        let (broker, connection) = try await bench { await $0.setTimes(window: 2) }
        let messages = (1...3).map { request("ok", $0) }
        async let confirmations = connection.publish(messages)
        #expect(await broker.publication().messages == Array(messages[..<2]))
        try await broker.forgetPeer()
        let again = await broker.publication()
        #expect(again.messages == Array(messages[..<2]))
        try await broker.say(.confirm(request: again.request, [.known, .accepted]))
        try await broker.confirm(await broker.publication())
        #expect(try await confirmations == [.known, .accepted, .accepted])
        await connection.close()
    }

    @Test func `publishing nothing needs no broker's word`() async throws {
        let (_, connection) = try await bench()
        #expect(try await connection.publish([]).isEmpty)
        await connection.close()
    }

    @Test func `an operation is asked with its arguments and answered`() async throws {
        let (broker, connection) = try await bench()
        async let answer: NoArguments = connection.admin(.pause, StageRequest(stage: .parse))
        let question = await broker.question()
        #expect(question.operation == "pause")
        #expect(String(decoding: question.arguments, as: UTF8.self) == #"{"stage":"parse"}"#)
        try await broker.say(
            .adminReply(request: question.request, isFailure: false, body: Array("{}".utf8))
        )
        #expect(try await answer == NoArguments())
        await connection.close()
    }

    @Test func `an operation that cannot be done gives the broker's sentence`() async throws {
        let (broker, connection) = try await bench()
        async let failure = failure {
            let _: NoArguments = try await connection.admin(.resume, NoArguments())
        }
        let question = await broker.question()
        let body = try AdminFailure(message: "The stage parse is not paused.").reportJSON()
        try await broker.say(.adminReply(request: question.request, isFailure: true, body: body))
        #expect(await failure == ClientFailure(.operationFailed, "The stage parse is not paused."))
        await connection.close()
    }

    @Test func `an answer of another version is named as such`() async throws {
        let (broker, connection) = try await bench()
        async let failure = failure {
            let _: StageRequest = try await connection.admin(.status, NoArguments())
        }
        let question = await broker.question()
        try await broker.say(
            .adminReply(request: question.request, isFailure: false, body: Array("{}".utf8))
        )
        #expect(await failure?.code == .answerUnreadable)
        await connection.close()
    }

    @Test func `a question is asked again after a reconnection`() async throws {
        let (broker, connection) = try await bench()
        async let answer: NoArguments = connection.admin(.pause, StageRequest(stage: .store))
        _ = await broker.question()
        try await broker.forgetPeer()
        let question = await broker.question()
        try await broker.say(
            .adminReply(request: question.request, isFailure: false, body: Array("{}".utf8))
        )
        #expect(try await answer == NoArguments())
        await connection.close()
    }

    @Test func `a broker that does not answer is named with what to type`() async throws {
        let configuration = LinkConfiguration(endpoint: "tcp://127.0.0.1:1", peer: "wirecopy/test")
        let connection = try BrokerConnection(
            configuration,
            reachTimeout: .milliseconds(50),
            logger: quiet
        )
        let failure = await failure { try await connection.open() }
        #expect(failure?.code == .unreachable)
        let sentence =
            "The broker at tcp://127.0.0.1:1 did not answer within 0.05 seconds. "
            + "Start one with `wirecopy up`, or name another with --broker."
        #expect(failure?.message == sentence)
        let again = await self.failure { _ = try await connection.publish([request("ok")]) }
        #expect(again?.code == .unreachable)
        await connection.close()
    }

    @Test func `a refused connection fails everything with the broker's sentence`() async throws {
        let (broker, connection) = try await bench {
            await $0.set(.refusing(.notAllowed, "This key may not publish."))
        }
        let expected = ClientFailure(.refused(.notAllowed), "This key may not publish.")
        #expect(await failure { try await connection.open() } == expected)
        #expect(await failure { _ = try await connection.publish([request("ok")]) } == expected)
        await connection.close()
        #expect(await broker.hello().peer == "wirecopy/test")
    }

    @Test func `closing fails what is still unanswered`() async throws {
        let (broker, connection) = try await bench()
        async let failure = failure { _ = try await connection.publish([request("ok")]) }
        _ = await broker.publication()
        await connection.close()
        #expect(await failure?.code == .closed)
        #expect(await self.failure { try await connection.open() }?.code == .closed)
    }

    private func bench(
        _ configure: (FakeBroker) async -> Void = { _ in }
    ) async throws -> (FakeBroker, BrokerConnection) {
        let broker = try FakeBroker()
        await configure(broker)
        var configuration = LinkConfiguration(
            endpoint: try await broker.start(),
            peer: "wirecopy/test"
        )
        configuration.backoff = Backoff(first: .milliseconds(1), limit: .milliseconds(5))
        configuration.silentHeartbeats = 10_000
        return (broker, try BrokerConnection(configuration, logger: quiet))
    }

    private func failure(_ body: @Sendable () async throws -> Void) async -> ClientFailure? {
        do {
            try await body()
            return nil
        } catch {
            return error as? ClientFailure
        }
    }
}

extension FakeBroker {
    /// Accepts everything that was published.
    func confirm(_ publication: (request: Int, messages: [Message])) throws {
        let accepted = publication.messages.map { _ in BrokerReply.Confirmation.accepted }
        try say(.confirm(request: publication.request, accepted))
    }
}

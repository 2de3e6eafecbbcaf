package import Logging
package import WirecopyMessages
package import ZeroMQ

/// A command's connection to the broker: publishes messages and asks an operator's questions.
///
/// Requests survive reconnections: what is unanswered is said again, with the same identifiers. A
/// request fails as `unreachable` when no broker answers for `reachTimeout`. The actor runs on its
/// own socket loop; `close()` must be called at the end, or what was said last may be lost.
package actor BrokerConnection {
    package nonisolated let loop: SocketLoop
    package nonisolated var unownedExecutor: UnownedSerialExecutor {
        unsafe loop.asUnownedSerialExecutor()
    }

    private typealias Answer<Value: Sendable> = CheckedContinuation<
        Result<Value, ClientFailure>, Never
    >

    private struct Question {
        let command: QueueCommand
        let continuation: Answer<[UInt8]>
    }

    private enum State {
        case new
        case running(BrokerLink)
        case failed(ClientFailure)
    }

    private let configuration: LinkConfiguration
    private let context: Context
    private let logger: Logger
    private let reachTimeout: Duration
    private let generator: any RandomNumberGenerator & Sendable
    private var state = State.new
    private var welcome: BrokerReply.Welcome?
    private var window = PublishWindow()
    private var openers: [Answer<BrokerReply.Welcome>] = []
    private var publishers: [PublishWindow.CallID: Answer<[BrokerReply.Confirmation]>] = [:]
    private var questions: [Int: Question] = [:]
    private var lastNumber = 0
    private var reachTimer: LoopTimer?

    /// Makes a connection that is not open yet.
    ///
    /// - Parameters:
    ///   - configuration: where the broker is and as whom to speak.
    ///   - reachTimeout: how long requests wait while no broker answers.
    ///   - logger: takes the lost and found connections.
    ///   - generator: source of the jitter.
    /// - Throws: `ClientFailure` with `socketFailed` when the process has no descriptors left.
    package init(
        _ configuration: LinkConfiguration,
        reachTimeout: Duration = .seconds(10),
        logger: Logger,
        generator: any RandomNumberGenerator & Sendable = SystemRandomNumberGenerator()
    ) throws(ClientFailure) {
        do {
            loop = try SocketLoop(name: "broker-link")
            context = try Context()
        } catch {
            throw ClientFailure(.socketFailed, error.message)
        }
        self.configuration = configuration
        self.reachTimeout = reachTimeout
        self.logger = logger
        self.generator = generator
    }

    /// Waits until the broker has taken this peer; the other calls do so by themselves.
    ///
    /// - Throws: `ClientFailure`: `unreachable`, `refused`, `keyRefused`, `keyUnusable`,
    ///   `closed` or `socketFailed`.
    @discardableResult
    package func open() async throws(ClientFailure) -> BrokerReply.Welcome {
        try start()
        if let welcome { return welcome }
        return try await withCheckedContinuation { continuation in
            openers.append(continuation)
            limitWaiting()
        }.get()
    }

    /// Hands messages to the broker and waits until each is on disk or refused.
    ///
    /// Any number of messages may be given: they travel in commands of a bounded size, and no more
    /// are unconfirmed than the broker allows. Calls may overlap.
    ///
    /// - Returns: one confirmation for each message, in the same order. `known` also stands for a
    ///   message that was said again after a reconnection and had arrived the first time.
    /// - Throws: `ClientFailure`; some of the messages may be on disk then, and publishing them
    ///   again with the same identifiers does no harm.
    package func publish(
        _ messages: [Message]
    ) async throws(ClientFailure) -> [BrokerReply.Confirmation] {
        try start()
        lastNumber += 1
        let call = lastNumber
        if let confirmations = window.add(call, messages) { return confirmations }
        return try await withCheckedContinuation { continuation in
            publishers[call] = continuation
            sendPublications()
            limitWaiting()
        }.get()
    }

    /// Does an operation of `ADMIN` and waits for its answer.
    ///
    /// - Throws: `ClientFailure`; `operationFailed` carries the broker's own sentence.
    package func admin<Reply: Report>(
        _ operation: AdminOperation,
        _ arguments: some Report
    ) async throws(ClientFailure) -> Reply {
        let sent: [UInt8]
        do {
            sent = try arguments.reportJSON()
        } catch {
            throw ClientFailure(.operationFailed, "The arguments cannot be written: \(error).")
        }
        let body = try await ask(operation, sent)
        do {
            return try Reply(reportJSON: body)
        } catch {
            throw ClientFailure(
                .answerUnreadable,
                "The broker's answer to \(operation.rawValue) cannot be read (\(error)). "
                    + "Broker and command may be of different versions."
            )
        }
    }

    /// Says BYE, waits until everything said is sent, and fails what is still unanswered.
    package func close() {
        if case .running(let link) = state { link.close() }
        fail(ClientFailure(.closed, "The connection to the broker was closed."))
        loop.stop()
        context.terminate()
    }
}

extension BrokerConnection {
    private func start() throws(ClientFailure) {
        switch state {
        case .running: return
        case .failed(let failure): throw failure
        case .new: break
        }
        let link = BrokerLink(
            configuration,
            loop: loop,
            context: context,
            logger: logger,
            generator: generator,
            owner: owner()
        )
        try link.open()
        state = .running(link)
    }

    private func owner() -> BrokerLink.Owner {
        let peer = configuration.peer
        return BrokerLink.Owner(
            hello: { QueueCommand.Hello(peer: peer) },
            status: { nil },
            event: { [weak self] event in self?.assumeIsolated { $0.handle(event) } }
        )
    }

    private func ask(
        _ operation: AdminOperation,
        _ arguments: [UInt8]
    ) async throws(ClientFailure) -> [UInt8] {
        try start()
        lastNumber += 1
        let command = QueueCommand.admin(
            request: lastNumber,
            operation: operation.rawValue,
            arguments: arguments
        )
        return try await withCheckedContinuation { continuation in
            questions[lastNumber] = Question(command: command, continuation: continuation)
            if case .running(let link) = state { link.send(command) }
            limitWaiting()
        }.get()
    }

    private func handle(_ event: BrokerLink.Event) {
        switch event {
        case .welcomed(let welcome): resume(welcome)
        case .reply(let reply): hear(reply)
        case .refused(let code, let message): fail(ClientFailure(.refused(code), message))
        case .lost:
            welcome = nil
            limitWaiting()
        case .unwelcome(let failure): failRequests(failure)
        }
    }

    /// Says again what is unanswered. Operations may be said twice: to ask changes nothing, and a
    /// pause, a resumption or a replay done twice equals one done once.
    private func resume(_ welcome: BrokerReply.Welcome) {
        guard case .running(let link) = state else { return }
        self.welcome = welcome
        loop.cancel(reachTimer)
        reachTimer = nil
        window.restart()
        sendPublications()
        for (_, question) in questions.sorted(by: { $0.key < $1.key }) {
            link.send(question.command)
        }
        for opener in openers { opener.resume(returning: .success(welcome)) }
        openers = []
    }

    private func sendPublications() {
        guard case .running(let link) = state, let welcome else { return }
        while let command = window.next(
            window: welcome.publishWindow,
            bytes: welcome.publishWindowBytes
        ) {
            link.send(command)
        }
    }

    private func hear(_ reply: BrokerReply) {
        switch reply {
        case .confirm(let request, let confirmations):
            guard let complete = window.confirm(request, confirmations) else {
                let sentence = "The broker confirmed another number of messages than it was sent."
                return failRequests(ClientFailure(.answerUnreadable, sentence))
            }
            for (call, confirmations) in complete {
                publishers.removeValue(forKey: call)?.resume(returning: .success(confirmations))
            }
            sendPublications()
        case .adminReply(let request, let isFailure, let body):
            guard let question = questions.removeValue(forKey: request) else { return }
            question.continuation.resume(returning: Self.answer(isFailure, body))
        case .drain: logger.info("The broker stops.")
        case .deliver, .settled, .extended, .welcome, .refuse, .pong: return
        }
    }

    private static func answer(
        _ isFailure: Bool,
        _ body: [UInt8]
    ) -> Result<[UInt8], ClientFailure> {
        guard isFailure else { return .success(body) }
        let sentence = (try? AdminFailure(reportJSON: body))?.message
        return .failure(
            ClientFailure(.operationFailed, sentence ?? "The broker could not do the operation.")
        )
    }

    private var isWaitedFor: Bool {
        !openers.isEmpty || !publishers.isEmpty || !questions.isEmpty
    }

    /// Limits how long requests wait for a broker that does not answer.
    private func limitWaiting() {
        guard welcome == nil, reachTimer == nil, isWaitedFor else { return }
        reachTimer = loop.setTimer(after: reachTimeout) { [weak self] in
            self?.assumeIsolated { $0.giveUp() }
        }
    }

    private func giveUp() {
        reachTimer = nil
        failRequests(.unreachable(configuration.endpoint, after: reachTimeout))
    }

    private func fail(_ failure: ClientFailure) {
        state = .failed(failure)
        welcome = nil
        failRequests(failure)
    }

    private func failRequests(_ failure: ClientFailure) {
        window.removeAll()
        for opener in openers { opener.resume(returning: .failure(failure)) }
        for publisher in publishers.values { publisher.resume(returning: .failure(failure)) }
        for question in questions.values {
            question.continuation.resume(returning: .failure(failure))
        }
        openers = []
        publishers = [:]
        questions = [:]
    }
}

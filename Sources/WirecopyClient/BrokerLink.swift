package import Logging
package import WirecopyMessages
package import ZeroMQ

/// One peer's connection to the broker, made anew whenever it breaks: greeting, heartbeats,
/// silence, reconnection, and what could not be sent at once.
///
/// It keeps no command over a reconnection; its owner says again what is still unanswered when
/// `welcomed` comes. Owned by an actor on a `SocketLoop` and used on the loop's thread alone; it is
/// not `Sendable`, so the compiler holds that.
package final class BrokerLink {
    /// What the owner hears.
    package enum Event: Sendable {
        /// The broker took the peer; commands can be said.
        case welcomed(BrokerReply.Welcome)
        /// The broker said something other than WELCOME, PONG or a refusal.
        case reply(BrokerReply)
        /// The broker does not take this peer; the link is closed.
        case refused(RefusalCode, String)
        /// The connection is gone; another is being made.
        case lost(String)
        /// The broker does not take the connection because of a key, or a key cannot be read; the
        /// link goes on trying, because either may be mended without it.
        case unwelcome(ClientFailure)
    }

    /// What the link asks its owner for.
    package struct Owner {
        /// Builds the greeting, with the leases that are held at this moment.
        package var hello: () -> QueueCommand.Hello
        /// Gives what a heartbeat carries.
        package var status: () -> WorkerStatus?
        /// Takes an event.
        package var event: (Event) -> Void

        /// Joins the three.
        package init(
            hello: @escaping () -> QueueCommand.Hello,
            status: @escaping () -> WorkerStatus?,
            event: @escaping (Event) -> Void
        ) {
            self.hello = hello
            self.status = status
            self.event = event
        }
    }

    private enum State {
        /// No socket: before `open()` and between two attempts.
        case waiting
        /// HELLO is said, WELCOME has not come.
        case greeting(Socket)
        case open(Socket, heartbeat: Duration)
        case closed
    }

    /// Commands that wait for the socket; a broker that takes none of so many is as good as gone.
    private static let outboxMax = 4096
    /// MESSAGE with 1,024 messages of one envelope, one data frame and the most attachments.
    private static let receiveLimit = Socket.ReceiveLimit(
        frames: 2 + MessageLimits.messagesPerCommand * (2 + MessageLimits.attachments),
        bytes: 1 << 30
    )

    private let loop: SocketLoop
    private let door: LinkDoor
    private let configuration: LinkConfiguration
    private let logger: Logger
    private let owner: Owner
    private var generator: any RandomNumberGenerator
    private var backoff: Backoff
    private var state = State.waiting
    private var brokerReadsBlocks = false
    private var outbox: [[[UInt8]]] = []
    private var lastHeard = ContinuousClock.now
    private var timer: LoopTimer?
    /// What was logged last about a connection that is not taken; it is not said again until
    /// something else is the matter.
    private var complaint: String?

    /// Makes a link that is not open yet.
    package init(
        _ configuration: LinkConfiguration,
        loop: SocketLoop,
        context: Context,
        logger: Logger,
        generator: any RandomNumberGenerator,
        owner: Owner
    ) {
        self.configuration = configuration
        self.loop = loop
        door = LinkDoor(configuration, loop: loop, context: context)
        self.logger = logger
        self.generator = generator
        self.owner = owner
        backoff = configuration.backoff
    }

    /// True between WELCOME and the loss of the connection.
    package var isOpen: Bool {
        if case .open = state { true } else { false }
    }

    /// Connects and greets; from then on events come.
    ///
    /// - Throws: `ClientFailure`: `socketFailed` when the endpoint is no address or no socket can
    ///   be made, `keyUnusable` when a key is missing or cannot be read.
    package func open() throws(ClientFailure) {
        let socket = try door.open { [weak self] refusal in self?.hear(refusal) }
        loop.register(socket) { [weak self] in self?.receive() }
        state = .greeting(socket)
        transmit(.hello(owner.hello()))
        setTimer(configuration.welcomeTimeout) { link in
            let time = link.configuration.welcomeTimeout.wholeMilliseconds
            link.lose("The broker did not answer the greeting within \(time) ms.")
        }
    }

    /// Says something to the broker, or keeps it until the socket takes it.
    ///
    /// - Returns: false when the link is not open; nothing is kept then.
    @discardableResult
    package func send(_ command: QueueCommand) -> Bool {
        guard isOpen else { return false }
        transmit(command)
        return true
    }

    /// Says BYE and connects anew after a wait, as a worker does whose broker stops.
    package func leaveAndReturn() {
        guard case .open(let socket, _) = state else { return }
        say(goodbyeTo: socket)
        lose("The broker stops.")
    }

    /// Says BYE if there is somebody to say it to, and closes; no event comes after it.
    package func close() {
        cancelTimer()
        if case .open(let socket, _) = state { say(goodbyeTo: socket) }
        closeSocket()
        state = .closed
    }
}

extension BrokerLink {
    private var socket: Socket? {
        switch state {
        case .greeting(let socket), .open(let socket, _): socket
        case .waiting, .closed: nil
        }
    }

    private func transmit(_ command: QueueCommand) {
        guard outbox.count < Self.outboxMax else {
            return loseSoon("The broker has taken nothing for \(Self.outboxMax) commands.")
        }
        outbox.append(command.frames(inBlocks: brokerReadsBlocks))
        flush()
    }

    private func flush() {
        guard let socket else { return }
        var count = 0
        do {
            while count < outbox.count, try socket.send(outbox[count]) == .sent { count += 1 }
        } catch {
            loseSoon(error.message)
        }
        outbox.removeFirst(count)
        if outbox.isEmpty {
            loop.setWriting(socket, onWritable: nil)
        } else {
            loop.setWriting(socket) { [weak self] in self?.flush() }
        }
    }

    private func say(goodbyeTo socket: Socket) {
        transmit(.bye)
        do {
            try socket.setLinger(configuration.linger)
        } catch {
            logger.warning(
                "The connection may close before BYE is sent.",
                metadata: ["error": "\(error)"]
            )
        }
    }

    private func receive() {
        for _ in 0..<SocketLoop.drainMax {
            guard let socket else { return }
            do {
                switch try socket.receive(Self.receiveLimit) {
                case .nothing: return
                case .message(let frames): hear(frames)
                case .overLimit(_, let frames, let bytes):
                    logger.error(
                        "The broker sent a command beyond the limits; it was dropped.",
                        metadata: ["frames": "\(frames)", "bytes": "\(bytes)"]
                    )
                }
            } catch {
                return lose(error.message)
            }
        }
    }

    private func hear(_ frames: [[UInt8]]) {
        lastHeard = .now
        do {
            try hear(BrokerReply(frames: frames))
        } catch {
            logger.error(
                "The broker sent a command that cannot be read; it was dropped.",
                metadata: ["error": "\(error.message)"]
            )
        }
    }

    private func hear(_ reply: BrokerReply) {
        switch reply {
        case .welcome(let welcome): greet(welcome)
        case .pong: return
        case .refuse(let code, let message): hearRefusal(code, message)
        default:
            guard isOpen else { return }
            owner.event(.reply(reply))
        }
    }

    private func greet(_ welcome: BrokerReply.Welcome) {
        guard case .greeting(let socket) = state else { return }
        // A broker that asks for no pause between heartbeats must not make this thread spin.
        let heartbeat = max(Duration.milliseconds(welcome.heartbeatMilliseconds), .milliseconds(1))
        state = .open(socket, heartbeat: heartbeat)
        brokerReadsBlocks = welcome.readsBlocks
        backoff.reset()
        complaint = nil
        beat()
        owner.event(.welcomed(welcome))
    }

    private func hearRefusal(_ code: RefusalCode, _ message: String) {
        switch code {
        case .notGreeted, .draining, .storageFull, .flowExceeded:
            // The broker is another one behind the same address, or is busy with itself: again.
            lose(message)
        case .notAllowed where door.hasNewKey:
            // The key of this connection was changed for another, which is in the file already.
            lose(message)
        case .protocolVersion, .unknownStage, .notAllowed, .malformed, .tooLarge, .unknownKind:
            cancelTimer()
            closeSocket()
            state = .closed
            owner.event(.refused(code, message))
        }
    }

    private func beat() {
        guard case .open(_, let heartbeat) = state else { return }
        let silence = ContinuousClock.now - lastHeard
        guard silence <= heartbeat * configuration.silentHeartbeats else {
            return lose("The broker was silent for \(silence.wholeMilliseconds) ms.")
        }
        setTimer(heartbeat) { $0.beat() }
        transmit(.ping(owner.status()))
    }

    /// For callers that are inside the owner's code and must not be called back from there.
    private func loseSoon(_ reason: String) {
        loop.setTimer(after: .zero) { [weak self] in self?.lose(reason) }
    }

    private func lose(_ reason: String) {
        guard socket != nil else { return }
        closeSocket()
        state = .waiting
        let wait = backoff.next(using: &generator)
        logger.warning(
            "The connection to the broker is lost and is made anew.",
            metadata: [
                "broker.endpoint": "\(configuration.endpoint)",
                "reason": "\(reason)",
                "wait_ms": "\(wait.wholeMilliseconds)",
            ]
        )
        setTimer(wait) { $0.reopen() }
        owner.event(.lost(reason))
    }

    private func reopen() {
        guard case .waiting = state else { return }
        do {
            try open()
        } catch  where error.code == .keyUnusable {
            complain(error)
        } catch {
            // The endpoint was good before, so this is a want of descriptors: it may pass.
            logger.error(
                "No socket could be made for the broker.",
                metadata: ["error": "\(error.message)"]
            )
            setTimer(backoff.next(using: &generator)) { $0.reopen() }
        }
    }

    private func hear(_ refusal: LinkDoor.Refusal) {
        guard case .greeting = state else { return }
        closeSocket()
        state = .waiting
        guard refusal.isFinal else { return setTimer(.zero) { $0.reopen() } }
        complain(ClientFailure(.keyRefused, refusal.sentence))
    }

    /// Says once why there is no connection, and tries again later.
    private func complain(_ failure: ClientFailure) {
        if complaint != failure.message {
            complaint = failure.message
            logger.error(
                "There is no connection to the broker because of a key; it is tried again.",
                metadata: [
                    "broker.endpoint": "\(configuration.endpoint)", "reason": "\(failure.message)",
                ]
            )
        }
        setTimer(backoff.next(using: &generator)) { $0.reopen() }
        owner.event(.unwelcome(failure))
    }

    private func closeSocket() {
        guard let socket else { return }
        door.close()
        loop.unregister(socket)
        socket.close()
        outbox = []
    }

    private func setTimer(_ delay: Duration, _ action: @escaping (BrokerLink) -> Void) {
        cancelTimer()
        timer = loop.setTimer(after: delay) { [weak self] in self.map(action) }
    }

    private func cancelTimer() {
        loop.cancel(timer)
        timer = nil
    }
}

import Glibc

/// One accepted connection, used by its own thread only.
struct WireConnection {
    let descriptor: Int32
    let limits: WireLimits
    /// Told with true when the connection waits for its client, and may be closed for another one,
    /// and with false when it has a request in hand.
    let waits: (Bool) -> Void

    /// Bytes read at once.
    private static let readSizeBytes = 16 * 1024
    /// How long a client may still send after the last answer.
    private static let lingerSeconds = 1
    /// POLLRDHUP of <poll.h>, which the Glibc module hides behind _GNU_SOURCE: the peer is gone.
    private static let peerIsGone: Int16 = 0x2000

    /// Answers requests until the client leaves, asks to close or sends nonsense.
    func serve(_ handler: WireServer.Handler) {
        setSocketOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, Int32(1))
        setTimeLimit(SO_RCVTIMEO, limits.idleSeconds)
        setTimeLimit(SO_SNDTIMEO, limits.answerSeconds)
        var reader = HTTPRequestReader()
        var answered = 0
        var deadline = limits.requestDeadline
        while answered < limits.requestsPerConnection {
            switch reader.next() {
            case .needsMore:
                if !reader.isInside { deadline = limits.requestDeadline }
                guard ContinuousClock.now < deadline else { return refuse(408) }
                guard let bytes = receive() else { return }
                if !reader.isInside { deadline = limits.requestDeadline }
                reader.add(bytes)
            case .malformed(let status): return refuse(status)
            case .request(let request):
                waits(false)
                let (script, finished) = handler(request)
                let isDone = perform(script)
                finished()
                waits(true)
                guard isDone, script.keepsAlive else {
                    if isDone { lingerBriefly() }
                    return
                }
                answered += 1
                // What has come of the next request came with this one: its time begins now.
                deadline = limits.requestDeadline
            }
        }
    }

    private func refuse(_ status: Int) {
        let answer = HTTPAnswer.plain("Bad request\n", status: status)
        guard send(answer.head(length: answer.body.count, isLast: true) + answer.body) else {
            return
        }
        lingerBriefly()
    }

    /// False when the client is gone.
    private func perform(_ script: WireScript) -> Bool {
        for step in script.steps {
            switch step {
            case .send(let bytes):
                guard send(bytes) else { return false }
            case .pause(let milliseconds):
                guard pause(milliseconds) else { return false }
            case .sendRepeatedly(let bytes, let times, let milliseconds):
                for _ in 0..<times {
                    guard send(bytes), milliseconds == 0 || pause(milliseconds) else {
                        return false
                    }
                }
            }
        }
        return true
    }

    /// Waits; false when the client leaves meanwhile.
    private func pause(_ milliseconds: Int) -> Bool {
        var watched = pollfd(fd: descriptor, events: Self.peerIsGone, revents: 0)
        return unsafe poll(&watched, 1, Int32(clamping: milliseconds)) == 0
    }

    /// Reads away what the client still sends: closing with unread bytes would reset the
    /// connection and could take the answer with it.
    private func lingerBriefly() {
        shutdown(descriptor, Int32(SHUT_WR))
        setTimeLimit(SO_RCVTIMEO, Self.lingerSeconds)
        let end = ContinuousClock.now + .seconds(Self.lingerSeconds)
        while ContinuousClock.now < end, receive() != nil {}
    }

    private func setTimeLimit(_ option: Int32, _ seconds: Int) {
        setSocketOption(descriptor, SOL_SOCKET, option, timeval(tv_sec: seconds, tv_usec: 0))
    }

    private func receive() -> ArraySlice<UInt8>? {
        var buffer = [UInt8](repeating: 0, count: Self.readSizeBytes)
        let count = unsafe recv(descriptor, &buffer, buffer.count, 0)
        return count > 0 ? buffer[..<count] : nil
    }

    /// False when the client is gone, or takes the bytes too slowly.
    private func send(_ bytes: [UInt8]) -> Bool {
        let deadline = ContinuousClock.now + .seconds(limits.answerSeconds)
        var position = 0
        while position < bytes.count {
            let sent = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.send(
                    descriptor,
                    buffer.baseAddress?.advanced(by: position),
                    buffer.count - position,
                    Int32(MSG_NOSIGNAL)
                )
            }
            guard sent > 0 else { return false }
            position += sent
            // Taking a byte now and then would otherwise hold the connection for ever.
            guard position == bytes.count || ContinuousClock.now < deadline else { return false }
        }
        return true
    }
}

import CCurl
import Glibc
import Readiness
import Synchronization

/// The thread that owns libcurl's multi handle and all running transfers.
///
/// libcurl says which sockets it waits for and until when, and is told which are ready
/// (libcurl-multi(3), "multi_socket"): asking it to look at all of them, as `curl_multi_perform`
/// does, costs more the more there are.
///
/// `inbox` is the only thing that other threads touch, besides `ReadinessSet.wake`. Everything else
/// is used on the loop's thread alone: hence `@unchecked Sendable`.
final class CurlLoop: @unchecked Sendable {
    typealias Completion = @Sendable (Result<HTTPResponse, TransportFailure>) -> Void

    private struct Inbox {
        var lastTicket: UInt64 = 0
        var starts: [Start] = []
        var cancelled: Set<UInt64> = []
        /// Tickets that were begun and are not yet concluded.
        var open: Set<UInt64> = []
        var isStopped = false
        /// True from the first change to the moment at which the thread takes it.
        var isNoticed = false
    }

    private struct Start {
        let ticket: UInt64
        let request: HTTPRequest
        let completion: Completion
    }

    private struct Running {
        let transfer: Transfer
        let start: Start

        var ticket: UInt64 { start.ticket }
    }

    private let configuration: CurlConfiguration
    private let inbox = Mutex(Inbox())
    private let multi: UnsafeMutableRawPointer
    private let readiness = ReadinessSet()
    /// When libcurl wants to be called although no socket is ready.
    private var timer: ContinuousClock.Instant?
    /// When the paces of all transfers are judged next.
    private var nextJudgement = ContinuousClock.now
    private var running: [UnsafeMutableRawPointer: Running] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []
    /// Bytes of all bodies that are coming in.
    private var bodiesBytes = 0

    /// Handles kept for reuse; each holds about 5 KB while it does nothing.
    private static let idleHandlesMax = 256
    /// How often the paces of transfers are judged: limits are whole seconds, and looking at a
    /// thousand transfers takes a tenth of a millisecond.
    private static let judgementPause = Duration.milliseconds(100)

    init(configuration: CurlConfiguration) {
        guard let multi = curl_multi_init() else {
            preconditionFailure("libcurl has no memory for a multi handle.")
        }
        self.multi = multi
        self.configuration = configuration
        let hostConnections = configuration.connectionsPerHost
        _ = shim_multi_set_long(multi, CURLMOPT_MAX_HOST_CONNECTIONS, hostConnections)
        setCallbacks()
    }

    private func setCallbacks() {
        // The loop's thread keeps the loop alive until the multi handle is gone.
        let me = Unmanaged.passUnretained(self).toOpaque()
        _ = shim_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, me)
        _ = shim_multi_set_pointer(multi, CURLMOPT_TIMERDATA, me)
        _ = shim_multi_set_sockets(multi) { _, socket, what, context, _ in
            CurlLoop.from(context).watch(socket, for: what)
            return 0
        }
        _ = shim_multi_set_timer(multi) { _, milliseconds, context in
            CurlLoop.from(context).timer =
                milliseconds < 0 ? nil : .now + .milliseconds(milliseconds)
            return 0
        }
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> CurlLoop {
        guard let context else { preconditionFailure("libcurl lost the context of a callback.") }
        return Unmanaged<CurlLoop>.fromOpaque(context).takeUnretainedValue()
    }

    // From any thread.

    func start() {
        let me = Unmanaged.passRetained(self).toOpaque()
        var thread = pthread_t()
        let status = pthread_create(
            &thread,
            nil,
            { context in
                guard let context else { return nil }
                Unmanaged<CurlLoop>.fromOpaque(context).takeRetainedValue().run()
                return nil
            },
            me
        )
        precondition(status == 0, "The thread of libcurl cannot start: error \(status).")
        pthread_detach(thread)
    }

    func stop() {
        change { $0.isStopped = true }
    }

    func makeTicket() -> UInt64 {
        inbox.withLock { inbox in
            inbox.lastTicket += 1
            inbox.open.insert(inbox.lastTicket)
            return inbox.lastTicket
        }
    }

    func begin(_ ticket: UInt64, _ request: HTTPRequest, _ completion: @escaping Completion) {
        let start = Start(ticket: ticket, request: request, completion: completion)
        guard !change({ $0.starts.append(start) }) else { return }
        completion(.failure(TransportFailure(.cancelled, "Fetching \(request.url) came too late.")))
    }

    /// May come before `begin` of the same ticket, or after its end.
    func cancel(_ ticket: UInt64) {
        change { inbox in
            if inbox.open.contains(ticket) { inbox.cancelled.insert(ticket) }
        }
    }

    /// Changes the inbox and wakes the thread, unless it was woken for an earlier change that it
    /// has not seen yet; false after the end.
    @discardableResult
    private func change(_ body: (inout Inbox) -> Void) -> Bool {
        let (isOpen, mustWake) = inbox.withLock { inbox in
            guard !inbox.isStopped else { return (false, false) }
            body(&inbox)
            defer { inbox.isNoticed = true }
            return (true, !inbox.isNoticed)
        }
        if mustWake { readiness.wake() }
        return isOpen
    }

    // On the loop's thread.

    private func run() {
        while takeInbox() {
            readiness.wait(milliseconds: waitMilliseconds(from: .now)) { act(on: $0) }
            callTimer()
            concludeFinished()
            judgePaces()
        }
        for easy in running.keys { conclude(easy, nil) }
        for easy in idleHandles { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
    }

    private func watch(_ socket: curl_socket_t, for what: CInt) {
        switch what {
        case CURL_POLL_IN: readiness.watch(socket, reading: true, writing: false)
        case CURL_POLL_OUT: readiness.watch(socket, reading: false, writing: true)
        case CURL_POLL_INOUT: readiness.watch(socket, reading: true, writing: true)
        default: readiness.forget(socket)
        }
    }

    private func act(on ready: ReadinessSet.Ready) {
        var mask: CInt = 0
        if ready.isReadable { mask |= CURL_CSELECT_IN }
        if ready.isWritable { mask |= CURL_CSELECT_OUT }
        if ready.isBroken { mask |= CURL_CSELECT_ERR }
        var count: CInt = 0
        curl_multi_socket_action(multi, ready.descriptor, mask, &count)
        if bodiesBytes > configuration.bodiesBytes { makeRoom() }
    }

    /// Ends the largest exchange: pages of usual size are not the ones that pay.
    private func makeRoom() {
        let largest = running.max { $0.value.transfer.body.count < $1.value.transfer.body.count }
        guard let (easy, entry) = largest else { return }
        entry.transfer.makeRoom(configuration.bodiesBytes)
        conclude(easy, nil)
    }

    /// Notes that the body of a transfer has grown; what libcurl tells while it is called.
    func noteGrowth(_ bytes: Int) { bodiesBytes += bytes }

    private func callTimer() {
        guard let due = timer, due <= .now else { return }
        timer = nil
        var count: CInt = 0
        curl_multi_socket_action(multi, shim_socket_timeout(), 0, &count)
    }

    private func judgePaces() {
        let now = ContinuousClock.now
        guard nextJudgement <= now else { return }
        nextJudgement = now + Self.judgementPause
        for (easy, entry) in running where entry.transfer.mustEnd(at: now) {
            conclude(easy, nil)
        }
        if let most = configuration.slowTransfersMax, running.count > most {
            endSlowest(beyond: most, at: now)
        }
    }

    /// Ends exchanges that hold the line while others wait for a slot.
    private func endSlowest(beyond most: Int, at now: ContinuousClock.Instant) {
        let slow = running.filter { $0.value.transfer.age(at: now) > configuration.slowAfter }
        guard slow.count > most else { return }
        let worstFirst = slow.sorted { left, right in
            let (left, right) = (left.value.transfer, right.value.transfer)
            guard left.isSilent == right.isSilent else { return left.isSilent }
            return left.age(at: now) > right.age(at: now)
        }
        for (easy, entry) in worstFirst.prefix(slow.count - most) {
            entry.transfer.giveWay(to: most, at: now)
            conclude(easy, nil)
        }
    }

    /// Until libcurl's timer or the next judgement; for ever when there is neither.
    private func waitMilliseconds(from now: ContinuousClock.Instant) -> Int32 {
        let judgement = running.isEmpty ? nil : nextJudgement
        guard let due = [timer, judgement].compactMap({ $0 }).min() else { return -1 }
        guard due > now else { return 0 }
        // Rounded up, so that the wait does not end just before its reason.
        return Int32(clamping: Int(((due - now) / .milliseconds(1)).rounded(.up)))
    }

    /// Begins and cancels what was asked for; false when the loop is to end.
    private func takeInbox() -> Bool {
        let (starts, cancelled, isStopped) = inbox.withLock { inbox in
            defer {
                inbox.starts = []
                inbox.isNoticed = false
            }
            return (inbox.starts, inbox.cancelled, inbox.isStopped)
        }
        for start in starts { begin(start) }
        if !cancelled.isEmpty {
            for (easy, entry) in running where cancelled.contains(entry.ticket) {
                conclude(easy, nil)
            }
        }
        return !isStopped
    }

    private func begin(_ start: Start) {
        guard let host = URLHost.name(of: start.request.url) else {
            let sentence = "\(start.request.url) is no address of HTTP."
            return finish(start, .failure(TransportFailure(.urlInvalid, sentence)))
        }
        if configuration.proxy != nil, let address = IPAddress(host),
            !configuration.addressPolicy.allows(address, host: host)
        {
            let sentence = "\(start.request.url) names \(address), which is not a public address."
            return finish(start, .failure(TransportFailure(.addressRefused, sentence)))
        }
        guard let easy = idleHandles.popLast() ?? curl_easy_init() else {
            let sentence = "libcurl has no memory for fetching \(start.request.url)."
            return finish(start, .failure(TransportFailure(.connectionFailed, sentence)))
        }
        let transfer = Transfer(
            start.request,
            host: host,
            easy: easy,
            configuration: configuration,
            now: .now
        ) { [unowned self] in noteGrowth($0) }
        running[easy] = Running(transfer: transfer, start: start)
        boundConnections()
        let code = curl_multi_add_handle(multi, easy)
        precondition(code == CURLM_OK, "libcurl does not take a transfer: \(code.rawValue).")
    }

    private func concludeFinished() {
        var left: CInt = 0
        while let message = curl_multi_info_read(multi, &left) {
            guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle
            else { continue }
            conclude(easy, message.pointee.data.result)
        }
    }

    private func conclude(_ easy: UnsafeMutableRawPointer, _ code: CURLcode?) {
        guard let entry = running.removeValue(forKey: easy) else { return }
        let outcome = entry.transfer.conclusion(code, at: .now)
        bodiesBytes -= entry.transfer.body.count
        curl_multi_remove_handle(multi, easy)
        curl_easy_reset(easy)
        if idleHandles.count < Self.idleHandlesMax {
            idleHandles.append(easy)
        } else {
            curl_easy_cleanup(easy)
        }
        boundConnections()
        finish(entry.start, outcome)
    }

    /// libcurl counts connections in use, too, and would close one that could be used again for
    /// each transfer that ends.
    private func boundConnections() {
        let most = running.count + configuration.idleConnections
        _ = shim_multi_set_long(multi, CURLMOPT_MAXCONNECTS, most)
    }

    private func finish(_ start: Start, _ outcome: Result<HTTPResponse, TransportFailure>) {
        inbox.withLock { inbox in
            inbox.open.remove(start.ticket)
            inbox.cancelled.remove(start.ticket)
        }
        start.completion(outcome)
    }
}

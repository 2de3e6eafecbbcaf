import CCurl
import Glibc
import Synchronization

/// The thread that owns libcurl's multi handle and all running transfers.
///
/// `inbox` is the only thing that other threads touch, besides `curl_multi_wakeup`, which libcurl
/// documents as the one call that may come from any thread. Everything else is used on the loop's
/// thread alone: hence `@unchecked Sendable`.
final class CurlLoop: @unchecked Sendable {
    typealias Completion = @Sendable (Result<HTTPResponse, TransportFailure>) -> Void

    private struct Inbox {
        var lastTicket: UInt64 = 0
        var starts: [Start] = []
        var cancelled: Set<UInt64> = []
        /// Tickets that were begun and are not yet concluded.
        var open: Set<UInt64> = []
        var isStopped = false
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
    private var running: [UnsafeMutableRawPointer: Running] = [:]
    private var idleHandles: [UnsafeMutableRawPointer] = []

    /// Handles kept for reuse; each holds about 20 KB.
    private static let idleHandlesMax = 64
    /// The longest sleep, in milliseconds; every reason to wake earlier is computed or signalled.
    private static let sleepMaxMilliseconds = 60_000

    init(configuration: CurlConfiguration) {
        guard let multi = curl_multi_init() else {
            preconditionFailure("libcurl has no memory for a multi handle.")
        }
        self.multi = multi
        self.configuration = configuration
        let options: [(CURLMoption, Int)] = [
            (CURLMOPT_MAX_HOST_CONNECTIONS, configuration.connectionsPerHost),
            (CURLMOPT_MAXCONNECTS, configuration.idleConnections),
        ]
        for (option, value) in options { _ = shim_multi_set_long(multi, option, value) }
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

    /// Changes the inbox and wakes the thread; false after the end. Waking inside the lock keeps
    /// the handle alive: the thread frees it only after it has seen `isStopped`.
    @discardableResult
    private func change(_ body: (inout Inbox) -> Void) -> Bool {
        inbox.withLock { inbox in
            guard !inbox.isStopped else { return false }
            body(&inbox)
            curl_multi_wakeup(multi)
            return true
        }
    }

    // On the loop's thread.

    private func run() {
        while takeInbox() {
            var count: CInt = 0
            curl_multi_perform(multi, &count)
            concludeFinished()
            let now = ContinuousClock.now
            for (easy, entry) in running where entry.transfer.mustEnd(at: now) {
                conclude(easy, nil)
            }
            curl_multi_poll(multi, nil, 0, sleepMilliseconds(from: now), nil)
        }
        for easy in running.keys { conclude(easy, nil) }
        for easy in idleHandles { curl_easy_cleanup(easy) }
        curl_multi_cleanup(multi)
    }

    /// Begins and cancels what was asked for; false when the loop is to end.
    private func takeInbox() -> Bool {
        let (starts, cancelled, isStopped) = inbox.withLock { inbox in
            defer { inbox.starts = [] }
            return (inbox.starts, inbox.cancelled, inbox.isStopped)
        }
        for start in starts { begin(start) }
        for (easy, entry) in running where cancelled.contains(entry.ticket) { conclude(easy, nil) }
        return !isStopped
    }

    private func begin(_ start: Start) {
        guard let host = URLHost.name(of: start.request.url) else {
            let sentence = "\(start.request.url) is no address of HTTP."
            return finish(start, .failure(TransportFailure(.urlInvalid, sentence)))
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
        )
        running[easy] = Running(transfer: transfer, start: start)
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
        curl_multi_remove_handle(multi, easy)
        curl_easy_reset(easy)
        if idleHandles.count < Self.idleHandlesMax {
            idleHandles.append(easy)
        } else {
            curl_easy_cleanup(easy)
        }
        finish(entry.start, outcome)
    }

    private func finish(_ start: Start, _ outcome: Result<HTTPResponse, TransportFailure>) {
        inbox.withLock { inbox in
            inbox.open.remove(start.ticket)
            inbox.cancelled.remove(start.ticket)
        }
        start.completion(outcome)
    }

    private func sleepMilliseconds(from now: ContinuousClock.Instant) -> CInt {
        let next = running.values.compactMap(\.transfer.pace.nextJudgement).min()
        guard let next else { return CInt(Self.sleepMaxMilliseconds) }
        let seconds = (next - now) / .seconds(1)
        // One more, so that the sleep does not end just before the judgement is due.
        return CInt(max(0, min(seconds * 1000 + 1, Double(Self.sleepMaxMilliseconds))))
    }
}

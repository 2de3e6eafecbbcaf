import Foundation
import Glibc
import Readiness
import Synchronization

/// A web server that costs as little as it can: one thread, one small page, any number of hosts of
/// loopback on one port. Made to be faster than what is measured with it.
final class LoadServer: Sendable {
    /// What is served, and how.
    struct Options: Sendable {
        /// Hosts, each with an address of its own.
        var hosts = 500
        /// Bytes of the page.
        var pageBytes = 4096
        /// How long each answer is held back, in milliseconds: the time that a server takes to
        /// think and bytes take to travel.
        var holdMilliseconds = 0
        /// The same for all hosts; 0 takes a free one.
        var port: UInt16 = 0
    }

    /// Where it listens.
    let port: UInt16
    private let options: Options
    private let listeners: [Int32]
    private let isStopped = Mutex(false)
    private let readiness = ReadinessSet()

    /// Listens on all hosts.
    init(_ options: Options) throws {
        self.options = options
        let first = try LoopbackListener(host: 0, port: options.port)
        port = first.port
        listeners =
            [first.descriptor]
            + (try (1..<max(1, options.hosts)).map { [port] host in
                try LoopbackListener(host: host, port: port).descriptor
            })
    }

    /// Address of a host by its number.
    static func address(of host: Int) -> String { "127.1.\(host / 250).\(host % 250 + 1)" }

    /// Ends `run`; from any thread.
    func stop() {
        isStopped.withLock { $0 = true }
        readiness.wake()
    }

    /// Serves until it is stopped.
    func run() {
        for listener in listeners { readiness.watch(listener, reading: true, writing: false) }
        var traffic = LoadTraffic(options, readiness)
        let doors = Set(listeners)
        while !isStopped.withLock({ $0 }) {
            readiness.wait(milliseconds: traffic.waitMilliseconds(from: .now)) { ready in
                if doors.contains(ready.descriptor) {
                    traffic.admit(from: ready.descriptor)
                } else {
                    traffic.read(ready.descriptor)
                }
            }
            traffic.answerDue(at: .now)
        }
        traffic.closeAll()
        for listener in listeners { close(listener) }
    }
}

/// The connections of a load server; used by its thread alone.
private struct LoadTraffic {
    /// Longest request; clients send a few hundred bytes.
    private static let requestBytesMax = 8 << 10

    private let readiness: ReadinessSet
    private let hold: Duration
    private let page: [UInt8]
    /// What has come of a request that is not whole yet, by connection.
    private var open: [Int32: [UInt8]] = [:]
    /// Answers that are held back, in the order in which they are due.
    private var held: [(due: ContinuousClock.Instant, client: Int32)] = []
    private var heldStart = 0
    private var buffer = [UInt8](repeating: 0, count: 4096)
    private var served = 0
    private var openMax = 0

    init(_ options: LoadServer.Options, _ readiness: ReadinessSet) {
        self.readiness = readiness
        hold = .milliseconds(options.holdMilliseconds)
        page = Self.answer(Self.html(options.pageBytes), type: "text/html; charset=utf-8")
    }

    private static func html(_ bytes: Int) -> String {
        let head = "<!DOCTYPE html><html lang=\"en\"><head><title>Tide table</title></head><body>"
        let line = "<p>The tide came in at Kalvik at dawn, and went out again before noon.</p>\n"
        let count = max(1, (bytes - head.utf8.count) / line.utf8.count)
        return head + String(repeating: line, count: count) + "</body></html>\n"
    }

    private static func answer(_ body: String, type: String, status: String = "200 OK") -> [UInt8] {
        let head =
            "HTTP/1.1 \(status)\r\nDate: Wed, 04 Mar 2026 05:40:00 GMT\r\nServer: bench\r\n"
            + "Content-Type: \(type)\r\nContent-Length: \(body.utf8.count)\r\n\r\n"
        return Array((head + body).utf8)
    }

    private static let noRules = answer("", type: "text/plain", status: "404 Not Found")

    mutating func admit(from listener: Int32) {
        while true {
            let client = accept(listener, nil, nil)
            guard client >= 0 else { return }
            LoopbackListener.makeQuick(client)
            open[client] = []
            openMax = max(openMax, open.count)
            readiness.watch(client, reading: true, writing: false)
        }
    }

    mutating func read(_ client: Int32) {
        let count = unsafe recv(client, &buffer, buffer.count, 0)
        if count < 0, errno == EAGAIN { return }
        guard count > 0, var request = open.removeValue(forKey: client) else {
            return leave(client)
        }
        request.append(contentsOf: buffer[..<count])
        let isWhole = request.suffix(4).elementsEqual("\r\n\r\n".utf8)
        guard isWhole || request.count < Self.requestBytesMax else { return leave(client) }
        open[client] = isWhole ? [] : request
        if isWhole { take(request, of: client) }
    }

    private mutating func take(_ request: [UInt8], of client: Int32) {
        if request.starts(with: "GET /_".utf8) {
            let report = #"{"open":\#(open.count),"open_max":\#(openMax),"served":\#(served)}"#
            openMax = open.count
            send(Self.answer(report + "\n", type: "application/json"), to: client)
        } else if request.starts(with: "GET /robots.txt".utf8) {
            send(Self.noRules, to: client)
        } else if hold > .zero {
            held.append((.now + hold, client))
        } else {
            sendPage(to: client)
        }
    }

    mutating func answerDue(at now: ContinuousClock.Instant) {
        while heldStart < held.count, held[heldStart].due <= now {
            // A number may belong to another connection by now, which gets its page early.
            sendPage(to: held[heldStart].client)
            heldStart += 1
        }
        if heldStart * 2 >= held.count {
            held.removeFirst(heldStart)
            heldStart = 0
        }
    }

    func waitMilliseconds(from now: ContinuousClock.Instant) -> Int32 {
        guard heldStart < held.count else { return -1 }
        return Int32(clamping: max(0, Int((held[heldStart].due - now) / .milliseconds(1)) + 1))
    }

    private mutating func sendPage(to client: Int32) {
        served += 1
        send(page, to: client)
    }

    /// A page fits into the buffer of an empty socket; a client that leaves it full is not read.
    private mutating func send(_ bytes: [UInt8], to client: Int32) {
        let sent = unsafe Glibc.send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
        if sent != bytes.count { leave(client) }
    }

    private mutating func leave(_ client: Int32) {
        guard open[client] != nil || readiness.isWatched(client) else { return }
        open[client] = nil
        readiness.forget(client)
        close(client)
    }

    mutating func closeAll() {
        for client in open.keys { close(client) }
        open = [:]
    }
}

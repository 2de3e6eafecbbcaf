package import HTTPServer
package import Logging
import WirecopyMessages
import WirecopyMetrics

/// Answers `GET /metrics`, `/healthz` and `/readyz` of one program, and nothing else.
///
/// It has threads of its own and takes one snapshot a request, which costs the program's socket
/// loop less than a millisecond. It holds no secret, but should be reachable for the monitoring
/// system alone.
package final class StatusServer: Sendable {
    /// How a program names itself in `wirecopy_build_info`.
    package struct Identity: Sendable {
        /// Name of the program.
        package let program: String
        /// Version of the program.
        package let version: String

        /// Names a program and its version.
        package init(program: String, version: String) {
            self.program = program
            self.version = version
        }
    }

    /// How long a loop may take to answer before the program is called unhealthy; it takes work in
    /// turns of milliseconds.
    package static let patience = Duration.seconds(2)

    /// A monitoring system, its spare and a person; beyond that, who says nothing makes room.
    private static let limits = WireLimits(
        connections: 16,
        idleSeconds: 20,
        requestSeconds: 5,
        answerSeconds: 10,
        requestsPerConnection: 100_000
    )

    private let server: WireServer
    private let identity: Identity
    private let snapshot: @Sendable () -> StatusSnapshot?

    /// Listens on an address; port 0 takes a free one.
    ///
    /// - Parameters:
    ///   - address: where to listen.
    ///   - identity: name and version of the program.
    ///   - snapshot: asks the program's loop; `nil` when the loop gave no answer in time.
    /// - Throws: `HTTPServerFailure` when the address cannot be listened on.
    package init(
        _ address: ListenAddress,
        _ identity: Identity,
        snapshot: @escaping @Sendable () -> StatusSnapshot?
    ) throws(HTTPServerFailure) {
        server = try WireServer(address, limits: Self.limits)
        self.identity = identity
        self.snapshot = snapshot
    }

    /// Where it listens, with the real port.
    package var address: ListenAddress { server.address }

    /// Begins to answer, and says where.
    package func start(_ logger: Logger) {
        server.start { [self] request in (answer(request).script(for: request), {}) }
        logger.info(
            "Metrics and health are served.",
            metadata: ["status.address": "\(address)"]
        )
        guard !address.isLoopback else { return }
        logger.warning(
            "Other machines can read the metrics of this one.",
            metadata: ["status.address": "\(address)"]
        )
    }

    /// Closes all connections and frees the port.
    package func stop() { server.stop() }

    /// The answer to one request.
    func answer(_ request: HTTPRequest) -> HTTPAnswer {
        guard ["GET", "HEAD"].contains(request.method) else {
            return HTTPAnswer.plain("Use GET.\n", status: 405).with("Allow", "GET, HEAD")
        }
        switch request.path {
        case "/metrics": return metrics()
        case "/healthz": return verdict([], because: snapshot())
        case "/readyz":
            let snapshot = snapshot()
            return verdict(snapshot?.obstacles ?? [], because: snapshot)
        default:
            return HTTPAnswer.plain("There are /metrics, /healthz and /readyz.\n", status: 404)
        }
    }

    private static let loopSilent = "The program's socket loop did not answer in time."

    private func metrics() -> HTTPAnswer {
        guard let snapshot = snapshot() else {
            return HTTPAnswer.plain(Self.loopSilent + "\n", status: 503)
        }
        var page = MetricPage()
        page.add(.buildInfo, [.init([identity.program, identity.version], 1)])
        let usage = ProcessUsage.now()
        page.add(.cpuSeconds, [.init([], Double(usage.cpuMilliseconds) / 1000)])
        page.add(.openDescriptors, usage.openDescriptors)
        page.add(.residentBytes, usage.residentBytes)
        page.add(.startTime, [.init([], Double(usage.startedAtMilliseconds) / 1000)])
        page.add(.snapshotSeconds, [.init([], snapshot.loopTime / .seconds(1))])
        snapshot.write(&page)
        return HTTPAnswer(headers: [("Content-Type", MetricPage.contentType)], body: page.bytes)
    }

    private func verdict(_ obstacles: [String], because snapshot: StatusSnapshot?) -> HTTPAnswer {
        let obstacles = snapshot == nil ? [Self.loopSilent] : obstacles
        var writer = JSONWriter()
        writer.object { writer in
            writer.field("program", identity.program)
            writer.field("reasons", obstacles)
            writer.field("status", obstacles.isEmpty ? "ok" : "unavailable")
            writer.field("version", identity.version)
        }
        return HTTPAnswer(
            status: obstacles.isEmpty ? 200 : 503,
            headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")],
            body: writer.bytes + [UInt8(ascii: "\n")]
        )
    }
}

import Foundation
import Logging
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// A broker to talk to, with workers: the service that runs already, or a fleet that was started
/// for one command and ends with it.
struct Pipeline {
    /// Takes a free port of the loopback interface.
    static let anyLoopbackPort = "tcp://127.0.0.1:*"

    /// How long a broker of our own may be away: it is started again after at most 2 s, and may
    /// then recover a large journal.
    private static let restartPatience = Duration.seconds(60)

    /// The connection to the broker.
    let connection: BrokerConnection
    private let fleet: Fleet?
    /// Whether broker and workers were started for this command and end with it.
    var isOwn: Bool { fleet != nil }

    /// Connects to the broker that the flags name or that serves the folder; starts one with
    /// workers where there is none.
    private static func open(
        _ options: DataOptions,
        plan: FleetPlan,
        logger: Logger
    ) async throws(ProgramFailure) -> Pipeline {
        if let endpoint = options.endpoint {
            let connection = try await connect(to: endpoint, logger)
            return Pipeline(connection: connection, fleet: nil)
        }
        let fleet = Fleet(directory: options.directory, plan: plan, logger: logger)
        do {
            let endpoint = try await fleet.start(listen: anyLoopbackPort).endpoint
            let patience = Self.restartPatience
            let connection = try await connect(
                to: BrokerEndpoint(address: endpoint),
                patience: patience,
                logger
            )
            return Pipeline(connection: connection, fleet: fleet)
        } catch {
            await fleet.stop()
            throw error
        }
    }

    /// Opens a pipeline for one command, and closes it however `body` ends; signals raise `stop`.
    static func use<Value>(
        _ options: DataOptions,
        plan: FleetPlan,
        logger: Logger,
        stop: StopFlag,
        _ body: (Pipeline) async throws(ProgramFailure) -> Value
    ) async throws(ProgramFailure) -> Value {
        let signals = StopSignals { stop.raise() }
        defer { withExtendedLifetime(signals) {} }
        let pipeline = try await open(options, plan: plan, logger: logger)
        do {
            let value = try await body(pipeline)
            await pipeline.close()
            return value
        } catch {
            await pipeline.close()
            throw error
        }
    }

    /// Disconnects, and stops what was started.
    private func close() async {
        await connection.close()
        await fleet?.stop()
    }

    /// Connects to a broker; requests wait for it for `patience`.
    static func connect(
        to endpoint: BrokerEndpoint,
        patience: Duration = .seconds(10),
        _ logger: Logger
    ) async throws(ProgramFailure) -> BrokerConnection {
        let connection = try makeConnection(to: endpoint, patience: patience, logger)
        do {
            try await connection.open()
            return connection
        } catch {
            throw ProgramFailure(error)
        }
    }

    /// Makes a connection that is not open yet.
    static func makeConnection(
        to endpoint: BrokerEndpoint,
        patience: Duration,
        _ logger: Logger
    ) throws(ProgramFailure) -> BrokerConnection {
        let peer = "wirecopy/\(ProcessInfo.processInfo.hostName)-\(getpid())"
        var configuration = LinkConfiguration(endpoint: endpoint.address, peer: peer)
        configuration.keys = endpoint.keys
        configuration.allowsPlaintext = endpoint.allowsPlaintext
        do {
            return try BrokerConnection(configuration, reachTimeout: patience, logger: logger)
        } catch {
            throw ProgramFailure(error)
        }
    }
}

extension ProgramFailure {
    /// Why a command could not talk to the broker, or what was wrong with what it asked.
    init(_ failure: ClientFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .keyUnusable: .configuration
            case .keyRefused, .refused(.notAllowed), .refused(.protocolVersion): .protocol
            case .operationFailed: .usage
            default: .unavailable
            }
        self.init(status, failure.message)
    }
}

package import HTTPServer
package import Logging
import Synchronization
import WirecopyStatus
import ZeroMQ

/// The broker as a service: runs until it is stopped or its journal breaks.
///
/// Owns the socket loop; everything else lives in the `BrokerPort` on the loop's thread.
package final class BrokerService: Sendable {
    private struct State {
        var port: BrokerPort?
        var isStopping = false
        var statusAddress: ListenAddress?
    }

    private let configuration: BrokerConfiguration
    private let logger: Logger
    private let state = Mutex(State())

    /// Makes a service that does not run yet.
    package init(configuration: BrokerConfiguration, logger: Logger) {
        self.configuration = configuration
        self.logger = logger
    }

    /// Listens, and returns after a graceful stop.
    ///
    /// - Parameter onReady: gets the addresses that peers can connect to, with their real ports.
    /// - Throws: `endpointRefused`, `keys`, `addressInUse`, `socketFailed`, or the journal's
    ///   reason.
    package func run(
        onReady: @Sendable (_ endpoints: BrokerEndpoints) -> Void = { _ in }
    ) async throws(BrokerFailure) {
        try configuration.checkEndpoint()
        let port = try makePort()
        let endpoints = try await port.open()
        let mustStop = state.withLock { state in
            state.port = port
            return state.isStopping
        }
        logger.info("The broker listens.", metadata: endpoints.metadata)
        let server = try await startStatusServer(port)
        defer { server?.stop() }
        onReady(endpoints)
        if mustStop { await port.stop() }
        let failure = await withTaskCancellationHandler {
            await port.ended()
        } onCancel: {
            stop()
        }
        if let failure { throw failure }
        logger.info("The broker has stopped.")
    }

    /// Where metrics and health are served, with the real port; `nil` before `onReady` and where
    /// none are.
    package var statusAddress: ListenAddress? { state.withLock { $0.statusAddress } }

    /// Asks for a graceful stop: workers are told to finish, commits are completed, `run` returns.
    ///
    /// May be called from any thread, before `run` and more than once; returns at once.
    package func stop() {
        let port = state.withLock { state in
            state.isStopping = true
            return state.port
        }
        port?.postStop()
    }

    private func startStatusServer(
        _ port: BrokerPort
    ) async throws(BrokerFailure) -> StatusServer? {
        guard let address = configuration.metricsAddress else { return nil }
        do {
            let server = try StatusServer(address, configuration.identity) {
                port.statusSnapshot()
            }
            server.start(logger)
            state.withLock { $0.statusAddress = server.address }
            return server
        } catch {
            await port.abandon()
            throw BrokerFailure(error)
        }
    }

    private func makePort() throws(BrokerFailure) -> BrokerPort {
        do {
            return BrokerPort(
                configuration: configuration,
                logger: logger,
                loop: try SocketLoop(name: "broker"),
                context: try Context(ioThreads: configuration.ioThreads)
            )
        } catch {
            throw BrokerFailure(error)
        }
    }
}

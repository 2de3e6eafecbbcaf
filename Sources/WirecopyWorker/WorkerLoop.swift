package import HTTPServer
package import Logging
import Synchronization
import WirecopyClient
package import WirecopyMessages
import WirecopyStatus
import ZeroMQ

/// Runs a stage as a worker: lease → decode → process → encode → acknowledge, in several slots.
///
/// A main builds one, calls `run()`, and calls `stop()` from its signal handler.
package final class WorkerLoop<S: Stage>: Sendable {
    private enum State {
        case new
        case running(WorkerPort)
        case stopped
    }

    private let configuration: WorkerConfiguration
    private let handler: DeliveryHandler<S>
    private let logger: Logger
    private let surroundings: WorkerSurroundings
    private let state = Mutex(State.new)
    private let servedAt = Mutex<ListenAddress?>(nil)

    /// Makes a worker that does nothing yet.
    package init(
        stage: S,
        configuration: WorkerConfiguration,
        logger: Logger,
        surroundings: WorkerSurroundings = .system
    ) {
        self.configuration = configuration
        self.logger = logger
        self.surroundings = surroundings
        handler = DeliveryHandler(
            stage: stage,
            source: "/" + configuration.link.peer,
            surroundings: surroundings
        )
    }

    /// Works until `stop()`; a broker that is away is waited for.
    ///
    /// Cancelling the task stops too, but also cancels the work that is in hand.
    ///
    /// - Throws: `WorkerFailure` when the broker refuses the worker, when too many calls of the
    ///   stage hang, or when a stop took longer than the grace period.
    package func run() async throws(WorkerFailure) {
        let port = try WorkerPort(
            configuration,
            stage: handler.stage.name,
            stageVersion: handler.stage.version,
            surroundings: surroundings,
            logger: logger
        )
        let isNew = state.withLock { state in
            guard case .new = state else { return false }
            state = .running(port)
            return true
        }
        // Stopped before it began: there is nothing to give back.
        guard isNew else { return }
        let server = try startStatusServer(port)
        defer { server?.stop() }
        try await port.open()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<configuration.slots { group.addTask { await self.runSlot(port) } }
            group.addTask {
                await StopSignal().wait()
                await port.stop()
            }
            await port.ended()
            group.cancelAll()
        }
        if let failure = await port.shutDown() { throw failure }
    }

    /// Begins a graceful stop and returns at once; `run()` returns when it is over.
    ///
    /// May be called from any thread and more than once.
    package func stop() {
        let port = state.withLock { state in
            defer { state = .stopped }
            guard case .running(let port) = state else { return WorkerPort?.none }
            return port
        }
        // Not a task: the stage may be blocking the shared threads.
        port?.loop.post { port?.assumeIsolated { $0.stop() } }
    }

    /// Where metrics and health are served, with the real port; `nil` where none are.
    package var statusAddress: ListenAddress? { servedAt.withLock { $0 } }

    private func startStatusServer(
        _ port: WorkerPort
    ) throws(WorkerFailure) -> StatusServer? {
        guard let address = configuration.metricsAddress else { return nil }
        do throws(HTTPServerFailure) {
            let server = try StatusServer(address, configuration.identity) {
                port.loop.ask(within: StatusServer.patience) {
                    port.assumeIsolated { $0.snapshot() }
                }
            }
            server.start(logger)
            servedAt.withLock { $0 = server.address }
            return server
        } catch {
            throw .socketFailed(error.message)
        }
    }

    private func runSlot(_ port: WorkerPort) async {
        var finished: WorkerPort.Finished?
        while let work = await port.next(after: finished) {
            finished = await perform(work)
        }
    }

    /// Never seen, because a child always reports; it must not pass for finished work if it were.
    private static var noReport: StageFailure {
        StageFailure(.stageFailed, .retry(after: nil), "The stage ended without a report.")
    }

    private func perform(_ work: WorkerPort.Work) async -> WorkerPort.Finished {
        let start = ContinuousClock.now
        let report = await withTaskGroup(of: LeaseKeeper.Report?.self) { group in
            group.addTask { await self.report(of: work.delivery) }
            group.addTask {
                await work.stop.wait()
                return nil
            }
            var report: LeaseKeeper.Report?
            for await ended in group {
                report = report ?? ended
                group.cancelAll()
            }
            return report ?? .failed(Self.noReport)
        }
        return WorkerPort.Finished(
            lease: work.delivery.lease,
            report: report,
            serviceTime: ContinuousClock.now - start
        )
    }

    @concurrent
    private func report(of delivery: BrokerReply.Delivery) async -> LeaseKeeper.Report {
        do {
            return try await handler.report(of: delivery)
        } catch {
            return .failed(error)
        }
    }
}

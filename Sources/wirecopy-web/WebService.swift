import HTTPServer
import Logging
import WirecopyMessages
import WirecopyProgram
import WirecopyWeb

/// The page as a service: the watch on the broker and the server, until it is stopped.
struct WebService {
    private let options: WebOptions

    /// Prepares the service that flags describe.
    init(_ options: WebOptions) { self.options = options }

    /// Serves until a signal comes or the supervisor ends.
    func run() async throws(ProgramFailure) {
        let logger = options.program.startLogging("wirecopy-web")
        try options.directory.create()
        let address = try options.address()
        let policy = try options.policy(address)
        let desk = BrokerDesk(logger: logger, address: options.brokerAddress)
        let watch = QueueWatch(desk)
        let site: WebSite
        do throws(WebFailure) {
            site = WebSite(
                store: StoreDesk(path: options.storePath),
                queue: desk,
                watch: watch,
                policy: policy,
                assets: try .shipped(),
                now: { Instant.now() }
            )
        } catch {
            throw ProgramFailure(.softwareError, error.message)
        }
        let directory = options.directory
        let server = WebServer(site: site, address: address, logger: logger) { served in
            logger.info("The page is served.", metadata: ["web.address": "\(served)"])
            do throws(ProgramFailure) {
                try WebAddress.write(served, in: directory)
            } catch {
                logger.warning("\(error.message)")
            }
        }
        defer { WebAddress.remove(in: directory) }
        let (stops, stopping) = AsyncStream<Void>.makeStream()
        let signals = StopSignals { stopping.finish() }
        defer { withExtendedLifetime(signals) {} }
        let served = await serve(server, watch, until: stops)
        await desk.close()
        try served.get()
    }

    /// Runs watch and server; when one ends, or it is time to stop, both do.
    private func serve(
        _ server: WebServer,
        _ watch: QueueWatch,
        until stops: AsyncStream<Void>
    ) async -> Result<Void, ProgramFailure> {
        await withTaskGroup(of: Result<Void, ProgramFailure>.self) { group in
            group.addTask {
                await watch.run()
                return .success(())
            }
            group.addTask {
                do throws(ProgramFailure) {
                    return .success(try await server.run())
                } catch {
                    return .failure(error)
                }
            }
            group.addTask {
                for await _ in stops {}
                return .success(())
            }
            let first = await group.next() ?? .success(())
            // Readers first: a server waits for the answers that it has begun.
            watch.board.close()
            group.cancelAll()
            return first
        }
    }
}

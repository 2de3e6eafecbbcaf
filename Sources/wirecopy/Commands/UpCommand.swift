import ArgumentParser
import Foundation
import WirecopyProgram

/// `wirecopy up`: the service on this machine, until stopped.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run broker, workers and web page on this machine until stopped.",
        discussion: """
            Pages are added with wirecopy add, the state is shown by wirecopy top. More workers, \
            here or elsewhere, join with: wirecopy-parser --broker tcp://HOST:PORT
            """
    )

    @Option(help: "Endpoint at which the broker listens.")
    var listen = Configuration.current.text(.listen, default: "tcp://127.0.0.1:5577")

    @Option(help: "Where the web page is served.")
    var webListen = Configuration.current.text(.webListen, default: "127.0.0.1:5580")

    @Flag(inversion: .prefixedNo, exclusivity: .chooseLast, help: "Serve the web page too.")
    var web = true

    @OptionGroup var plan: FleetPlan
    @OptionGroup var options: DataOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        if let running = BrokerAddress(in: options.directory) {
            throw ProgramFailure(
                .unavailable,
                "A broker serves \(options.directory.path) already, at \(running.endpoint)."
            )
        }
        let (stops, stopping) = AsyncStream<Void>.makeStream()
        let signals = StopSignals { stopping.finish() }
        var plan = plan
        if web { plan.pageAddress = webListen }
        let fleet = Fleet(directory: options.directory, plan: plan, logger: logger)
        do {
            let address = try await fleet.start(listen: listen)
            let endpoint = address.encryptedEndpoint ?? address.endpoint
            Terminal.print("wirecopy is up at \(endpoint); logs are in \(options.directory.logs).")
            if web { await Self.tellPage(fleet, options.directory) }
        } catch {
            await fleet.stop()
            throw error
        }
        for await _ in stops {}
        Terminal.note("Stopping: work in hand is finished first.")
        await fleet.stop()
        withExtendedLifetime(signals) {}
    }

    private static func tellPage(_ fleet: Fleet, _ directory: DataDirectory) async {
        guard let address = await fleet.pageAddress() else {
            let log = "\(directory.logs)/wirecopy-web-1.log"
            return Terminal.note("The web page is not served yet; \(log) says why.")
        }
        Terminal.print("The page is at \(address)")
    }
}

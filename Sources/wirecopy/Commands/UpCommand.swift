import ArgumentParser
import Foundation
import WirecopyProgram

/// `wirecopy up`: the service on this machine, until stopped.
struct UpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "up",
        abstract: "Run broker and workers on this machine until stopped.",
        discussion: """
            Pages are added with wirecopy add, the state is shown by wirecopy top. More workers, \
            here or elsewhere, join with: wirecopy-parser --broker tcp://HOST:PORT
            """
    )

    @Option(help: "Endpoint at which the broker listens.")
    var listen = Configuration.current.text(.listen, default: "tcp://127.0.0.1:5577")

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
        let fleet = Fleet(directory: options.directory, plan: plan, logger: logger)
        do {
            let address = try await fleet.start(listen: listen)
            let endpoint = address.encryptedEndpoint ?? address.endpoint
            Terminal.print("wirecopy is up at \(endpoint); logs are in \(options.directory.logs).")
        } catch {
            await fleet.stop()
            throw error
        }
        for await _ in stops {}
        Terminal.note("Stopping: work in hand is finished first.")
        await fleet.stop()
        withExtendedLifetime(signals) {}
    }
}

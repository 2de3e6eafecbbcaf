import ArgumentParser
import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// `wirecopy add INPUT...`: hands pages to a running service.
struct AddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Hand pages to a running service; they are on its disk when this returns."
    )

    @Argument(help: "Pages to take in; see wirecopy help run.")
    var inputs: [String]

    @OptionGroup var adding: AddOptions
    @OptionGroup var options: DataOptions

    func run() async throws {
        let logger = options.program.startLogging("wirecopy")
        guard !adding.isDryRun else {
            let settings = adding.settings(source: "/wirecopy/add")
            return await InputPreview.show(inputs, settings, asJSON: false)
        }
        guard let endpoint = options.endpoint else {
            throw ProgramFailure(
                .unavailable,
                "No broker serves \(options.directory.path). Type wirecopy up first, name one with "
                    + "--broker, or process without a service: wirecopy run INPUT."
            )
        }
        let stop = StopFlag()
        let signals = StopSignals { stop.raise() }
        let connection = try await Pipeline.connect(to: endpoint, logger)
        let publisher = InputPublisher(connection: connection, stop: stop)
        let count = try await publisher.publish(inputs, adding)
        await connection.close()
        withExtendedLifetime(signals) {}
        Terminal.note("\(Quantity.count(count, "page")) added.")
    }
}

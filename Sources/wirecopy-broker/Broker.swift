import ArgumentParser
import Foundation
import WirecopyBroker
import WirecopyProgram

/// The broker as a program.
@main
struct Broker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-broker",
        abstract: "Keeps the queues: durable journal, leases, retries, replay, ledger.",
        version: ProgramVersion.current
    )

    @Option(help: "Endpoint to bind; a port * takes a free one.")
    var listen = Configuration.current.text(.listen, default: "tcp://127.0.0.1:5577")

    @Option(help: "Endpoint for programs of this machine, beside --listen, where keys are needed.")
    var local: String?

    @Option(help: "Folder of keys; given, it makes even a loopback address ask for them.")
    var keys: String?

    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @Option(help: "Deliveries of a message before it is given up.")
    var attempts = Configuration.current.integer(.attempts, default: 5)

    @Option(help: "Pages of one host that are fetched at a time, over all fetchers; 0 for any.")
    var laneLimit = Configuration.current.integer(.laneLimit, default: 2)

    @Flag(
        inversion: .prefixedNo,
        help: "Bind addresses that other machines reach, although nothing is encrypted."
    )
    var allowPlaintext = Configuration.current.boolean(.allowPlaintext)

    @Option(help: "Where /metrics, /healthz and /readyz are served, such as 127.0.0.1:9577.")
    var metricsAddress = Configuration.current.text(.metricsAddress, default: "")

    @OptionGroup var retention: RetentionOptions
    @OptionGroup var program: ProgramOptions

    func validate() throws {
        guard 1...100 ~= attempts else { throw ValidationError("--attempts is 1 to 100.") }
        guard 0...1000 ~= laneLimit else {
            throw ValidationError("--lane-limit is 1 to 1,000, or 0 for no limit.")
        }
    }

    func run() async {
        await endingWithStatus("wirecopy-broker") { () throws(ProgramFailure) in
            let logger = program.startLogging("wirecopy-broker")
            let directory = DataDirectory(path: data)
            try directory.create()
            DescriptorLimit.raise()
            HeapSettings.keepLargeBlocks()
            let configuration = try configuration(directory)
            let service = BrokerService(configuration: configuration, logger: logger)
            let signals = StopSignals { service.stop() }
            defer { BrokerAddress.remove(in: directory) }
            do throws(BrokerFailure) {
                try await service.run { announce($0, in: directory, service) }
            } catch {
                throw ProgramFailure(error)
            }
            withExtendedLifetime(signals) {}
        }
    }
}

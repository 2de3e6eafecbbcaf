import ArgumentParser
import HTTPServer
import WirecopyClient
package import WirecopyMessages
package import WirecopyProgram
import WirecopyStatus

/// The flags of every worker program, and its way from flags to a running loop.
package struct WorkerOptions: ParsableArguments {
    @Option(help: "Endpoint of the broker, such as tcp://10.0.0.5:5577.")
    private var broker: String?

    @Option(help: "Folder of the installation, in which a running broker leaves its address.")
    private var data = DataDirectory.configuredPath

    @Option(help: "Messages worked on at once; 0 takes what suits the stage.")
    private var slots = Configuration.current.integer(.slots, default: 0)

    @Option(help: "Seconds that the stage may work on one message.")
    private var timeLimit = Configuration.current.integer(.timeLimit, default: 60)

    @Option(help: "Seconds to finish what is begun when stopped.")
    private var grace = Configuration.current.integer(.grace, default: 15)

    @OptionGroup private var link: LinkOptions

    @Option(help: "Where /metrics, /healthz and /readyz are served, such as 127.0.0.1:9580-9589.")
    private var metricsAddress = Configuration.current.text(.metricsAddress, default: "")

    @OptionGroup private var program: ProgramOptions

    package init() {}

    package func validate() throws {
        guard 0...1024 ~= slots, 1...3600 ~= timeLimit, 0...3600 ~= grace else {
            throw ValidationError(
                "--slots is 0 to 1024, --time-limit 1 to 3600 and --grace 0 to 3600 seconds."
            )
        }
    }

    /// The folder of the installation.
    package var directory: DataDirectory { DataDirectory(path: data) }

    /// Messages worked on at once: what was asked for, or else what suits the stage.
    package func slots(orUsual usual: Int) -> Int { slots > 0 ? slots : usual }

    /// Runs a stage until SIGTERM or SIGINT, and turns what goes wrong into an exit status.
    ///
    /// - Parameters:
    ///   - name: name of the program.
    ///   - slotsDefault: slots that suit the stage; `nil` takes one a processor.
    ///   - makeStage: opens what the stage needs.
    package func run<S: Stage>(
        _ name: String,
        slotsDefault: Int? = nil,
        _ makeStage: () async throws(ProgramFailure) -> S
    ) async {
        await endingWithStatus(name) { () throws(ProgramFailure) in
            HeapSettings.keepLargeBlocks()
            let logger = program.startLogging(name)
            let stage = try await makeStage()
            var configuration = try configuration(for: stage.name, slotsDefault)
            configuration.metricsAddress = try ListenAddress(metricsSetting: metricsAddress)
            configuration.identity = .init(program: name, version: ProgramVersion.current)
            let loop = WorkerLoop(stage: stage, configuration: configuration, logger: logger)
            let signals = StopSignals { loop.stop() }
            do throws(WorkerFailure) {
                try await loop.run()
            } catch {
                throw ProgramFailure(error)
            }
            withExtendedLifetime(signals) {}
        }
    }

    private func configuration(
        for stage: StageName,
        _ slotsDefault: Int?
    ) throws(ProgramFailure) -> WorkerConfiguration {
        let named = broker ?? Configuration.current.text(.broker)
        guard let endpoint = named ?? BrokerAddress(in: directory)?.endpoint else {
            throw ProgramFailure(
                .unavailable,
                "No broker serves \(directory.path). Name one with --broker tcp://HOST:PORT, or "
                    + "start one with wirecopy up."
            )
        }
        var generator = SystemRandomNumberGenerator()
        let peer = WorkerConfiguration.peerName(for: stage.rawValue, using: &generator)
        let count = slots > 0 ? slots : slotsDefault
        var configuration = WorkerConfiguration(endpoint: endpoint, peer: peer, slots: count)
        // A broker that made itself known in the folder is on this machine and asks for no key.
        configuration.link.keys = named == nil ? nil : link.keys
        configuration.link.allowsPlaintext = link.allowPlaintext
        configuration.stageTimeLimit = .seconds(timeLimit)
        configuration.grace = .seconds(grace)
        return configuration
    }
}

extension ProgramFailure {
    /// How a worker that cannot go on ends its program.
    init(_ failure: WorkerFailure) {
        let status: ExitStatus =
            switch failure {
            case .refused(.protocolVersion, _), .refused(.notAllowed, _): .protocol
            case .keyUnusable: .configuration
            case .refused, .socketFailed: .unavailable
            case .slotsHung, .graceExceeded: .softwareError
            }
        self.init(status, failure.message)
    }
}

import Foundation
import HTTPServer
import WirecopyBroker
import WirecopyKeys
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue
import WirecopyStatus

extension Broker {
    /// What the flags mean for the service.
    func configuration(
        _ directory: DataDirectory
    ) throws(ProgramFailure) -> BrokerConfiguration {
        var configuration = BrokerConfiguration(
            endpoint: listen,
            journalDirectory: directory.queue
        )
        configuration.allowsPlaintext = allowPlaintext
        configuration.keys = keyFolder(directory)
        configuration.localEndpoint = localEndpoint
        configuration.retryPolicy.attemptsMax = attempts
        configuration.limits.laneLeasedMax = laneLimit == 0 ? [:] : [.fetch: laneLimit]
        configuration.journal.retention = RetentionPolicy(retention)
        configuration.metricsAddress = try ListenAddress(metricsSetting: metricsAddress)
        configuration.identity = .init(program: "wirecopy-broker", version: ProgramVersion.current)
        return configuration
    }

    /// A port of its own that stays the same over restarts, so that workers of this machine find
    /// the broker again; a free one where `listen` takes a free one too.
    private var localEndpoint: String {
        let builtIn = listen.hasSuffix(":*") ? "tcp://127.0.0.1:*" : "tcp://127.0.0.1:5576"
        return local ?? Configuration.current.text(.local, default: builtIn)
    }

    /// The keys to use: those of a folder that was named, and those of the installation where other
    /// machines can connect and keys were made.
    private func keyFolder(_ directory: DataDirectory) -> KeyFolder? {
        let named = keys ?? Configuration.current.text(.keys)
        if let named { return KeyFolder(path: named) }
        guard !LinkAddress.isLocal(listen), !allowPlaintext else { return nil }
        let folder = KeyFolder(path: directory.keys)
        return folder.exists ? folder : nil
    }

    /// Lets the programs of this machine find the broker; without that nobody could use it.
    func announce(
        _ endpoints: BrokerEndpoints,
        in directory: DataDirectory,
        _ service: BrokerService
    ) {
        let address = BrokerAddress(
            endpoint: endpoints.local,
            encryptedEndpoint: endpoints.encrypted,
            pid: ProcessInfo.processInfo.processIdentifier
        )
        do {
            try address.write(in: directory)
        } catch {
            FileHandle.standardError.write(Data("wirecopy-broker: \(error.message)\n".utf8))
            service.stop()
        }
    }
}

extension RetentionPolicy {
    /// What the flags mean for the journal.
    init(_ options: RetentionOptions) {
        self.init()
        finished = Limits(ageMax: options.finished?.ageMax, bytesMax: options.finished?.bytesMax)
        dead = Limits(ageMax: options.dead?.ageMax, bytesMax: options.dead?.bytesMax)
        bodies = Limits(ageMax: options.bodies?.ageMax, bytesMax: options.bodies?.bytesMax)
    }
}

extension ProgramFailure {
    /// How a broker that cannot go on ends its program.
    init(_ failure: BrokerFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .endpointRefused: .usage
            case .keys(.fileUnwritable): .cannotCreate
            case .keys: .configuration
            case .addressInUse, .socketFailed, .journal(.journalInUse): .unavailable
            case .journal(.journalTooNew): .protocol
            case .journal(.journalMissing), .journal(.storageFull): .cannotCreate
            case .journal: .inputOutputError
            }
        self.init(status, failure.message)
    }
}

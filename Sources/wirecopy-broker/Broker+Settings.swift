import Foundation
import WirecopyBroker
import WirecopyProgram
import WirecopyQueue

extension Broker {
    /// What the flags mean for the service.
    func configuration(_ directory: DataDirectory) -> BrokerConfiguration {
        var configuration = BrokerConfiguration(
            endpoint: listen,
            journalDirectory: directory.queue
        )
        configuration.allowsPlaintext = allowPlaintext
        configuration.retryPolicy.attemptsMax = attempts
        return configuration
    }

    /// Lets the programs of this machine find the broker; without that nobody could use it.
    func announce(_ endpoint: String, in directory: DataDirectory, _ service: BrokerService) {
        let address = BrokerAddress(
            endpoint: endpoint,
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

extension ProgramFailure {
    /// How a broker that cannot go on ends its program.
    init(_ failure: BrokerFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .endpointRefused: .usage
            case .addressInUse, .socketFailed, .journal(.journalInUse): .unavailable
            case .journal(.journalTooNew): .protocol
            case .journal(.journalMissing), .journal(.storageFull): .cannotCreate
            case .journal: .inputOutputError
            }
        self.init(status, failure.message)
    }
}

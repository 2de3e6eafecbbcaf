import ArgumentParser
import WirecopyKeys
import WirecopyProgram

/// Flags of every command that works on an installation.
struct DataOptions: ParsableArguments {
    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @Option(help: "Address of a running broker, such as tcp://10.0.0.5:5577.")
    var broker: String?

    @OptionGroup var link: LinkOptions
    @OptionGroup var program: ProgramOptions

    /// The folder that the flags name.
    var directory: DataDirectory { DataDirectory(path: data) }

    /// The broker that the flags name, or the one that serves the folder; `nil` when none runs.
    var endpoint: BrokerEndpoint? {
        if let named = broker ?? Configuration.current.text(.broker) {
            return BrokerEndpoint(
                address: named,
                keys: link.keys,
                allowsPlaintext: link.allowPlaintext
            )
        }
        return BrokerAddress(in: directory).map { BrokerEndpoint(address: $0.endpoint) }
    }
}

/// A broker to connect to, and with which key.
struct BrokerEndpoint: Sendable {
    /// ZeroMQ address, such as `tcp://127.0.0.1:5577`.
    let address: String
    /// The key to connect with; `nil` for a broker on this machine, which asks for none.
    var keys: LinkKeys?
    /// Whether a broker on another machine may be talked to in plain text.
    var allowsPlaintext = false
}

extension BrokerEndpoint {
    /// Reads `ADDRESS`, or `ADDRESS=KEY` where several brokers have keys of their own.
    init(naming text: String, _ link: LinkOptions) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        address = parts.first ?? text
        keys = link.keys
        if let keyFile = keys?.keyFile, parts.count > 1 {
            keys = LinkKeys(keyFile: keyFile, brokerKey: parts[1])
        }
        allowsPlaintext = link.allowPlaintext
    }
}

/// Flag of every reading command.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write JSON instead of a table.")
    var json = false
}

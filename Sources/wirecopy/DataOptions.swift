import ArgumentParser
import WirecopyProgram

/// Flags of every command that works on an installation.
struct DataOptions: ParsableArguments {
    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @Option(help: "Address of a running broker, such as tcp://10.0.0.5:5577.")
    var broker: String?

    @OptionGroup var program: ProgramOptions

    /// The folder that the flags name.
    var directory: DataDirectory { DataDirectory(path: data) }

    /// The broker that the flags name, or the one that serves the folder; `nil` when none runs.
    var endpoint: String? {
        broker ?? Configuration.current.text(.broker) ?? BrokerAddress(in: directory)?.endpoint
    }
}

/// Flag of every reading command.
struct OutputOptions: ParsableArguments {
    @Flag(help: "Write JSON instead of a table.")
    var json = false
}

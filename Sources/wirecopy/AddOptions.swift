import ArgumentParser
import Foundation
import WirecopyFetch

/// Flags of the commands that take pages in.
struct AddOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Kind of the inputs, instead of what is detected.")
    var kind: InputKind?

    @Flag(
        name: .customLong("dry-run"),
        help: "Tell what each input would be taken as, and what not and why; write nothing."
    )
    var isDryRun = false

    /// How inputs are read, from the folder in which the command was typed; `source` names who
    /// makes the messages.
    func settings(source: String) -> InputSettings {
        InputSettings(
            source: source,
            workingDirectory: FileManager.default.currentDirectoryPath,
            kind: kind
        )
    }
}

extension InputKind: ExpressibleByArgument {}

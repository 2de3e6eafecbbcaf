import ArgumentParser
import WirecopyFetch

/// Flags of the commands that take pages in.
struct AddOptions: ParsableArguments {
    @Option(name: .customLong("as"), help: "Kind of the inputs, instead of what is detected.")
    var kind: InputKind?
}

extension InputKind: ExpressibleByArgument {}

import ArgumentParser
package import WirecopyKeys

/// The flags of every program that connects to a broker on another machine.
package struct LinkOptions: ParsableArguments {
    @Option(help: "File with this program's secret key, made by wirecopy keys new.")
    private var keyFile: String?

    @Option(help: "The broker's public key, or a file with it; otherwise it is in the key file.")
    private var brokerKey: String?

    /// Whether a broker on another machine may be talked to in plain text.
    @Flag(inversion: .prefixedNo, help: "Talk in plain text to a broker on another machine.")
    package private(set) var allowPlaintext = Configuration.current.boolean(.allowPlaintext)

    package init() {}

    /// Where the keys are; `nil` when none were given.
    package var keys: LinkKeys? {
        let settings = Configuration.current
        return (keyFile ?? settings.text(.keyFile)).map { path in
            LinkKeys(keyFile: path, brokerKey: brokerKey ?? settings.text(.brokerKey))
        }
    }
}

import ArgumentParser
import WirecopyProgram

/// The web page as a program.
@main
struct Web: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-web",
        abstract: "Serves the web page and its API.",
        version: ProgramVersion.current
    )

    @OptionGroup var options: WebOptions

    func run() async {
        await endingWithStatus("wirecopy-web") { () async throws(ProgramFailure) in
            DescriptorLimit.raise()
            try await WebService(options).run()
        }
    }
}

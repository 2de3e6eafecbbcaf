import ArgumentParser
import WirecopyProgram

/// Trains what ships as a resource, from corpora that the user names.
@main
struct Train: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-train",
        abstract: "Train Wirecopy's models; build it with --configuration release.",
        discussion: "The same data give the same bytes.",
        subcommands: [
            TrainMainText.self, TrainFields.self, TrainText.self, TrainNames.self,
            TrainQuotations.self, TrainStories.self,
        ]
    )

    static func main() async { await runEndingWithStatus("wirecopy-train") }
}

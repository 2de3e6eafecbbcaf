import ArgumentParser
import Foundation
import WirecopyProgram

/// Measures parts of Wirecopy on this machine: one JSON line a case on standard output.
@main
struct Bench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-bench",
        abstract: "Measure a part of Wirecopy; build it with --configuration release.",
        discussion: "A line has case, value, unit and, with a reference in the same run, a ratio.",
        subcommands: [
            PipelineBench.self, QueueBench.self, JournalBench.self, PendingBench.self,
            ReplayBench.self, StateMachineBench.self,
            ParseBench.self, ExtractBench.self, FetchBench.self, PollingBench.self,
            StoreBench.self,
            QueuePublisher.self, QueueWorkerCommand.self, QueueReplayer.self,
            FetchServerCommand.self,
        ]
    )

    static func main() async {
        noteDebugBuild()
        await runEndingWithStatus("wirecopy-bench")
    }

    private static func noteDebugBuild() {
        #if DEBUG
            let note = "This is a debug build: the figures mean nothing.\n"
            FileHandle.standardError.write(Data(note.utf8))
        #endif
    }
}

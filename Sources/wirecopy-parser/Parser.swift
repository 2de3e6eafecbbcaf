import ArgumentParser
import WirecopyParse
import WirecopyProgram
import WirecopyWorker

/// The worker of stage two.
@main
struct Parser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-parser",
        abstract: "Reads articles out of pages: fetched pages in, parsed articles out.",
        version: ProgramVersion.current
    )

    @OptionGroup var worker: WorkerOptions

    func run() async {
        await worker.run("wirecopy-parser") { () throws(ProgramFailure) in
            do throws(ParseFailure) {
                return try ParseStage()
            } catch {
                throw ProgramFailure(.softwareError, error.message)
            }
        }
    }
}

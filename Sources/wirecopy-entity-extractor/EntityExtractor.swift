import ArgumentParser
import WirecopyEntities
import WirecopyProgram
import WirecopyWorker

/// The worker of stage three.
@main
struct EntityExtractor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-entity-extractor",
        abstract: "Finds names, statements and sources: parsed articles in, annotated ones out.",
        version: ProgramVersion.current
    )

    @OptionGroup var worker: WorkerOptions

    func run() async {
        await worker.run("wirecopy-entity-extractor") { () throws(ProgramFailure) in
            do throws(EntityFailure) {
                return try EntityStage()
            } catch {
                throw ProgramFailure(.softwareError, error.message)
            }
        }
    }
}

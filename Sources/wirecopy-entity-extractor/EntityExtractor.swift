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

    @Option(help: "File that says which names mean one thing.")
    var aliases: String?

    func run() async {
        await worker.run("wirecopy-entity-extractor") { () throws(ProgramFailure) in
            do throws(EntityFailure) {
                let path = aliases ?? Configuration.current.text(.aliases)
                let list = if let path { try AliasList(path: path) } else { AliasList() }
                return try EntityStage(aliases: list)
            } catch {
                let status: ExitStatus = error.isOfSetting ? .configuration : .softwareError
                throw ProgramFailure(status, error.message)
            }
        }
    }
}

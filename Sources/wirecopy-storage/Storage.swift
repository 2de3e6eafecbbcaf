import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage
import WirecopyWorker

/// The worker of stage four.
@main
struct Storage: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-storage",
        abstract: "Stores articles in SQLite or PostgreSQL: annotated articles in, outcomes out.",
        version: ProgramVersion.current
    )

    @OptionGroup var worker: WorkerOptions

    @Option(help: "Database of articles: a file, or postgresql://...; else the folder's.")
    var store: String?

    func run() async {
        // Slots share transactions: many slots make few commits.
        await worker.run("wirecopy-storage", slotsDefault: StoreWriter.callersMax) {
            () throws(ProgramFailure) in
            let named = store ?? Configuration.current.text(.store)
            let path = named ?? worker.directory.store
            do throws(StorageFailure) {
                let writer = try await StoreWriter.open(StoreConfiguration(path: path))
                return StorageStage(writer: writer, now: Instant.now)
            } catch {
                throw ProgramFailure(.cannotCreate, error.message)
            }
        }
    }
}

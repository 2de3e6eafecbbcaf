import ArgumentParser
import WirecopyProgram
import WirecopyStorage

/// Flags of the commands that read the store.
struct StoreOptions: ParsableArguments {
    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @Option(help: "Database of articles, if it is not the folder's: a file, or postgresql://...")
    var store: String?

    @OptionGroup var program: ProgramOptions

    /// Opens the store and reads from it, and turns what goes wrong into an exit status.
    func read<Answer>(
        _ body: (ArticleStore) async throws(StorageFailure) -> Answer
    ) async throws(ProgramFailure) -> Answer {
        _ = program.startLogging("wirecopy")
        do throws(StorageFailure) {
            return try await body(try ArticleStore(path: path))
        } catch {
            throw ProgramFailure(error)
        }
    }

    /// Opens the store and changes what it makes of names.
    func edit<Answer>(
        _ body: (StoreEditor) async throws(StorageFailure) -> Answer
    ) async throws(ProgramFailure) -> Answer {
        _ = program.startLogging("wirecopy")
        do throws(StorageFailure) {
            return try await body(try StoreEditor(path: path))
        } catch {
            throw ProgramFailure(error)
        }
    }

    /// Opens the store and changes its stories.
    func editStories<Answer>(
        _ body: (StoryEditor) async throws(StorageFailure) -> Answer
    ) async throws(ProgramFailure) -> Answer {
        _ = program.startLogging("wirecopy")
        do throws(StorageFailure) {
            return try await body(try StoryEditor(path: path))
        } catch {
            throw ProgramFailure(error)
        }
    }

    /// Path, or connection string, of the store that the flags name.
    var path: String {
        store ?? Configuration.current.text(.store) ?? DataDirectory(path: data).store
    }
}

extension ProgramFailure {
    /// Why the store could not be read.
    init(_ failure: StorageFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .notOpened: .noInput
            case .schemaNewer, .schemaOlder: .protocol
            case .referenceAmbiguous, .queryEmpty, .ruleRefused, .queryRefused, .notSupported:
                .usage
            case .nameUnknown: .noInput
            default: .inputOutputError
            }
        self.init(status, failure.message)
    }
}

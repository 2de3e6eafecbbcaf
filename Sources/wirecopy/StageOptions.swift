import ArgumentParser
import WirecopyProgram

/// Flags of the commands that run one stage alone: saved pages, or a batch for scoring.
struct StageOptions: ParsableArguments {
    @Argument(help: "Saved pages.")
    var files: [String] = []

    @Option(help: "What to score instead of pages; see above.")
    var batch: String?

    @Option(help: "With --batch: file to write.")
    var out: String?

    @OptionGroup var adding: AddOptions
    @OptionGroup var program: ProgramOptions

    func validate() throws {
        guard (batch == nil) == (out == nil), (batch == nil) != files.isEmpty else {
            throw ValidationError("Name files, or --batch INPUT with --out FILE.")
        }
    }
}

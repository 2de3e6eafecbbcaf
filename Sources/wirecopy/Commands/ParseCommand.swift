import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// `wirecopy parse FILE...`: the parser alone, without a queue.
struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Parse saved pages without storing them: one JSON object a page.",
        discussion: """
            For scoring:  wirecopy parse --batch DIR --out predictions.jsonl
            reads DIR/gold.jsonl (id and url of each row) and DIR/pages/<id>.html.gz.
            """
    )

    @Argument(help: "Saved pages.")
    var files: [String] = []

    @Option(help: "Folder with gold.jsonl and pages.")
    var batch: String?

    @Option(help: "With --batch: file to write.")
    var out: String?

    @OptionGroup var adding: AddOptions
    @OptionGroup var program: ProgramOptions

    func validate() throws {
        guard (batch == nil) == (out == nil), (batch == nil) != files.isEmpty else {
            throw ValidationError("Name files, or --batch DIR with --out FILE.")
        }
    }

    func run() async throws {
        _ = program.startLogging("wirecopy")
        if let batch, let out {
            return try parseBatch(batch, out)
        }
        for payload in try await StageRun.parse(files, as: adding.kind) {
            Terminal.printJSON(payload.json)
        }
    }

    private func parseBatch(_ batch: String, _ out: String) throws(ProgramFailure) {
        do throws(ParseFailure) {
            let summary = try ParseBatch.run(directory: batch, output: out, readAt: .now())
            Terminal.note(
                "\(summary.articleCount) articles, \(summary.errorCount) errors in \(out)"
            )
        } catch {
            throw ProgramFailure(.inputOutputError, error.message)
        }
    }
}

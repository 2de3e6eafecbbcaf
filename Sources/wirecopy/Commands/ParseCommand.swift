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
            FILES are saved pages, or folders that wirecopy trace --save wrote.

            For scoring:  wirecopy parse --batch DIR --out predictions.jsonl
            reads DIR/gold.jsonl (id and url of each row) and DIR/pages/<id>.html.gz.
            """
    )

    @OptionGroup var options: StageOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        if let batch = options.batch, let out = options.out {
            return try parseBatch(batch, out)
        }
        let runner = try StageRun()
        let settings = options.adding.settings(source: "/wirecopy/parse")
        let inputs = StageInputs(names: options.files, settings: settings)
        try await inputs.forEach { (message) async throws(ProgramFailure) in
            Terminal.printJSON(try await runner.parsed(message).json)
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

import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram

/// `wirecopy extract FILE...`: parser and entity extractor alone, without a queue.
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Find names and statements in saved pages without storing them.",
        discussion: """
            FILES are saved pages, or folders that wirecopy trace --save wrote.

            For scoring:  wirecopy extract --batch IN.jsonl --out OUT.jsonl
            reads {id, text} a line; offsets in the output are Unicode code points. With
            names: [{start, end, type}] in a line, those are linked and none are looked for.
            """
    )

    @Option(help: "File that says which names mean one thing: merge, split, never, is.")
    var aliases: String?

    @OptionGroup var options: StageOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        let list = aliases ?? Configuration.current.text(.aliases)
        if let batch = options.batch, let out = options.out {
            return try extractBatch(batch, out, list)
        }
        let runner = try StageRun(aliases: list)
        let settings = options.adding.settings(source: "/wirecopy/extract")
        let inputs = StageInputs(names: options.files, settings: settings)
        try await inputs.forEach { (message) async throws(ProgramFailure) in
            Terminal.printJSON(runner.annotated(try await runner.parsed(message)).json)
        }
    }

    private func extractBatch(
        _ batch: String,
        _ out: String,
        _ aliases: String?
    ) throws(ProgramFailure) {
        let list = try StageRun.aliasList(aliases)
        guard let input = FileHandle(forReadingAtPath: batch) else {
            throw ProgramFailure(.noInput, "The file \(batch) cannot be opened.")
        }
        guard FileManager.default.createFile(atPath: out, contents: nil),
            let output = FileHandle(forWritingAtPath: out)
        else {
            throw ProgramFailure(.cannotCreate, "The file \(out) cannot be written.")
        }
        do {
            try ExtractBatch.run(input: input, output: output, aliases: list)
        } catch {
            throw ProgramFailure(.dataError, error.message)
        }
    }
}

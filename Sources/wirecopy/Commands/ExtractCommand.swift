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
            For scoring:  wirecopy extract --batch IN.jsonl --out OUT.jsonl
            reads {id, text} a line; offsets in the output are Unicode code points.
            """
    )

    @OptionGroup var options: StageOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        if let batch = options.batch, let out = options.out { return try extractBatch(batch, out) }
        let payloads = try await StageRun.parse(options.files, options.adding)
        let stage = try openStage()
        for payload in payloads {
            let article = payload as? ParsedArticle
            Terminal.printJSON(article.map { stage.annotated($0).json } ?? payload.json)
        }
    }

    private func openStage() throws(ProgramFailure) -> EntityStage {
        do {
            return try EntityStage()
        } catch {
            throw ProgramFailure(.softwareError, error.message)
        }
    }

    private func extractBatch(_ batch: String, _ out: String) throws(ProgramFailure) {
        guard let input = FileHandle(forReadingAtPath: batch) else {
            throw ProgramFailure(.noInput, "The file \(batch) cannot be opened.")
        }
        guard FileManager.default.createFile(atPath: out, contents: nil),
            let output = FileHandle(forWritingAtPath: out)
        else {
            throw ProgramFailure(.cannotCreate, "The file \(out) cannot be written.")
        }
        do {
            try ExtractBatch.run(input: input, output: output)
        } catch {
            throw ProgramFailure(.dataError, error.message)
        }
    }
}

import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram
import WirecopyStories

/// `wirecopy stories`: what the news are about.
struct StoriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stories",
        abstract: "List the stories, or put texts into stories without storing them.",
        discussion: """
            For scoring:  wirecopy stories --batch IN.jsonl --out OUT.jsonl
            reads {id, text, title, published} a line and writes {id, story, episode}.
            """
    )

    @Option(help: "What to put into stories instead of listing those of the store; see above.")
    var batch: String?

    @Option(help: "With --batch: file to write.")
    var out: String?

    @OptionGroup var program: ProgramOptions

    func validate() throws {
        guard (batch == nil) == (out == nil) else {
            throw ValidationError("--batch and --out go together.")
        }
    }

    func run() throws {
        _ = program.startLogging("wirecopy")
        if let batch, let out { try placeBatch(batch, out) }
    }

    private func placeBatch(_ batch: String, _ out: String) throws {
        let stage = try EntityStage()
        var stories = try StoryBatch()
        guard let input = FileManager.default.contents(atPath: batch) else {
            throw ProgramFailure(.noInput, "The file \(batch) cannot be opened.")
        }
        for (number, line) in input.split(separator: 0x0A).enumerated() {
            let text: StoryText
            do {
                text = try StoryText(json: Array(line))
            } catch {
                throw ProgramFailure(.dataError, "Line \(number + 1) of \(batch): \(error.message)")
            }
            try stories.add(text.id, stage.annotated(text.parsed))
        }
        let output = stories.lines.map { $0 + [0x0A] }.joined()
        guard FileManager.default.createFile(atPath: out, contents: Data(output)) else {
            throw ProgramFailure(.cannotCreate, "The file \(out) cannot be written.")
        }
    }
}

import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram
import WirecopyStories

/// Puts the texts of a file into stories, for judging.
enum StoryBatchRun {
    /// Reads lines of `BatchText` and writes those of `StoryBatch`, in the same order.
    static func run(_ batch: String, _ out: String) throws {
        let stage = try EntityStage()
        var stories = try StoryBatch()
        guard let input = FileManager.default.contents(atPath: batch) else {
            throw ProgramFailure(.noInput, "The file \(batch) cannot be opened.")
        }
        for (number, line) in input.split(separator: 0x0A).enumerated() {
            let text: BatchText
            do {
                text = try BatchText(json: Array(line))
            } catch {
                throw ProgramFailure(.dataError, "Line \(number + 1) of \(batch): \(error.message)")
            }
            stories.add(text.id, stage.annotated(text.parsed))
        }
        let output = try stories.lines().map { $0 + [0x0A] }.joined()
        guard FileManager.default.createFile(atPath: out, contents: Data(output)) else {
            throw ProgramFailure(.cannotCreate, "The file \(out) cannot be written.")
        }
    }
}

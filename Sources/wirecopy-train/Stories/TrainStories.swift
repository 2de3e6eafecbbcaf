import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram
import WirecopyStories

/// Trains the model that tells whether two articles report on one story.
struct TrainStories: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stories",
        abstract: "Train the model that puts articles into stories."
    )

    @Option(help: "Files of JSON lines with texts and their stories; each is one part.")
    var texts: [String]

    @Option(help: "Files of JSON lines with texts that are each cut into two reports of one story.")
    var halves: [String] = []

    @Option(help: "Files of JSON lines with texts (text or tokens) whose words are counted.")
    var background: [String]

    @Option(help: "Folder into which the models are written.")
    var out: String?

    @Flag(help: "Judge models of the other parts on each part.")
    var judge = false

    /// What is added to the log-odds, so that 0 is the border at which stories come out best.
    @Option(help: "Log-odds, by the lessons, from which on articles belong together.")
    var border: Float = 0.75

    func run() throws {
        let words = BackgroundWords(counting: try StoryCorpus.texts(of: background))
        let parts =
            try texts.map { try StoryPart(file: $0, words) }
            + halves.map { try StoryPart(halving: $0, words) }
        if judge { try judgeParts(parts, words) }
        guard let out else { return }
        let folder = URL(fileURLWithPath: out, isDirectory: true)
        let model = model(of: parts)
        try Data(words.table.utf8).write(to: folder.appending(path: "words.tsv"))
        try Data(model.table.utf8).write(to: folder.appending(path: "stories.tsv"))
        print(model.table)
    }

    private func model(of parts: [StoryPart]) -> StoryModel {
        LogisticRegression.model(of: parts.flatMap(\.lessons), border: border)
    }

    private func judgeParts(_ parts: [StoryPart], _ words: BackgroundWords) throws {
        let knowledge = parts.indices.map { index in
            let others = parts.indices.filter { $0 != index }.map { parts[$0] }
            return StoryKnowledge(model: model(of: others), background: words)
        }
        for timing in StoryTiming.allCases {
            try tell("\(timing.rawValue) stream", parts) { part, index in
                try part.score(knowledge[index], timing)
            }
            try tell("\(timing.rawValue) batch", parts) { part, index in
                try part.scoreOfBatch(knowledge[index], timing)
            }
        }
    }

    private func tell(
        _ name: String,
        _ parts: [StoryPart],
        _ score: (StoryPart, Int) throws -> BCubed
    ) rethrows {
        var (told, halved) = (BCubed(), BCubed())
        for (index, part) in parts.enumerated() {
            let one = try score(part, index)
            print("\(name)\t\(part.name)\t\(one.summary)")
            if part.isLoose { halved = halved + one } else { told = told + one }
        }
        print("\(name)\tall texts\t\(told.summary)")
        if parts.contains(where: \.isLoose) { print("\(name)\tall halves\t\(halved.summary)") }
    }
}

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
    var border: Float = 2

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
        for timing in StoryTiming.allCases {
            var (told, halved) = (BCubed(), BCubed())
            for index in parts.indices {
                let others = parts.indices.filter { $0 != index }.map { parts[$0] }
                let knowledge = StoryKnowledge(model: model(of: others), background: words)
                let score = try parts[index].score(knowledge, timing)
                print("\(timing.rawValue)\t\(parts[index].name)\t\(score.summary)")
                if parts[index].isLoose { halved = halved + score } else { told = told + score }
            }
            print("\(timing.rawValue)\tall texts\t\(told.summary)")
            guard parts.contains(where: \.isLoose) else { continue }
            print("\(timing.rawValue)\tall halves\t\(halved.summary)")
        }
    }
}

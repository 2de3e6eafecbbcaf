import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram

/// Trains the tagger that finds names.
struct TrainNames: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "names",
        abstract: "Train the tagger that finds names in an article's text."
    )

    @Option(help: "Folder with voa-gold, wikinews-gold and ner-dev.")
    var corpora: String

    @Option(help: "Folder into which the model is written.")
    var out: String?

    @Option(help: "Sources that are left out of training and judged on instead.")
    var without: [String] = []

    @Option(help: "Sources that are left out of training.")
    var drop: [String] = []

    @Option(help: "File for what is missed or wrong in the documents that are judged on.")
    var errors: String?

    @Option(help: "File for the training data as sentences of labelled tokens.")
    var dataOut: String?

    @Option(help: "Times that each document is read.")
    var epochs = 8

    @Option(help: "Models from different orders, of which the mean is taken.")
    var seeds = 4

    @Option(help: "Rows that the model keeps.")
    var rows = 200_000

    @Option(help: "Share of answers that are left out in learning.")
    var dropout: Float = 0.2

    @Option(help: "Share of tokens whose word is hidden in learning.")
    var hidden: Float = 0.1

    func run() throws {
        let corpus = try NameCorpus(in: URL(fileURLWithPath: corpora, isDirectory: true))
        func isNamed(_ document: NameDocument, _ sources: [String]) -> Bool {
            sources.contains { document.source.hasPrefix($0) }
        }
        let documents = corpus.training.filter { !isNamed($0, without + drop) }
        let unlabelled = corpus.unlabelled.filter { !isNamed($0, without + drop) }
        let classes = try WordClassTrainer().classes(
            of: (documents + unlabelled).flatMap { try NameQuestions.words(of: $0.bytes) }
        )
        let training = try documents.map { try NameExample($0, classes: classes) }
        if let dataOut {
            try write(training.flatMap(\.labelledSentences), to: dataOut)
        }
        let headlines = try NameDocument.headlines(from: documents)
            .map { try NameExample($0, classes: classes) }
        let model = NameModelTrainer(settings: settings, classes: classes) { print($0) }
            .model(of: training + headlines)
        if let out { try model.write(to: URL(fileURLWithPath: out, isDirectory: true)) }
        var left = corpus.training.filter { isNamed($0, without) }
        for index in left.indices { left[index].source += " left out" }
        try judge(
            model,
            on: (corpus.development + left).map { try NameExample($0, classes: classes) }
        )
    }

    private var settings: NameModelTrainer.Settings {
        var settings = NameModelTrainer.Settings()
        settings.first.epochs = epochs
        settings.first.dropout = dropout
        settings.first.hidden = hidden
        settings.seeds = seeds
        settings.rows = rows
        return settings
    }

    private func judge(_ model: NameModel, on examples: [NameExample]) throws {
        var score = NameScore()
        var errorLines: [String] = []
        for example in examples {
            let labels = example.questions.labels(model)
            score.add(example.document, example.names(labels), as: example.document.source)
            if errors != nil { errorLines += example.errors(labels) }
        }
        for line in score.lines { print(line) }
        print("\(examples.reduce(0) { $0 + $1.unreachable }) names have bounds inside of tokens.")
        if let errors { try write(errorLines, to: errors) }
    }

    private func write(_ lines: [String], to path: String) throws {
        let text = lines.map { $0 + "\n" }.joined()
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
    }
}

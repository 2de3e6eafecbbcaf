import ArgumentParser
import DecisionForest
import ForestTraining
import Foundation
import WirecopyEntities
import WirecopyProgram

/// Trains the models that tell speech from other quoted words, and who speaks.
struct TrainQuotations: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "quotations",
        abstract: "Train the models that find out who says what stands in quotation marks."
    )

    @Option(help: "Files of JSON lines to learn from: wikinews-gold or quotes-dev.")
    var corpus: [String]

    @Option(help: "Folder into which the models are written.")
    var out: String?

    @Option(help: "Parts of the texts; each is read by models of the others.")
    var folds = 6

    @Option(help: "File for what models of other texts find in each text.")
    var predictions: String?

    @Flag(help: "Print each question whose answer by models of other texts is wrong.")
    var errors = false

    @Option(help: "File for each candidate with its answer and its numbers.")
    var show: String?

    @Option(help: "Trees of the forest that finds speakers.")
    var trees = 100

    @Option var leaves = 8
    @Option var rate: Float = 0.08
    @Option var featureShare: Float = 0.15
    @Option var shrinkage: Float = 2
    @Option var leafWeight: Float = 2
    @Option(help: "Forests whose mean is taken.")
    var bags = 3
    @Option(help: "How much a title or name counts that must not be taken for speech.")
    var unspokenWeight: Float = 4

    func run() throws {
        let golds = try GoldText.all(in: corpus)
        let pages = try golds.map { try QuotedPage($0, readersNames: false) }
        let read = try golds.filter { $0.entities != nil }
            .map { try QuotedPage($0, readersNames: true) }
        if let out {
            try models(of: pages + read).write(to: URL(fileURLWithPath: out, isDirectory: true))
        }
        if let show {
            let lines = (pages + read).flatMap(\.lines)
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: show))
        }
        guard predictions != nil || errors else { return }
        let validated = try (0..<folds).map { fold in
            try models(of: (pages + read).filter { $0.gold.fold(of: folds) != fold })
        }
        for (name, pages) in [("detector's names", pages), ("readers' names", read)] {
            judge(pages, validated, name)
        }
        if let predictions { try predict(validated, to: predictions) }
    }

    // MARK: - Learning

    private func models(of pages: [QuotedPage]) throws -> QuotationModels {
        QuotationModels(spoken: try spoken(pages), speakers: try speakers(pages))
    }

    private func spoken(_ pages: [QuotedPage]) throws -> DecisionForest {
        var table: TrainingTable?
        for page in pages {
            for (row, isSpoken) in zip(page.lesson.spokenRows, page.isSpoken) {
                guard let isSpoken else { continue }
                if table == nil { table = TrainingTable(featureCount: row.count) }
                let weight = isSpoken ? 1 : unspokenWeight
                table?.append(row, answer: isSpoken ? 1 : 0, weight: weight)
            }
        }
        return try forest(table, isJoint: false)
    }

    private func speakers(_ pages: [QuotedPage]) throws -> DecisionForest {
        var table: TrainingTable?
        for page in pages {
            page.lesson.ask(page.spoken) { span, candidates in
                let right = page.right(span, candidates)
                guard let first = candidates.first else { return nil }
                if table == nil { table = TrainingTable(featureCount: first.row.count) }
                table?.beginGroup()
                for (index, candidate) in candidates.enumerated() {
                    // A second name of the same person is neither right nor wrong.
                    if right.dropFirst().contains(index) { continue }
                    let answer: Float = index == right.first ? 1 : 0
                    table?.append(candidate.row, answer: answer, weight: 1)
                }
                return right.first
            }
        }
        return try forest(table, isJoint: true)
    }

    private func forest(_ table: TrainingTable?, isJoint: Bool) throws -> DecisionForest {
        var settings = ForestTrainer.Settings()
        settings.trees = trees
        settings.leaves = leaves
        settings.rate = rate
        settings.featureShare = featureShare
        settings.shrinkage = shrinkage
        settings.leafWeightMin = leafWeight
        settings.isJoint = isJoint
        let forests = try (1...bags).map { bag in
            settings.seed = UInt64(bag)
            return try ForestTrainer.forest(table ?? TrainingTable(featureCount: 1), settings)
        }
        return try DecisionForest(averaging: forests)
    }

    // MARK: - Judging

    private func judge(_ pages: [QuotedPage], _ models: [QuotationModels], _ name: String) {
        var (asked, offered, right) = (0, 0, 0)
        for page in pages {
            let model = models[page.gold.fold(of: folds)].speakers
            page.lesson.ask(page.spoken) { span, candidates in
                guard let speaker = page.speakers[span] else { return nil }
                let answers = page.right(span, candidates)
                let odds = candidates.map { model.logOdds($0.row) }
                let best = odds.indices.max { odds[$0] < odds[$1] }
                asked += 1
                offered += answers.isEmpty ? 0 : 1
                let isRight = best.map(answers.contains) ?? false
                right += isRight ? 1 : 0
                if errors, !isRight {
                    let given = best.map { "\(candidates[$0].name) \(odds[$0])" } ?? "-"
                    let own = answers.first.map { "\(odds[$0])" } ?? "not offered"
                    print("\(name): \(speaker) (\(own)) <> \(given) | \(page.excerpt(span))")
                }
                return best
            }
        }
        print("\(name): \(asked) utterances, right among candidates \(offered), chosen \(right)")
    }

    private func predict(_ models: [QuotationModels], to output: String) throws {
        var lines: [UInt8] = []
        for file in corpus {
            for line in try Data(contentsOf: URL(fileURLWithPath: file)).split(separator: 0x0A) {
                let gold = try JSONDecoder().decode(GoldText.self, from: line)
                let batch = try ExtractBatch(quotations: models[gold.fold(of: folds)])
                lines += try batch.line(Array(line), number: 1) + [0x0A]
            }
        }
        try Data(lines).write(to: URL(fileURLWithPath: output))
    }
}

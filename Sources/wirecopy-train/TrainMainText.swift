import ArgumentParser
import DecisionForest
import ForestTraining
import Foundation
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// Trains the model that tells an article's text from the rest of its page.
struct TrainMainText: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "main-text",
        abstract: "Train the model that finds an article's text on a page of HTML."
    )

    @Option(help: "Folder with gold.jsonl and pages/<id>.html.gz.")
    var corpus: String

    @Option(help: "Folder into which the model is written.")
    var out: String?

    @Option(help: "Parts of the sites; each is read by a model of the others.")
    var folds = 3

    @Option(help: "File for the articles that models of other sites find on each page.")
    var predictions: String?

    @Option(help: "Pages of which each block is shown with its answer and log-odds.")
    var show: [String] = []

    @Option(help: "Folder for the pages without their landmarks, in the corpus's layout.")
    var flat: String?

    @Option(help: "File for what models of other sites find on each page of --flat.")
    var flatPredictions: String?

    @Option(help: "What a page without its landmarks counts in training, beside one with them.")
    var flatShare: Float = 0.6

    @Option(help: "Trees of the forest.")
    var trees = 250

    @Option(help: "Leaves of a tree.")
    var leaves = 16

    func validate() throws {
        if flatPredictions != nil, flat == nil {
            throw ValidationError("--flat-predictions reads the pages of --flat; name that too.")
        }
    }

    func run() throws {
        let folder = URL(fileURLWithPath: corpus, isDirectory: true)
        let fields = try FieldModels.shipped()
        if let flat {
            let pages = URL(fileURLWithPath: flat, isDirectory: true)
            try CopiedCorpus.write(folder, to: pages, hasAddresses: true) { html in
                FlatPage(html: html).html
            }
        }
        let pages = try MainTextPage.all(in: folder, fields, flatShare: flatShare)
        if let out {
            try model(of: pages).write(to: URL(fileURLWithPath: out, isDirectory: true))
        }
        guard predictions != nil || flatPredictions != nil else { return }
        let validation = try CrossValidation(folds: folds) { fold in
            let others = pages.filter { $0.gold.fold(of: folds) != fold }
            return ParseModels(mainText: try model(of: others), fields: fields)
        }
        for page in pages where show.contains(page.gold.id) {
            page.show(validation.models(for: page.gold))
        }
        let golds = try GoldPage.all(in: folder)
        if let predictions { try validation.predict(golds, in: corpus, to: predictions) }
        if let flat, let flatPredictions {
            try validation.predict(golds, in: flat, to: flatPredictions)
        }
    }

    private func model(of pages: [MainTextPage]) throws -> MainTextModel {
        var names = WordOdds(sitesMin: 4)
        var lines = WordOdds(sitesMin: 6)
        // Both forms of a page have the same words.
        for page in pages where !page.isFlat {
            for index in page.questions.texts.indices {
                let (answer, weight) = (page.answers.answers[index], page.answers.weights[index])
                let around = Set(page.questions.names[index].prefix(3).flatMap { $0 })
                names.add(around, site: page.gold.site, answer: answer, weight: weight)
                guard page.questions.words[index].count <= 30 else { continue }
                let words = Set(page.questions.words[index])
                lines.add(words, site: page.gold.site, answer: answer, weight: weight)
            }
        }
        var table: TrainingTable?
        for fold in 0..<4 {
            // Words are weighed by other sites than those whose blocks they then describe.
            let inside = Set(pages.filter { $0.gold.fold(of: 4 * 7) % 4 == fold }.map(\.gold.site))
            let weights = MainTextWeights(
                names: names.weights { inside.contains($0) },
                lines: lines.weights { inside.contains($0) }
            )
            for page in pages where inside.contains(page.gold.site) {
                let questions = page.questions(weights)
                for (index, row) in zip(questions.asked, questions.rows)
                where page.answers.weights[index] > 0 {
                    if table == nil { table = TrainingTable(featureCount: row.count) }
                    table?.append(
                        row,
                        answer: page.answers.answers[index],
                        weight: page.answers.weights[index] * (page.isFlat ? flatShare : 1)
                    )
                }
            }
        }
        var settings = ForestTrainer.Settings()
        settings.trees = trees
        settings.leaves = leaves
        let forest = try ForestTrainer.forest(table ?? TrainingTable(featureCount: 1), settings)
        return MainTextModel(
            weights: MainTextWeights(
                names: names.weights { _ in false },
                lines: lines.weights { _ in false }
            ),
            forest: forest
        )
    }
}

/// A page with its blocks and what is known of them.
struct MainTextPage {
    let gold: GoldPage
    let questions: MainTextQuestions
    let answers: BlockAnswers
    private let html: [UInt8]
    private let fields: FieldModels

    /// Whether the page has lost its landmarks.
    let isFlat: Bool

    /// Each page of a corpus as it is, and without its landmarks where such pages count.
    static func all(
        in folder: URL,
        _ fields: FieldModels,
        flatShare: Float
    ) throws -> [MainTextPage] {
        try GoldPage.all(in: folder).flatMap { gold in
            let html = try gold.html(in: folder)
            let page = MainTextPage(gold, html, fields, isFlat: false)
            guard let page, flatShare > 0 else { return [page].compactMap(\.self) }
            let flat = MainTextPage(gold, FlatPage(html: html).html, fields, isFlat: true)
            return [page, flat].compactMap(\.self)
        }
    }

    private init?(_ gold: GoldPage, _ html: [UInt8], _ fields: FieldModels, isFlat: Bool) {
        let none = MainTextWeights(names: [:], lines: [:])
        questions = MainTextQuestions(html: html, url: gold.url ?? "", none, fields)
        if let body = gold.body {
            answers = BlockAnswers(texts: questions.texts, body: body)
        } else if let wanted = gold.mustContain {
            answers = BlockAnswers(
                texts: questions.texts,
                wanted: wanted,
                unwanted: gold.mustNotContain ?? []
            )
        } else {
            return nil
        }
        self.gold = gold
        self.html = html
        self.fields = fields
        self.isFlat = isFlat
    }

    func questions(_ weights: MainTextWeights) -> MainTextQuestions {
        MainTextQuestions(html: html, url: gold.url ?? "", weights, fields)
    }

    /// Writes what is known and thought of each block.
    func show(_ models: ParseModels) {
        let odds = models.logOddsOfBlocks(html: html, url: gold.url ?? "")
        for index in odds.indices {
            let answer = answers.answers[index]
            let found = odds[index] ?? -.infinity
            let mark = (found > 0) == (answer > 0.5) ? " " : "!"
            let weight = answers.weights[index]
            let figures = String(format: "%@ %4.1f %.2f w%.2f", mark, found, answer, weight)
            let name = questions.names[index].first?.joined(separator: ".") ?? ""
            print(gold.id, figures, name, "|", questions.texts[index].prefix(110))
        }
    }
}

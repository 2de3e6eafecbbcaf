import ArgumentParser
import DecisionForest
import ForestTraining
import Foundation
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// Trains the models that decide on title, authors and date among what a page offers.
struct TrainFields: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fields",
        abstract: "Train the models that decide on title, authors and date of a page of HTML."
    )

    @Option(help: "Folder with gold.jsonl and pages/<id>.html.gz.")
    var corpus: String

    @Option(help: "Folder into which the models are written.")
    var out: String?

    @Option(help: "Parts of the sites; each is read by models of the others.")
    var folds = 5

    @Option(help: "File for the articles that models of other sites find on each page.")
    var predictions: String?

    @Option(help: "File for each page's candidates with their answers and log-odds.")
    var show: String?

    @Option var trees = 120
    @Option var leaves = 8
    @Option var rate: Float = 0.08
    @Option(help: "Forests whose mean is taken.")
    var bags = 3
    @Option(help: "The same for dates, of which there are the fewest to learn from.")
    var dateBags = 5

    func run() throws {
        let folder = URL(fileURLWithPath: corpus, isDirectory: true)
        let mainText = try MainTextModel.shipped()
        let golds = try GoldPage.all(in: folder)
        let bare = ParseModels(mainText: mainText, fields: try .untrained())
        let first = try golds.map { try FieldPage($0, in: folder, bare) }
        let titled = ParseModels(mainText: mainText, fields: try models(of: first))
        let pages = try golds.map { try FieldPage($0, in: folder, titled) }
        if let out {
            try models(of: pages).write(to: URL(fileURLWithPath: out, isDirectory: true))
        }
        guard predictions != nil || show != nil else { return }
        let validation = try CrossValidation(folds: folds) { fold in
            let others = pages.filter { $0.gold.fold(of: folds) != fold }
            return ParseModels(mainText: mainText, fields: try models(of: others))
        }
        if let show {
            let lines = pages.flatMap { $0.lines(validation.models(for: $0.gold).fields) }
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: show))
        }
        if let predictions { try validation.predict(golds, in: corpus, to: predictions) }
    }

    /// A page has one title and one day of publication, and may have several authors.
    private func models(of pages: [FieldPage]) throws -> FieldModels {
        var (titles, authors, dates) = (settings, settings, settings)
        titles.isJoint = true
        authors.leafWeightMin = 6
        dates.isJoint = true
        dates.leafWeightMin = 3
        dates.featureShare = 0.15
        return FieldModels(
            titles: try forest(pages.map(\.titles), titles, bags),
            authors: try forest(pages.map(\.authors), authors, bags),
            dates: try forest(pages.map(\.dates), dates, dateBags)
        )
    }

    private var settings: ForestTrainer.Settings {
        var settings = ForestTrainer.Settings()
        settings.trees = trees
        settings.leaves = leaves
        settings.rate = rate
        settings.featureShare = 0.3
        settings.leafWeightMin = 12
        return settings
    }

    private func forest(
        _ pages: [[FieldPage.Answered]],
        _ settings: ForestTrainer.Settings,
        _ bags: Int
    ) throws -> DecisionForest {
        var (table, settings): (TrainingTable?, _) = (nil, settings)
        for answered in pages {
            table?.beginGroup()
            let rightCount = answered.count { $0.answer == true }
            let right: Float = settings.isJoint ? 1 / Float(max(1, rightCount)) : 1
            for (question, answer) in answered {
                guard let answer else { continue }
                if table == nil {
                    table = TrainingTable(featureCount: question.row.count)
                    table?.beginGroup()
                }
                table?.append(question.row, answer: answer ? right : 0, weight: 1)
            }
        }
        var forests: [DecisionForest] = []
        for bag in 0..<bags {
            settings.seed = UInt64(bag) + 1
            forests.append(
                try ForestTrainer.forest(table ?? TrainingTable(featureCount: 1), settings)
            )
        }
        return try DecisionForest(averaging: forests)
    }
}

/// A page with its candidates and which of them are right.
struct FieldPage {
    /// A candidate, and whether it is right; `nil` where nothing is known of its field.
    typealias Answered = (question: FieldQuestions.Question, answer: Bool?)

    let gold: GoldPage
    let titles: [Answered]
    let authors: [Answered]
    let dates: [Answered]

    init(_ gold: GoldPage, in folder: URL, _ models: ParseModels) throws {
        self.gold = gold
        let html = try gold.html(in: folder)
        let questions = FieldQuestions(
            html: html,
            url: gold.url ?? "",
            readAt: .now(),
            models
        )
        let title = gold.title.map(FieldGold.title)
        titles = questions.titles.map { question in
            (question, title.map { $0 == FieldGold.title(question.value) })
        }
        let names = gold.authors.map(FieldGold.names)
        authors = questions.authors.map { question in
            (question, names.map { !$0.isDisjoint(with: FieldGold.names([question.value])) })
        }
        let day = gold.published.flatMap(FieldGold.day)
        dates = questions.dates.map { question in
            (question, day.flatMap { FieldGold.isDay(question.value, $0, gold.published) })
        }
    }

    /// One line of JSON: what is true and what models say.
    func lines(_ models: FieldModels) -> [String] {
        lines("title", titles, models.titles) + lines("author", authors, models.authors)
            + lines("date", dates, models.dates)
    }

    private func lines(
        _ field: String,
        _ answered: [Answered],
        _ forest: DecisionForest
    ) -> [String] {
        answered.map { question, answer in
            let odds = String(format: "%.2f", forest.logOdds(question.row))
            let mark = answer.map { $0 ? "yes" : "no" } ?? "?"
            let places = question.places.joined(separator: ",")
            return [gold.id, field, mark, odds, places, question.value].joined(separator: "\t")
        }
    }
}

import DecisionForest
import ForestTraining
import WirecopyParse

/// Trains the model of text pages step by step: what a step is asked depends on what the steps
/// before it answered, so these answer with forests that have not seen the page's site.
struct TextTraining {
    /// How the forests are grown.
    struct Settings {
        var lookTrees = 100
        var textTrees = 200
        var fieldTrees = 120
        /// Parts of the sites for answers of forests that have not seen them.
        var parts = 3
        /// Parts that judging cuts the sites into; those here lie across them.
        var outerParts = 3
    }

    private let settings: Settings
    private var copies: [TextCopy]
    private var forests: [TextPageModel.Question: DecisionForest] = [:]

    /// Trains a model on copies of pages.
    static func model(of copies: [TextCopy], _ settings: Settings) throws -> TextPageModel {
        var training = TextTraining(copies, settings)
        return try training.model()
    }

    private init(_ copies: [TextCopy], _ settings: Settings) {
        self.copies = copies
        self.settings = settings
    }

    private mutating func model() throws -> TextPageModel {
        for part in 0..<settings.parts {
            let words = words { self.part(of: $0) != part }
            for index in copies.indices where self.part(of: copies[index]) == part {
                copies[index].reading.begin(words: words)
            }
        }
        let looks = try crossed(.firstLook) { Self.lineRows($0, $0.reading.features) }
        for (index, odds) in zip(copies.indices, looks) {
            copies[index].reading.look(odds(copies[index].reading.features))
        }
        let titles = try crossed(.titles, Self.titleRows)
        for (index, odds) in zip(copies.indices, titles) {
            let (lines, rows) = copies[index].reading.titleQuestions
            copies[index].finalists = copies[index].reading.finalists(lines, rows, odds(rows))
        }
        let headlines = try crossed(.headline, Self.headlineRows)
        for (index, odds) in zip(copies.indices, headlines) {
            guard let finalists = copies[index].finalists else { continue }
            copies[index].reading.settleTitle(finalists.lines, odds(finalists.rows))
        }
        forests[.text] = try forest(.text, copies) { Self.lineRows($0, $0.reading.textRows) }
        forests[.authors] = try forest(.authors, copies, Self.authorRows)
        forests[.dates] = try forest(.dates, copies, Self.dateRows)
        return TextPageModel(words: words { _ in true }, forests: forests)
    }

    // MARK: - Parts

    private func part(of copy: TextCopy) -> Int {
        copy.gold.fold(of: settings.outerParts * settings.parts) / settings.outerParts
    }

    /// Trains a step's forest, and for each copy what answers in its stead: one that has not seen
    /// its site.
    private mutating func crossed(
        _ question: TextPageModel.Question,
        _ rows: (TextCopy) -> [Row]
    ) throws -> [(NumberRows) -> [Float]] {
        let others = try (0..<settings.parts).map { part in
            try forest(question, copies.filter { self.part(of: $0) != part }, rows)
        }
        forests[question] = try forest(question, copies, rows)
        return copies.map { copy in
            let forest = others[part(of: copy)]
            return { $0.logOdds(forest) }
        }
    }

    private func words(_ isCounted: (TextCopy) -> Bool) -> TextWords {
        var odds = WordOdds(sitesMin: 6)
        for copy in copies where isCounted(copy) && copy.share == 1 {
            for (index, words) in copy.reading.words.enumerated() where words.count <= 30 {
                odds.add(
                    Set(words),
                    site: copy.gold.site,
                    answer: copy.answers.answers[index],
                    weight: copy.answers.weights[index]
                )
            }
        }
        return TextWords(odds.weights { _ in false })
    }

    // MARK: - Rows

    /// A question with its answer.
    private typealias Row = (numbers: [Float], answer: Float, weight: Float)

    /// Of the many lines far from the text every third is asked, and counts for three.
    private static func lineRows(_ copy: TextCopy, _ rows: NumberRows) -> [Row] {
        let answers = copy.answers
        var found: [Row] = []
        let near = nearLines(answers.answers)
        for index in 0..<rows.count where answers.weights[index] > 0 {
            let isNear = near.contains(index)
            guard isNear || index % thinning == 0 else { continue }
            let weight = answers.weights[index] * copy.share * (isNear ? 1 : Float(thinning))
            found.append((rows[index], answers.answers[index], weight))
        }
        return found
    }

    private static let thinning = 3
    private static let nearReach = 25

    private static func nearLines(_ answers: [Float]) -> Set<Int> {
        var near: Set<Int> = []
        for index in answers.indices where answers[index] > 0.5 {
            near.formUnion(max(0, index - nearReach)...min(answers.count - 1, index + nearReach))
        }
        return near
    }

    private static func titleRows(_ copy: TextCopy) -> [Row] {
        let (lines, rows) = copy.reading.titleQuestions
        let near = nearLines(copy.answers.answers)
        return zip(lines.indices, copy.titleAnswers(lines)).compactMap { index, answer in
            guard let answer else { return nil }
            let isAsked = answer || near.contains(lines[index]) || index % thinning == 0
            return isAsked ? (rows[index], answer ? 1 : 0, copy.share) : nil
        }
    }

    private static func headlineRows(_ copy: TextCopy) -> [Row] {
        guard let finalists = copy.finalists else { return [] }
        return answered(finalists.rows, copy.titleAnswers(finalists.lines), copy.share)
    }

    private static func authorRows(_ copy: TextCopy) -> [Row] {
        let (names, rows) = copy.reading.authorQuestions
        return answered(rows, copy.authorAnswers(names), copy.share)
    }

    private static func dateRows(_ copy: TextCopy) -> [Row] {
        let (days, rows) = copy.reading.dateQuestions
        return answered(rows, copy.dateAnswers(days), copy.share)
    }

    private static func answered(
        _ rows: NumberRows,
        _ answers: [Bool?],
        _ weight: Float
    ) -> [Row] {
        answers.enumerated().compactMap { index, answer in
            answer.map { (rows[index], $0 ? 1 : 0, weight) }
        }
    }

    // MARK: - Forests

    private func forest(
        _ question: TextPageModel.Question,
        _ copies: [TextCopy],
        _ rows: (TextCopy) -> [Row]
    ) throws -> DecisionForest {
        var table = TrainingTable(featureCount: question.width)
        for copy in copies {
            for row in rows(copy) {
                table.append(row.numbers, answer: row.answer, weight: row.weight)
            }
        }
        var chosen = settings(for: question)
        var forests: [DecisionForest] = []
        for bag in 0..<bags(for: question) {
            chosen.seed = UInt64(bag) + 1
            forests.append(try ForestTrainer.forest(table, chosen))
        }
        return try DecisionForest(averaging: forests)
    }

    /// Forests whose mean is taken: questions with few answers gain by it.
    private func bags(for question: TextPageModel.Question) -> Int {
        switch question {
        case .firstLook, .titles, .text: 1
        case .headline, .authors, .dates: 3
        }
    }

    private func settings(for question: TextPageModel.Question) -> ForestTrainer.Settings {
        var chosen = ForestTrainer.Settings()
        switch question {
        case .firstLook:
            chosen.trees = settings.lookTrees
            chosen.rate = 0.1
        case .text: chosen.trees = settings.textTrees
        case .titles, .headline, .authors, .dates:
            chosen.trees = settings.fieldTrees
            chosen.leaves = 8
            chosen.rate = 0.08
            chosen.leafWeightMin = 4
        }
        return chosen
    }
}

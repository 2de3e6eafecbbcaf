package import DecisionForest
package import Foundation

/// What reads text that was copied out of pages; trained by `wirecopy-train text`.
package struct TextPageModel: Sendable {
    /// The questions that are asked, each with a forest of its own, in the order of the steps of
    /// `TextReading`.
    package enum Question: String, CaseIterable, Sendable {
        case firstLook = "first-look"
        case titles, headline, text, authors, dates

        /// Numbers of a question.
        package var width: Int {
            switch self {
            case .firstLook: LineFeatures.count
            case .titles: TitleLines.count
            case .headline: Finalists.count
            case .text: TextReading.textCount
            case .authors: AuthorLines.count
            case .dates: DateLines.count
            }
        }

        fileprivate var fileName: String { "text-page-\(rawValue).forest" }
    }

    /// What single words say.
    package let words: TextWords
    private let forests: [Question: DecisionForest]

    private static let wordFile = "text-page-words.tsv"

    /// Joins the parts; a question without a forest gets log-odds of 0.
    package init(words: TextWords, forests: [Question: DecisionForest]) {
        self.words = words
        self.forests = forests
    }

    /// A model that knows nothing, for programs that read no text.
    package static let untrained = TextPageModel(words: TextWords([:]), forests: [:])

    /// Reads the files of a folder.
    init(in folder: URL) throws(ParseFailure) {
        words = TextWords(weights: try ModelFile.words(Self.wordFile, in: folder))
        var forests: [Question: DecisionForest] = [:]
        for question in Question.allCases {
            let forest = try ModelFile.forest(question.fileName, in: folder)
            guard forest.featureCount == question.width else {
                throw ParseFailure(
                    .modelMissing,
                    "The model \(question.fileName) asks \(forest.featureCount) numbers, this "
                        + "program gives \(question.width)."
                )
            }
            forests[question] = forest
        }
        self.forests = forests
    }

    /// The model that ships.
    ///
    /// - Throws: `modelMissing`, as `ParseModels.shipped()`.
    package static func shipped() throws(ParseFailure) -> TextPageModel {
        try TextPageModel(in: ModelFile.shippedFolder)
    }

    /// Writes the files that `init(in:)` reads.
    package func write(to folder: URL) throws {
        try Data(words.weights.lines.utf8)
            .write(to: folder.appendingPathComponent(Self.wordFile))
        for (question, forest) in forests {
            try Data(forest.bytes).write(to: folder.appendingPathComponent(question.fileName))
        }
    }

    /// What the model says to some questions.
    package func logOdds(_ question: Question, _ rows: NumberRows) -> [Float] {
        guard let forest = forests[question] else { return (0..<rows.count).map { _ in 0 } }
        return rows.logOdds(forest)
    }

    /// Takes the steps of a reading up to the headline.
    package func readHead(_ reading: inout TextReading) {
        reading.begin(words: words)
        reading.look(logOdds(.firstLook, reading.features))
        let titles = reading.titleQuestions
        let odds = logOdds(.titles, titles.rows)
        let finalists = reading.finalists(titles.lines, titles.rows, odds)
        reading.settleTitle(finalists.lines, logOdds(.headline, finalists.rows))
    }
}

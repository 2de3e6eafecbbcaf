package import DecisionForest
package import Foundation

/// What decides whom to believe when a page says different things of one field; trained by
/// `wirecopy-train fields`.
package struct FieldModels: Sendable {
    /// Reads `TitleCandidates`.
    package let titles: DecisionForest
    /// Reads `AuthorCandidates`.
    package let authors: DecisionForest
    /// Reads `DateCandidates`.
    package let dates: DecisionForest

    private static let titleFile = "titles.forest"
    private static let authorFile = "authors.forest"
    private static let dateFile = "dates.forest"

    /// Joins forests.
    package init(titles: DecisionForest, authors: DecisionForest, dates: DecisionForest) {
        self.titles = titles
        self.authors = authors
        self.dates = dates
    }

    /// Forests without trees: of all values the one on the most trusted place is believed.
    package static func untrained() throws(ForestFailure) -> FieldModels {
        FieldModels(
            titles: try empty(TitleCandidates.numberCount),
            authors: try empty(AuthorCandidates.numberCount),
            dates: try empty(DateCandidates.numberCount)
        )
    }

    private static func empty(_ featureCount: Int) throws(ForestFailure) -> DecisionForest {
        try DecisionForest(featureCount: featureCount, base: 0, roots: [], nodes: [])
    }

    /// Reads the files of a folder.
    init(in folder: URL) throws(ParseFailure) {
        titles = try Self.read(Self.titleFile, in: folder, TitleCandidates.numberCount)
        authors = try Self.read(Self.authorFile, in: folder, AuthorCandidates.numberCount)
        dates = try Self.read(Self.dateFile, in: folder, DateCandidates.numberCount)
    }

    private static func read(
        _ name: String,
        in folder: URL,
        _ featureCount: Int
    ) throws(ParseFailure) -> DecisionForest {
        let forest = try ModelFile.forest(name, in: folder)
        guard forest.featureCount == featureCount else {
            throw ParseFailure(
                .modelMissing,
                "The model \(name) asks \(forest.featureCount) numbers of a value, this program "
                    + "gives \(featureCount)."
            )
        }
        return forest
    }

    /// Writes the files that `init(in:)` reads.
    package func write(to folder: URL) throws {
        try Data(titles.bytes).write(to: folder.appendingPathComponent(Self.titleFile))
        try Data(authors.bytes).write(to: folder.appendingPathComponent(Self.authorFile))
        try Data(dates.bytes).write(to: folder.appendingPathComponent(Self.dateFile))
    }
}

extension DecisionForest {
    /// The probability of yes for each of some questions, from 0 to 1.
    func probabilities(_ rows: [[Float]]) -> [Double] {
        logOdds(ofAll: rows.flatMap(\.self)).map { 1 / (1 + exp(-Double($0))) }
    }

    /// The probability of each of some questions of which at most one is yes.
    func jointProbabilities(_ rows: [[Float]]) -> [Double] {
        var odds = logOdds(ofAll: rows.flatMap(\.self))
        Self.shareOut(&odds[...])
        return odds.map(Double.init)
    }

    /// The likeliest of some questions of which at most one is yes, and its probability; the first
    /// of equals.
    func best(_ rows: [[Float]]) -> (index: Int, probability: Double)? {
        var best: (index: Int, probability: Double)?
        for (index, probability) in jointProbabilities(rows).enumerated()
        where probability > best?.probability ?? -1 {
            best = (index, probability)
        }
        return best
    }
}

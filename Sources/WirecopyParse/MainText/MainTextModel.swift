package import DecisionForest
package import Foundation

/// What decides which blocks of a page are its article's text; trained by `wirecopy-train`.
package struct MainTextModel: Sendable {
    /// What single words say.
    let weights: MainTextWeights
    /// Reads `BlockFeatures`.
    let forest: DecisionForest

    private static let forestFile = "main-text.forest"
    private static let nameFile = "main-text-names.tsv"
    private static let lineFile = "main-text-lines.tsv"

    /// Joins the parts.
    package init(weights: MainTextWeights, forest: DecisionForest) {
        self.weights = weights
        self.forest = forest
    }

    /// Reads the files of a folder.
    init(in folder: URL) throws(ParseFailure) {
        weights = MainTextWeights(
            names: try ModelFile.words(Self.nameFile, in: folder),
            lines: try ModelFile.words(Self.lineFile, in: folder)
        )
        forest = try ModelFile.forest(Self.forestFile, in: folder)
        guard forest.featureCount == BlockFeatures.count else {
            throw ParseFailure(
                .modelMissing,
                "The model \(Self.forestFile) asks \(forest.featureCount) numbers of a block, this "
                    + "program gives \(BlockFeatures.count)."
            )
        }
    }

    /// Writes the files that `init(in:)` reads.
    package func write(to folder: URL) throws {
        try Data(forest.bytes).write(to: folder.appendingPathComponent(Self.forestFile))
        try Data(weights.names.lines.utf8).write(to: folder.appendingPathComponent(Self.nameFile))
        try Data(weights.lines.lines.utf8).write(to: folder.appendingPathComponent(Self.lineFile))
    }
}

/// What single words say of a block: those of elements' names, and those of its own text.
package struct MainTextWeights: Sendable {
    /// Of `class` and `id`.
    let names: WordWeights
    /// Of the text.
    let lines: WordWeights

    init(names: WordWeights, lines: WordWeights) {
        self.names = names
        self.lines = lines
    }

    /// Takes log-odds by word.
    package init(names: [String: Float], lines: [String: Float]) {
        self.init(names: WordWeights(names), lines: WordWeights(lines))
    }
}

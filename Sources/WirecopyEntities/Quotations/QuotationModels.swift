package import DecisionForest
package import Foundation

/// What decides whether quoted words are speech and who spoke them; trained by
/// `wirecopy-train quotations`.
package struct QuotationModels: Sendable {
    /// Reads `SpokenNumbers`: yes means that the words are somebody's.
    package let spoken: DecisionForest
    /// Reads `SpeakerNumbers`: of an utterance's candidates at most one is the speaker.
    package let speakers: DecisionForest

    private static let spokenFile = "spoken.forest"
    private static let speakerFile = "speakers.forest"

    /// Joins forests.
    package init(spoken: DecisionForest, speakers: DecisionForest) {
        self.spoken = spoken
        self.speakers = speakers
    }

    /// Forests without trees, for questions that are only asked.
    package static func untrained() throws(EntityFailure) -> QuotationModels {
        QuotationModels(
            spoken: try empty(spokenFile, SpokenNumbers.count),
            speakers: try empty(speakerFile, SpeakerNumbers.count)
        )
    }

    private static func empty(
        _ file: String,
        _ featureCount: Int
    ) throws(EntityFailure) -> DecisionForest {
        do {
            return try DecisionForest(featureCount: featureCount, base: 0, roots: [], nodes: [])
        } catch {
            throw .modelUnusable(file: file, reason: error.message)
        }
    }

    /// The shipped models; read once a process, at first use.
    ///
    /// - Throws: `EntityFailure` when a model is missing or broken.
    package static func shipped() throws(EntityFailure) -> QuotationModels { try loaded.get() }

    private static let loaded: Result<QuotationModels, EntityFailure> = Result {
        () throws(EntityFailure) in
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources")
        return QuotationModels(
            spoken: try read(spokenFile, in: folder, SpokenNumbers.count),
            speakers: try read(speakerFile, in: folder, SpeakerNumbers.count)
        )
    }

    private static func read(
        _ name: String,
        in folder: URL,
        _ featureCount: Int
    ) throws(EntityFailure) -> DecisionForest {
        let forest: DecisionForest
        do {
            let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
            forest = try DecisionForest(bytes: Array(bytes))
        } catch {
            throw .modelUnusable(file: name, reason: "\(error)")
        }
        guard forest.featureCount == featureCount else {
            let reason = "It asks for \(forest.featureCount) numbers and gets \(featureCount)"
            throw .modelUnusable(file: name, reason: reason)
        }
        return forest
    }

    /// Writes the files that `shipped()` reads.
    package func write(to folder: URL) throws {
        try Data(spoken.bytes).write(to: folder.appendingPathComponent(Self.spokenFile))
        try Data(speakers.bytes).write(to: folder.appendingPathComponent(Self.speakerFile))
    }
}

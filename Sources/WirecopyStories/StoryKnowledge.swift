import Foundation

/// What ships with the program about stories: the model, and how frequent words are.
package struct StoryKnowledge: Sendable {
    /// Whether two articles belong together.
    package let model: StoryModel
    /// Frequencies before any article of one's own.
    package let background: BackgroundWords

    /// Takes the parts.
    package init(model: StoryModel, background: BackgroundWords) {
        self.model = model
        self.background = background
    }

    /// Reads the resources.
    ///
    /// - Throws: `StoryFailure` when one is missing or damaged.
    package static func shipped() throws(StoryFailure) -> StoryKnowledge {
        StoryKnowledge(
            model: try StoryModel(table: resource("stories.tsv")),
            background: try BackgroundWords(table: resource("words.tsv"))
        )
    }

    private static func resource(_ name: String) throws(StoryFailure) -> String {
        let file = Bundle.module.bundleURL.appending(path: "Resources/\(name)")
        do {
            return try String(contentsOf: file, encoding: .utf8)
        } catch {
            throw StoryFailure(.resourceDamaged, "The file \(name) cannot be read: \(error).")
        }
    }
}

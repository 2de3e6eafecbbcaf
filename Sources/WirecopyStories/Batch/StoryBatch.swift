package import WirecopyMessages

/// Stories of texts that come one after the other, for judging and for use in other programs.
package struct StoryBatch {
    private var keeper: StoryKeeper
    private var shelf = StoryMemory()
    private var ids: [String] = []

    /// Starts without any story.
    ///
    /// - Throws: `StoryFailure` when what ships is damaged.
    package init() throws(StoryFailure) {
        keeper = StoryKeeper(try .shipped())
    }

    /// Places an article.
    package mutating func add(_ id: String, _ annotated: AnnotatedArticle) throws {
        let features = ArticleFeatures(annotated)
        let milliseconds =
            features.publishedMilliseconds ?? annotated.article.fetchedAt.milliseconds
        try keeper.place(Int64(ids.count), features, milliseconds: milliseconds, on: &shelf)
        ids.append(id)
    }

    /// A line of JSON for each article, in the order in which they came: `{"episode", "id",
    /// "story"}`.
    package var lines: [[UInt8]] {
        ids.indices.map { index in
            let place = shelf.place(of: Int64(index))
            var writer = JSONWriter()
            writer.object { writer in
                writer.field("episode", place.map { Int($0.episode) })
                writer.field("id", ids[index])
                writer.field("story", place.map { Int($0.story) })
            }
            return writer.bytes
        }
    }
}

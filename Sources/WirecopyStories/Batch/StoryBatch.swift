package import WirecopyMessages

/// Stories of texts that are all there before the first is placed, for judging and for use in other
/// programs.
///
/// Unlike a stream, all words are counted first: what every text has tells no two of them apart.
package struct StoryBatch {
    private var keeper: StoryKeeper
    private var texts: [(id: String, features: ArticleFeatures, milliseconds: Int)] = []

    /// Starts without any text.
    ///
    /// - Throws: `StoryFailure` when what ships is damaged.
    package init() throws(StoryFailure) {
        self.init(try .shipped())
    }

    /// Starts without any text.
    package init(_ knowledge: StoryKnowledge) {
        keeper = StoryKeeper(knowledge)
    }

    /// Takes in a text.
    package mutating func add(_ id: String, _ annotated: AnnotatedArticle) {
        add(id, ArticleFeatures(annotated), seen: annotated.article.fetchedAt.milliseconds)
    }

    /// Takes in the features of a text that was first `seen` at a time, in milliseconds since 1970
    /// UTC, which counts when its publication is not known.
    package mutating func add(_ id: String, _ features: ArticleFeatures, seen: Int = 0) {
        keeper.frequencies.add(features)
        texts.append((id, features, features.publishedMilliseconds ?? seen))
    }

    /// The place of each text, in the order in which they came.
    package func places() throws -> [(id: String, story: Int64, episode: Int64)] {
        var keeper = keeper
        var shelf = StoryMemory()
        let order = texts.indices.sorted {
            (texts[$0].milliseconds, $0) < (texts[$1].milliseconds, $1)
        }
        for number in order {
            let (text, at) = (texts[number], texts[number].milliseconds)
            try keeper.place(Int64(number), text.features, milliseconds: at, on: &shelf)
        }
        return texts.enumerated().compactMap { number, text in
            shelf.place(of: Int64(number)).map { (text.id, $0.story, $0.episode) }
        }
    }

    /// A line of JSON for each text, in the order in which they came: `{"episode", "id", "story"}`.
    package func lines() throws -> [[UInt8]] {
        try places().map { place in
            var writer = JSONWriter()
            writer.object { writer in
                writer.field("episode", Int(place.episode))
                writer.field("id", place.id)
                writer.field("story", Int(place.story))
            }
            return writer.bytes
        }
    }
}

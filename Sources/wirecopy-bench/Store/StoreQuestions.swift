import SplitMix
import WirecopyMessages
import WirecopyStorage
import WirecopyStories

/// What readers ask a store, as often as they would: known names and words more often than rare
/// ones.
struct StoreQuestions {
    private let store: ArticleStore
    private let count: Int

    /// Prepares so many questions of each kind.
    init(store: ArticleStore, count: Int) {
        self.store = store
        self.count = count
    }

    /// Asks all questions and prints how long half and nineteen of twenty took at most.
    func ask() async throws {
        try await measure("search") { random in
            // Nobody searches for the most common words alone.
            let ranks = (0...random.below(2)).map { _ in
                30 + ImaginedWords.rank(below: 50_000, &random)
            }
            let text = ranks.map { Self.word($0) }.joined(separator: " ")
            _ = try await store.search(SearchQuery(text: text))
        }
        try await measure("quotes_by") { random in
            let name = Self.name(&random)
            var query = QuotationQuery(by: name)
            query.isOnce = true
            _ = try await store.quotations(query)
        }
        try await measure("who") { random in
            _ = try await store.entity(Self.name(&random))
        }
        try await measure("cites") { random in
            let rank = ImaginedWords.rank(below: 300, &random)
            _ = try await store.citations(of: ImaginedWords.other(rank))
        }
        try await askAboutStories()
    }

    /// Lists, pages and briefs of stories: of usual ones, and of the largest that there are.
    private func askAboutStories() async throws {
        try await measure("stories") { random in
            let offset = random.below(200)
            _ = try await store.stories(articlesMin: 2, limit: 20, offset: offset)
        }
        let usual = try await store.stories(articlesMin: 5, limit: Self.storiesAsked).stories
        for (name, stories) in [("usual", usual), ("largest", try await largest())] {
            guard !stories.isEmpty else { continue }
            let mean = Double(stories.map(\.articles).reduce(0, +)) / Double(stories.count)
            try BenchCase("store/stories/\(name)", mean, "articles/story").print()
            try await measure("story/\(name)") { random in
                _ = try await store.story(stories[random.below(stories.count)].id)
            }
            try await measure("brief/\(name)") { random in
                let story = stories[random.below(stories.count)].id
                _ = Brief(of: try await store.storyMembers(story))
            }
        }
    }

    /// The stories of more articles than half as many again.
    private func largest() async throws -> [StorySummary] {
        var bound = 1 << 16
        while bound > 1 {
            let found = try await store.stories(articlesMin: bound, limit: Self.storiesAsked)
                .stories
            if !found.isEmpty { return found }
            bound /= 2
        }
        return []
    }

    private static let storiesAsked = 50

    private static let words = ImaginedWords()

    private static func word(_ rank: Int) -> String {
        String(decoding: words.word(rank: rank), as: UTF8.self)
    }

    private static func name(_ random: inout SplitMix64) -> String {
        ImaginedWords.person(ImaginedWords.rank(below: ImaginedWords.names, &random))
    }

    private func measure(
        _ name: String,
        _ question: (inout SplitMix64) async throws -> Void
    ) async throws {
        let clock = ContinuousClock()
        var random = SplitMix64(seed: 7)
        var times: [Duration] = []
        for _ in 0..<count {
            let start = clock.now
            try await question(&random)
            times.append(start.duration(to: clock.now))
        }
        try Self.print(name, times)
    }

    /// Prints below which time half of all lie, and nineteen of twenty.
    static func print(_ name: String, _ times: some Sequence<Duration>) throws {
        let milliseconds = times.map { $0 / .milliseconds(1) }.sorted()
        for percentile in [50, 95] where !milliseconds.isEmpty {
            let figure = milliseconds[(milliseconds.count - 1) * percentile / 100]
            try BenchCase("store/\(name)/p\(percentile)", figure, "ms").print()
        }
    }
}

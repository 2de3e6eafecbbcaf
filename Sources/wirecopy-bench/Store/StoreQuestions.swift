import SplitMix
import WirecopyMessages
import WirecopyStorage

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
    }

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
        var milliseconds: [Double] = []
        for _ in 0..<count {
            let start = clock.now
            try await question(&random)
            let time = start.duration(to: clock.now).components
            milliseconds.append(Double(time.seconds) * 1e3 + Double(time.attoseconds) / 1e15)
        }
        milliseconds.sort()
        for percentile in [50, 95] where !milliseconds.isEmpty {
            let figure = milliseconds[(milliseconds.count - 1) * percentile / 100]
            try BenchCase("store/\(name)/p\(percentile)", figure, "ms").print()
        }
    }
}

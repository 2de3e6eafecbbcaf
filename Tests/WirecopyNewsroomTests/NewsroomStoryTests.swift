import Testing
import WirecopyMessages
import WirecopyNewsroom
import WirecopyStorage

/// Stories of the newsroom, from its pages to the store.
@Suite struct NewsroomStoryTests {
    @Test(arguments: 1...5)
    func `each story is whole and has no stranger, whatever comes first`(seed: Int) async throws {
        let readings = try ReadNewsroom.readings()
        let shuffled = ReadNewsroom.shuffled(readings, seed: UInt64(seed))
        try await ReadNewsroom.stored(shuffled) { store in
            try await Self.check(store, readings, "seed \(seed)")
        }
    }

    @Test func `each story is whole when its articles come as they are published`() async throws {
        let readings = try ReadNewsroom.readings()
        try await ReadNewsroom.stored(readings) { store in
            try await Self.check(store, readings, "in order")
        }
    }

    private static func check(
        _ store: ArticleStore,
        _ readings: [ReadNewsroom.Reading],
        _ order: String
    ) async throws {
        let names = Dictionary(
            readings.map { ($0.url, $0.truth.story ?? $0.url) },
            uniquingKeysWith: { first, _ in first }
        )
        for summary in try await store.stories(limit: ArticleStore.storiesMax).stories {
            let story = try #require(try await store.story(summary.id))
            let urls = story.episodes.flatMap(\.articles).map(\.url)
            let found = Dictionary(grouping: urls) { names[$0] ?? "?" }
            let main = found.max { $0.value.count < $1.value.count }?.key ?? ""
            let strangers = urls.filter { names[$0] != main }
            #expect(strangers.isEmpty, "\(order): the story of \(main) has \(strangers).")
            let missing = Set(names.filter { $0.value == main }.keys).subtracting(urls)
            #expect(missing.isEmpty, "\(order): the story of \(main) lacks \(missing.sorted()).")
        }
    }
}

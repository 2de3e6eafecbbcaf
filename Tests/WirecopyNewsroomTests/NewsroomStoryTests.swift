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

    @Test func `what the demo takes in is episodes in the order of days, and each copy is known`()
        async throws
    {
        let readings = try ReadNewsroom.readings().filter { $0.truth.publisher != "texts" }
        try await ReadNewsroom.stored(ReadNewsroom.shuffled(readings, seed: 7)) { store in
            try await Self.check(store, readings, "the demo")
            for name in Set(readings.compactMap(\.truth.story)).sorted() {
                let own = readings.filter { $0.truth.story == name }
                let number = try #require(try await store.storyNumber(own[0].url))
                let story = try #require(try await store.story(number))
                let truth = Dictionary(grouping: own) { $0.truth.episode ?? 0 }
                    .sorted { $0.key < $1.key }.map { Set($0.value.map(\.url)) }
                #expect(story.episodes.map { Set($0.articles.map(\.url)) } == truth, "\(name)")
                let members = story.episodes.flatMap(\.articles)
                let copies = members.compactMap { member in
                    let original = member.copyOf.flatMap { id in members.first { $0.id == id } }
                    return original.map { [member.url, $0.url] }
                }
                let carried = own.compactMap { reading in
                    reading.truth.syndicatedFrom.map {
                        [reading.url, ReadNewsroom.baseURL + $0]
                    }
                }
                #expect(Set(copies) == Set(carried), "\(name)")
            }
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

import Foundation
import Testing
import WirecopyEntities
import WirecopyMessages

@testable import WirecopyStories

@Suite struct StoryKeeperTests {
    /// Texts of one file of the invented stories, with their features.
    private struct Texts {
        let texts: [BatchText]
        let features: [ArticleFeatures]

        init(_ name: String) throws {
            let file = Bundle.module.bundleURL.appending(path: "Resources/texts-\(name).jsonl")
            let stage = try EntityStage()
            texts = try Data(contentsOf: file).split(separator: 0x0A)
                .map { try BatchText(json: Array($0)) }
            features = texts.map { ArticleFeatures(stage.annotated($0.parsed)) }
        }

        /// The stories and episodes that come out when the texts arrive in an order.
        func placed(_ order: [Int], undated: Bool = false) throws -> StoryMemory {
            var keeper = StoryKeeper(try .shipped())
            var shelf = StoryMemory()
            for index in order {
                var one = features[index]
                if undated { one.publishedMilliseconds = nil }
                let at = one.publishedMilliseconds ?? 0
                try keeper.place(Int64(index), one, milliseconds: at, on: &shelf)
                keeper.frequencies.add(one)
            }
            return shelf
        }

        /// A shelf on which the second article was taken to a story that it does not resemble, and
        /// was read anew then.
        func strayed(_ decide: (inout StoryMemory) -> Void) throws -> StoryMemory {
            var keeper = StoryKeeper(try .shipped())
            var shelf = StoryMemory()
            let own = texts.indices.filter { texts[$0].story == texts[0].story }
            let others = texts.indices.filter { texts[$0].story == texts[own.count].story }
            for index in own + others {
                let at = features[index].publishedMilliseconds ?? 0
                try keeper.place(Int64(index), features[index], milliseconds: at, on: &shelf)
                keeper.frequencies.add(features[index])
            }
            func shelved(_ index: Int) throws -> ShelvedArticle {
                let (story, episode) = try #require(shelf.place(of: Int64(index)))
                return ShelvedArticle(article: Int64(index), story: story, episode: episode)
            }
            let (stray, other) = try (shelved(own[1]), shelved(others[0]))
            try shelf.move(stray, to: other.story, other.episode)
            decide(&shelf)
            var features = features[own[1]]
            features.length += 1
            let at = features.publishedMilliseconds ?? 0
            try keeper.renew(shelved(own[1]), features, milliseconds: at, on: &shelf)
            return shelf
        }

        /// Pairs of texts that are rightly in one story, of those that are or should be.
        func agreement(_ shelf: StoryMemory) -> Double {
            var (right, all) = (0.0, 0.0)
            for left in texts.indices {
                for other in texts.indices where other > left {
                    let isOne = texts[left].story == texts[other].story
                    let isFound =
                        shelf.place(of: Int64(left))?.story == shelf.place(of: Int64(other))?.story
                    if isOne || isFound { all += 1 }
                    if isOne && isFound { right += 1 }
                }
            }
            return right / all
        }
    }

    @Test func `invented stories come together and look-alikes stay apart`() throws {
        let texts = try Texts("a")
        let order = texts.texts.indices.sorted {
            (texts.texts[$0].published ?? "", $0) < (texts.texts[$1].published ?? "", $1)
        }
        let agreement = try texts.agreement(texts.placed(order))
        #expect(agreement > 0.8)
    }

    @Test func `the order of arrival matters little`() throws {
        let texts = try Texts("b")
        let forward = try texts.placed(Array(texts.texts.indices))
        let backward = try texts.placed(texts.texts.indices.reversed())
        #expect(texts.agreement(forward) > 0.8)
        #expect(abs(texts.agreement(forward) - texts.agreement(backward)) < 0.1)
    }

    @Test func `texts without dates find their stories too`() throws {
        let texts = try Texts("a")
        let shelf = try texts.placed(Array(texts.texts.indices), undated: true)
        #expect(texts.agreement(shelf) > 0.6)
    }

    @Test func `the same arrivals give the same numbers`() throws {
        let texts = try Texts("c")
        let (first, second) = try (texts.placed([5, 1, 9, 2]), texts.placed([5, 1, 9, 2]))
        for index: Int64 in [5, 1, 9, 2] {
            #expect(first.place(of: index)?.story == second.place(of: index)?.story)
            #expect(first.place(of: index)?.episode == second.place(of: index)?.episode)
        }
    }

    @Test func `an article that is read anew stays in its story`() throws {
        let texts = try Texts("a")
        var keeper = StoryKeeper(try .shipped())
        var shelf = StoryMemory()
        for index in 0..<10 {
            let one = texts.features[index]
            let at = one.publishedMilliseconds ?? 0
            try keeper.place(Int64(index), one, milliseconds: at, on: &shelf)
            keeper.frequencies.add(one)
        }
        let before = (0..<10).map { shelf.place(of: Int64($0))?.story }
        for index in 0..<10 {
            let place = try #require(shelf.place(of: Int64(index)))
            let shelved = ShelvedArticle(
                article: Int64(index),
                story: place.story,
                episode: place.episode
            )
            let at = texts.features[index].publishedMilliseconds ?? 0
            try keeper.renew(shelved, texts.features[index], milliseconds: at, on: &shelf)
        }
        #expect((0..<10).map { shelf.place(of: Int64($0))?.story } == before)
    }

    @Test func `an article that a person placed stays there`() throws {
        let texts = try Texts("a")
        let free = try texts.strayed { _ in }
        #expect(free.place(of: 1)?.story == free.place(of: 0)?.story)
        let pinned = try texts.strayed { $0.pinned = [1] }
        #expect(pinned.place(of: 1)?.story != pinned.place(of: 0)?.story)
    }

    @Test func `nothing goes between stories that a person told apart`() throws {
        let texts = try Texts("a")
        let apart = try texts.strayed { shelf in
            let stories = (0...1).compactMap { shelf.place(of: $0)?.story }
            shelf.apart = [Set(stories)]
        }
        #expect(apart.place(of: 1)?.story != apart.place(of: 0)?.story)
    }
}

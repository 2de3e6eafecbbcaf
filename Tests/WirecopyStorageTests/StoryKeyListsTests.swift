import SplitMix
import Testing

@testable import WirecopyStorage

@Suite struct StoryKeyListsTests {
    private static func posting(_ article: Int64, _ hour: Int) throws -> StoryKeyPosting {
        try #require(StoryKeyPosting(article: article, hour: hour))
    }

    @Test func `the nearest before and after are given`() throws {
        var lists = StoryKeyLists()
        for article in 1...60 {
            lists.add(try Self.posting(Int64(article), article - 30), to: 9)
        }
        let near = lists.near(9, hour: 0) { _ in [] }
        #expect(near.map(\.article) == Array(7...38))
    }

    @Test func `a list keeps the articles that came last`() throws {
        var lists = StoryKeyLists()
        let stored = try (1...40).map { try Self.posting(Int64($0), 1000 + $0) }
        for article in 41...100 { lists.add(try Self.posting(Int64(article), article), to: 9) }
        let all = lists.near(9, hour: 90) { _ in stored }
        #expect(all.map(\.article) == Array(67...98))
        let late = lists.near(9, hour: 5000) { _ in [] }
        #expect(late.map(\.article) == Array(81...100) + Array(37...40))
    }

    @Test func `an article that is posted again has one place`() throws {
        var lists = StoryKeyLists()
        for hour in [5, 2, 9] { lists.add(try Self.posting(1, hour), to: 9) }
        lists.add(try Self.posting(2, 7), to: 9)
        #expect(lists.near(9, hour: 20) { _ in [] }.map(\.article) == [2, 1])
    }

    @Test func `numbers beyond what a list can hold are not posted`() {
        #expect(StoryKeyPosting(article: 1 << 32, hour: 0) == nil)
        #expect(StoryKeyPosting(article: -1, hour: 0) == nil)
        #expect(StoryKeyPosting(article: 1, hour: .max)?.article == 1)
    }

    @Test func `a block holds what was put into it`() throws {
        var random = SplitMix64(seed: 3)
        var block: [UInt32] = []
        var truth: [UInt32: [StoryKeyPosting]] = [:]
        for _ in 0..<200 {
            let keys = Set((0..<3).map { _ in UInt32.random(in: 0..<40, using: &random) }).sorted()
            let fresh = try Self.posting(Int64.random(in: 1..<900, using: &random), 4)
            block = StoryKeyBlock.replacing(keys[...], in: block) { key, stored in
                #expect(stored == truth[key] ?? [])
                return Array((stored + [fresh]).suffix(3))
            }
            for key in keys { truth[key] = Array(((truth[key] ?? []) + [fresh]).suffix(3)) }
        }
        for key in UInt32(0)..<41 {
            #expect(StoryKeyBlock.list(of: key, in: block) == truth[key] ?? [])
        }
    }

    @Test func `a damaged block gives what can be read`() {
        var random = SplitMix64(seed: 4)
        for length in 0..<64 {
            let block = (0..<length).map { _ in UInt32.random(in: 0..<9, using: &random) }
            for key in UInt32(0)..<9 { _ = StoryKeyBlock.list(of: key, in: block) }
            let block2 = StoryKeyBlock.replacing([4], in: block) { _, stored in stored }
            #expect(block2.count <= block.count + 2)
        }
        #expect(StoryKeyBlock.list(of: 1, in: [1, .max, 0]).isEmpty)
    }

    @Test func `sums are those of a dictionary`() {
        var random = SplitMix64(seed: 6)
        var sums = NeighbourSums()
        for round in 0..<3 {
            sums.clear()
            var truth: [UInt32: Float] = [:]
            for _ in 0..<1500 {
                let article = UInt32.random(in: 1..<UInt32(500 + round * 5000), using: &random)
                let weight = Float(Int.random(in: 1..<9, using: &random))
                sums.add(article, weight)
                truth[article, default: 0] += weight
            }
            let ranked = truth.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            #expect(sums.greatest(24) == ranked.prefix(24).map(\.key))
        }
    }

    @Test func `values that nobody asks for are forgotten`() {
        var values = RecentValues<Int>(generationMax: 3)
        for number in 1...3 { values[Int64(number)] = number }
        for number in 4...5 { values[Int64(number)] = number }
        #expect(values[1] == 1)
        values.change(2) { $0 = 20 }
        for number in 6...8 { values[Int64(number)] = number }
        #expect(values[3] == nil)
        #expect(values[2] == 20)
        values[2] = nil
        #expect(values[2] == nil)
    }
}

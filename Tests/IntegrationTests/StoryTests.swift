import Foundation
import Testing
import WirecopyMessages
import WirecopyNewsroom

extension IntegrationTests {
    /// Stories of the newsroom, in the order in which its pages happen to come.
    @Suite(.serialized)
    struct StoryTests {
        /// What `wirecopy stories STORY --json` says.
        private struct Story: Decodable {
            struct Episode: Decodable { let articles: [Member] }
            struct Member: Decodable {
                let url: String
                let published: String?
                let sortMs: Int
            }

            let episodes: [Episode]

            var members: [Member] { episodes.flatMap(\.articles) }
        }

        @Test func `the newsroom's stories come together, without strangers and in order`()
            async throws
        {
            try await Installation.use { installation in
                let truth = try NewsroomTruth(in: installation)
                defer { truth.newsroom.stop() }
                let pages = (truth.listed + truth.texts).map(truth.url)
                let list = try installation.write(
                    pages.joined(separator: "\n").utf8,
                    to: "pages.txt"
                )
                _ = try await installation.wirecopy("run", list, "--allow-private-addresses")
                let records = (truth.listed + truth.texts).filter { $0.kind != "address" }
                for name in Set(records.compactMap(\.story)).sorted() {
                    let own = records.filter { $0.story == name }
                    let story = try await Self.largestStory(of: own.map(truth.url), installation)
                    check(story, name, own: Set(own.map(truth.url)))
                }
            }
        }

        /// The story with most of the pages.
        private static func largestStory(
            of pages: [String],
            _ installation: Installation
        ) async throws -> Story {
            var largest: Story?
            // Two of three pages in one story have a page of it among any third of them.
            for page in pages.prefix(pages.count / 3) {
                let end = try await installation.wirecopy("stories", page, "--json")
                let story = try end.json(Story.self)
                if story.members.count > largest?.members.count ?? 0 { largest = story }
            }
            return try #require(largest)
        }

        private func check(_ story: Story, _ name: String, own: Set<String>) {
            let urls = story.members.map(\.url)
            let strangers = urls.filter { !own.contains($0) }
            let missing = own.subtracting(urls)
            #expect(Set(urls).count == urls.count, "\(name) counts an article twice.")
            #expect(strangers.count <= 1, "\(name) has \(strangers).")
            #expect(missing.count * 10 <= own.count, "\(name) lacks \(missing.sorted()).")
            // Pages without a date are in an episode by what they say, and sorted by their arrival.
            let spans = story.episodes.map { episode in
                episode.articles.filter { $0.published != nil }.map(\.sortMs)
            }.filter { !$0.isEmpty }
            #expect(spans.count > 2, "\(name) has \(spans.count) episodes.")
            for (earlier, later) in zip(spans, spans.dropFirst()) {
                #expect(earlier.max() ?? 0 < later.min() ?? 0, "\(name) has \(spans).")
            }
        }
    }
}

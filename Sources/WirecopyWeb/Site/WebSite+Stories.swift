import WirecopyMessages
import WirecopyStorage
import WirecopyStories

// Pages and answers about stories.
extension WebSite {
    /// Stories, newest first.
    func stories(_ request: WebRequest) async throws(WebFailure) -> Document {
        let values = try Parameters(
            request.query,
            names: ["since", "single", "offset"],
            isStrict: false
        )
        let since = try values.day("since")
        let question = StoriesPage.Question(
            since: since.map { String($0.rfc3339.prefix(10)) },
            articlesMin: values.has("single") ? 1 : 2,
            offset: try values.integer("offset", in: 0...Self.offsetMax) ?? 0
        )
        let found = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.stories(
                    since: since,
                    articlesMin: question.articlesMin,
                    limit: WebLimits.pageMax,
                    offset: question.offset
                )
            }
        }
        return StoriesPage(question: question, found: found).document
    }

    /// Stories that may be passed over: beyond, a day finds more.
    static let offsetMax = 10_000

    /// The newest stories as a list for the front page; empty when there are none.
    func newestStories() async -> HTML {
        let found = await found { () throws(WebFailure) in
            try await store.read { (store) throws(StorageFailure) in
                try await store.stories(articlesMin: 2, limit: Self.storiesShown)
            }
        }
        guard let report = try? found.get(), !report.stories.isEmpty else { return .empty }
        return StoryList(report.stories).html + Parts.next("/stories", [], "All stories")
    }

    private static let storiesShown = 8

    /// One story.
    func story(_ number: Int, _ request: WebRequest) async throws(WebFailure) -> Document {
        let report = try await story(number)
        let edition = BriefShelf.Edition(
            story: report.summary.id,
            articles: report.summary.articles,
            episodes: report.summary.episodes,
            lastMs: report.summary.lastMs,
            changes: report.changes.count
        )
        let mayChange = policy.proof(request) != .none
        if let kept = briefs.brief(of: edition) {
            return StoryPage(story: report, brief: kept, mayChange: mayChange).document
        }
        let shown = ShownBrief(try await brief(report.summary.id))
        briefs.keep(shown, of: edition)
        return StoryPage(story: report, brief: shown, mayChange: mayChange).document
    }

    /// A story by its number; one that became a part of another leads to that.
    func story(_ number: Int) async throws(WebFailure) -> StoryReport {
        let found = try await store.read { (store) throws(StorageFailure) in
            try await store.story(number)
        }
        guard let found else { throw WebFailure(.notFound, "There is no story \(number).") }
        return found
    }

    /// The brief of a story.
    func brief(_ number: Int) async throws(WebFailure) -> Brief {
        try await store.read { (store) throws(StorageFailure) in
            Brief(of: try await store.storyMembers(number))
        }
    }
}

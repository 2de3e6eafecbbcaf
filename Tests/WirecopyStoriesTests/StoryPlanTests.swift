import Testing

@testable import WirecopyStories

@Suite struct StoryPlanTests {
    /// A plan for articles in stories, of which 0 is none.
    private static func plan(_ stories: [Int64], _ labels: [Int]) -> StoryPlan {
        StoryPlan(
            labels: labels,
            places: stories.enumerated().map { number, story in
                story == 0
                    ? nil : ShelvedArticle(article: Int64(number), story: story, episode: story)
            }
        )
    }

    @Test func `a new article that belongs to nothing opens a story`() {
        let plan = Self.plan([4, 4, 0], [0, 0, 2])
        #expect(plan.groups.map(\.story) == [4, nil])
        #expect(plan.groups.map(\.hasSubject) == [false, true])
        #expect(plan.companions.isEmpty)
        #expect(plan.groups.flatMap(\.moved) == [])
        #expect(plan.groups.flatMap(\.merged) == [])
    }

    @Test func `a new article joins the story with which it settled`() {
        let plan = Self.plan([4, 4, 7, 0], [0, 0, 2, 2])
        #expect(plan.groups.map(\.story) == [4, 7])
        #expect(plan.companions == [2])
    }

    @Test func `two whole stories go on under the older number`() {
        let plan = Self.plan([9, 9, 9, 4, 4, 0], [0, 0, 0, 0, 0, 0])
        #expect(plan.groups.map(\.story) == [4])
        #expect(plan.groups[0].merged == [9])
        #expect(plan.groups[0].moved.isEmpty)
    }

    @Test func `an only article moves, and its story does not give its number away`() {
        let plan = Self.plan([9, 9, 4, 0], [0, 0, 0, 0])
        #expect(plan.groups.map(\.story) == [9])
        #expect(plan.groups[0].merged.isEmpty)
        #expect(plan.groups[0].moved == [2])
    }

    @Test func `a story that comes apart keeps its number with most of its articles`() {
        let plan = Self.plan([5, 5, 5, 5, 5, 0], [0, 1, 0, 1, 0, 1])
        #expect(plan.groups.map(\.story) == [5, nil])
        #expect(plan.groups.map(\.moved) == [[], [1, 3]])
        #expect(plan.companions == [1, 3])
    }

    @Test func `a story of which a part stays elsewhere does not merge`() {
        let plan = Self.plan([5, 5, 8, 8, 8, 0], [0, 0, 0, 3, 3, 0])
        #expect(plan.groups.map(\.story) == [5, 8])
        #expect(plan.groups[0].moved == [2])
        #expect(plan.groups.flatMap(\.merged) == [])
    }
}

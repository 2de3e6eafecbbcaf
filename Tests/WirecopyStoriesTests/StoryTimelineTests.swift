import Testing
import WirecopyMessages

@testable import WirecopyStories

@Suite struct StoryTimelineTests {
    @Test func `reports count by day and episode, copies apart`() throws {
        var members = try InventedStory.flood()
        members.append(try InventedStory.wire().member(copyOf: "wire"))
        members.append(InventedArticle("undated", "It rains in Brede.").member(episode: 2))
        let timeline = StoryTimeline(of: Brief(of: members))
        #expect(timeline.episodes.map(\.number) == [1, 2])
        let days = timeline.episodes[0].days
        #expect(days.map(\.day) == ["2031-03-01", "2031-03-02"])
        #expect(days.map(\.reports) == [2, 1])
        #expect(days.map(\.copies) == [1, 0])
        #expect(timeline.episodes[1].undated == 1)
        #expect(timeline.reportsMax == 3)
    }

    @Test func `the picture names its days, for eyes and for ears`() throws {
        let timeline = StoryTimeline(of: Brief(of: try InventedStory.flood()))
        let svg = TimelinePicture(timeline, title: "A flood").svg()
        #expect(svg.contains("<title>Timeline: A flood</title>"))
        #expect(svg.contains("Episode 1. 1 March 2031: 2 reports, 2 March 2031: 1 report."))
        #expect(svg.contains(">10 April 2031</text>"))
        #expect(!TimelinePicture(timeline, title: "").svg(isStandalone: false).contains("<style>"))
    }

    @Test func `a timeline of nothing and one without days are pictures`() {
        let nothing = StoryTimeline(of: Brief(of: []))
        #expect(TimelinePicture(nothing, title: "").svg().contains("</svg>"))
        let undated = StoryTimeline(of: Brief(of: [InventedArticle("a", "It rains.").member()]))
        #expect(TimelinePicture(undated, title: "").svg().contains("1 report without a day"))
    }
}

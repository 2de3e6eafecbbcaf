import Foundation
import WirecopyMessages
import WirecopyStorage

/// Stories on the terminal.
enum StoriesScreen {
    /// A table of stories.
    static func lines(of report: StoryListReport, columns: Int) -> [String] {
        var table = Table(
            [
                ("STORY", .right), ("LAST", .left), ("ARTICLES", .right), ("OUTLETS", .right),
                ("EPISODES", .right), ("HEADLINE", .left),
            ],
            dropping: ["OUTLETS", "EPISODES"]
        )
        for story in report.stories {
            table.add([
                "\(story.id)", day(story.lastMs), "\(story.articles)", "\(story.outlets)",
                "\(story.episodes)", story.title ?? "(no headline)",
            ])
        }
        return table.isEmpty ? [] : table.lines(columns: columns)
    }

    /// A story with its episodes.
    static func lines(of report: StoryReport) -> [String] {
        let story = report.summary
        var lines = [
            "\(story.id)  \(Terminal.safe(story.title ?? "(no headline)"))",
            "   \(Quantity.count(story.articles, "article")) of "
                + "\(Quantity.count(story.outlets, "outlet")) in "
                + "\(Quantity.count(story.episodes, "episode")), "
                + "\(day(story.firstMs)) to \(day(story.lastMs))",
        ]
        for (index, episode) in report.episodes.enumerated() {
            lines += ["", "Episode \(index + 1)"]
            lines += episode.articles.flatMap(article)
        }
        guard !report.changes.isEmpty else { return lines }
        return lines + ["", "Changes"] + report.changes.map { change(in: story.id, $0) }
    }

    private static func article(_ member: StoryReport.Member) -> [String] {
        let date = member.published?.prefix(10) ?? "no date"
        let copies =
            member.copies > 0 ? "  and \(Quantity.count(member.copies, "copy", "copies"))" : ""
        let source = member.copyOf.map { "  nearly a copy of \($0)" } ?? ""
        return [
            Terminal.safe("  \(member.id)  \(date)  \(member.title ?? "(no headline)")"),
            Terminal.safe("      \(member.url)\(source)\(copies)"),
        ]
    }

    private static func change(in story: Int, _ change: StoryReport.Change) -> String {
        let article = change.article ?? "?"
        let told =
            switch (change.kind, change.other == story) {
            case ("merged", true): "story \(change.story) was joined to this one"
            case ("merged", false): "all went to story \(change.other)"
            case ("split", true): "this one was split off story \(change.story)"
            case ("split", false): "story \(change.other) was split off this one"
            case (_, true): "article \(article) came from story \(change.story)"
            case (_, false): "article \(article) went to story \(change.other)"
            }
        return "  \(told)" + (change.edit.map { ", by hand (edit \($0))" } ?? "")
    }

    /// What persons decided about stories.
    static func lines(of report: StoryEditReport, columns: Int) -> [String] {
        var table = Table(
            [("EDIT", .right), ("WHEN", .left), ("SAYS", .left), ("UNDONE", .left)]
        )
        for edit in report.edits {
            table.add([
                String(edit.id), Day.minute(milliseconds: edit.atMs), says(edit),
                edit.undoneAtMs.map { Day.minute(milliseconds: $0) } ?? "",
            ])
        }
        return table.isEmpty ? [] : table.lines(columns: columns)
    }

    private static func says(_ edit: StoryEdit) -> String {
        let articles = edit.articles.joined(separator: " ")
        return switch edit.action {
        case .merge: "story \(edit.story) is a part of story \(edit.other)"
        case .split: "story \(edit.other) is not story \(edit.story): \(articles)"
        case .move: "story \(edit.other), not \(edit.story), has \(articles)"
        }
    }

    private static func day(_ milliseconds: Int) -> String {
        let date = Date(timeIntervalSince1970: Double(milliseconds) / 1000)
        return date.formatted(.iso8601.year().month().day())
    }
}

import WirecopyStories

/// A timeline as a person reads it on a terminal.
struct TimelineScreen {
    /// Columns of the longest bar.
    private static let barColumns = 24
    private static let dayColumns = 19

    private let timeline: StoryTimeline
    private let screen: ScreenText

    /// Prepares a timeline.
    ///
    /// - Parameters:
    ///   - timeline: what is shown.
    ///   - columns: columns of the terminal.
    ///   - isColoured: whether the terminal understands colours (ECMA-48).
    init(_ timeline: StoryTimeline, columns: Int, isColoured: Bool) {
        self.timeline = timeline
        screen = ScreenText(columns: columns, isColoured: isColoured)
    }

    /// The lines of the screen; text of articles is made safe for a terminal.
    var lines: [String] {
        timeline.episodes.enumerated().flatMap { index, episode in
            (index > 0 ? [""] : []) + [screen.heading("Episode \(index + 1)")]
                + episode.days.map(row) + undated(episode)
                + episode.lines.flatMap { line in
                    let text = "\(Terminal.safe(line.text)) [\(line.article)]"
                    return screen.wrapped(text, indent: 4).enumerated().map {
                        ($0.offset == 0 ? "  • " : "    ") + $0.element
                    }
                }
        }
    }

    private func row(_ day: StoryTimeline.Day) -> String {
        let unit = Double(Self.barColumns) / Double(max(timeline.reportsMax, Self.barColumns / 2))
        let own = String(repeating: "█", count: max(1, Int(Double(day.reports) * unit)))
        let copies = String(repeating: "░", count: Int((Double(day.copies) * unit).rounded(.up)))
        let count = BriefWords.count(day.reports, "report")
        let copied = day.copies > 0 ? " and \(day.copies) of copies" : ""
        let bar = screen.styled(day.reports > 0 ? own : "", .blue) + screen.styled(copies, .faint)
        return "  " + screen.padded(BriefWords.day(day.day), Self.dayColumns) + bar
            + " \(count)\(copied)"
    }

    private func undated(_ episode: StoryTimeline.Episode) -> [String] {
        guard episode.undated > 0 else { return [] }
        let count = BriefWords.count(episode.undated, "report")
        return ["  " + screen.styled(screen.padded("no day", Self.dayColumns) + count, .faint)]
    }
}

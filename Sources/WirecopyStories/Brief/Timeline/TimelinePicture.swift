/// A timeline as an SVG picture: bars of reports by day, a panel for each episode, and below what
/// happened.
package struct TimelinePicture {
    private enum Size {
        static let width = 960.0
        static let margin = 20.0
        static let barsTop = 40.0
        static let barsHeight = 110.0
        static let axis = 46.0
        /// Reports of a day for which the bars have room at least, so that one is no tower.
        static let barsMin = 4
        /// Between the panels of two episodes lies time in which nothing was reported.
        static let gap = 56.0
        static let panelMin = 90.0
        static let barMax = 26.0
        static let line = 18.0
        /// Characters of a line of text.
        static let characters = 128
        /// Lines of text that a sentence may take.
        static let linesMax = 3
    }

    private let timeline: StoryTimeline
    private let title: String

    /// Prepares a picture; `title` is the story's headline.
    package init(_ timeline: StoryTimeline, title: String) {
        self.timeline = timeline
        self.title = title
    }

    /// The picture as a document of its own, or inside of a page.
    ///
    /// - Parameter isStandalone: whether it brings its own background and colours, and below the
    ///   days what happened; a page tells that itself.
    /// - Returns: an `svg` element.
    package func svg(isStandalone: Bool = true) -> String {
        let texts = isStandalone ? texts : (content: "", height: 0)
        let height = Size.barsTop + Size.barsHeight + Size.axis + texts.height + Size.margin
        return Picture.svg(
            width: Size.width,
            height: height,
            title: "Timeline: \(title)",
            description: description,
            isStandalone: isStandalone,
            content: (panels + [texts.content]).joined(separator: "\n")
        )
    }

    /// What the picture shows, as sentences for those who hear it.
    private var description: String {
        timeline.episodes.enumerated().map { index, episode in
            let days = episode.days.map { day in
                let count = BriefWords.count(day.reports + day.copies, "report")
                return "\(BriefWords.day(day.day)): \(count)"
            }
            let undated = episode.undated > 0 ? ["no day: \(episode.undated)"] : []
            return "Episode \(index + 1). " + (days + undated).joined(separator: ", ") + "."
        }.joined(separator: " ")
    }

    // MARK: - Panels

    private var panels: [String] {
        var x = Size.margin
        return timeline.episodes.enumerated().map { index, episode in
            let width = width(of: episode)
            defer { x += width + Size.gap }
            return panel(episode, index, x: x, width: width)
        }
    }

    /// Each episode has the least width, and of the rest a share by its days.
    private func width(of episode: StoryTimeline.Episode) -> Double {
        let count = Double(timeline.episodes.count)
        let room = Size.width - 2 * Size.margin - (count - 1) * Size.gap
        let least = min(Size.panelMin, room / count)
        let all = timeline.episodes.reduce(0.0) { $0 + Double(Self.span($1)) }
        return least + (room - least * count) * Double(Self.span(episode)) / max(all, 1)
    }

    /// Days from the first to the last.
    private static func span(_ episode: StoryTimeline.Episode) -> Int {
        guard let first = episode.days.first, let last = episode.days.last else { return 1 }
        return dayNumber(last.day) - dayNumber(first.day) + 1
    }

    private static func dayNumber(_ day: String) -> Int {
        (PublishedMinute.read(day) ?? 0) / minutesOfDay
    }

    private func panel(
        _ episode: StoryTimeline.Episode,
        _ index: Int,
        x: Double,
        width: Double
    ) -> String {
        let bottom = Size.barsTop + Size.barsHeight
        let colour = Self.colours[index % Self.colours.count]
        let slot = width / Double(Self.span(episode))
        var parts = [
            Picture.text("Episode \(index + 1)", x: x, y: 22, classes: "name", size: 13),
            "<path d=\"M\(Picture.number(x)) \(Picture.number(bottom)) "
                + "h\(Picture.number(width))\" stroke=\"currentColor\" stroke-opacity=\"0.5\"/>",
        ]
        let first = episode.days.first.map { Self.dayNumber($0.day) } ?? 0
        for day in episode.days {
            let place = x + (Double(Self.dayNumber(day.day) - first) + 0.5) * slot
            parts.append(bar(day, at: place, slot: slot, colour: colour))
        }
        parts += dates(episode, x: x, width: width)
        return "<g class=\"episode\">\(parts.joined(separator: "\n"))</g>"
    }

    private func bar(
        _ day: StoryTimeline.Day,
        at place: Double,
        slot: Double,
        colour: String
    ) -> String {
        let unit = Size.barsHeight / Double(max(timeline.reportsMax, Size.barsMin))
        let width = max(2, min(Size.barMax, slot * 0.7))
        let bottom = Size.barsTop + Size.barsHeight
        let (own, copies) = (Double(day.reports) * unit, Double(day.copies) * unit)
        let count = BriefWords.count(day.reports, "report")
        let copied = day.copies > 0 ? ", \(day.copies) of copies" : ""
        let number = Picture.text(
            "\(day.reports + day.copies)",
            x: place,
            y: bottom - own - copies - 5,
            classes: "quiet",
            size: 12,
            anchor: "middle"
        )
        func box(_ top: Double, _ height: Double, _ opacity: String) -> String {
            """
            <rect x="\(Picture.number(place - width / 2))" y="\(Picture.number(top))" \
            width="\(Picture.number(width))" height="\(Picture.number(height))" fill="\(colour)" \
            fill-opacity="\(opacity)"/>
            """
        }
        return """
            <g class="day"><title>\(BriefWords.day(day.day)): \(count)\(copied)</title>\
            \(box(bottom - own, own, "0.9"))\(box(bottom - own - copies, copies, "0.35"))\
            \(slot < Size.barMax ? "" : number)</g>
            """
    }

    private func dates(_ episode: StoryTimeline.Episode, x: Double, width: Double) -> [String] {
        let y = Size.barsTop + Size.barsHeight + 18
        guard let first = episode.days.first?.day, let last = episode.days.last?.day else {
            return [undated(episode, x: x, y: y)]
        }
        let begin = Picture.text(BriefWords.day(first), x: x, y: y, classes: "quiet", size: 12)
        guard first != last, width > 2 * Size.panelMin else {
            return episode.undated > 0 ? [begin, undated(episode, x: x, y: y + 15)] : [begin]
        }
        let end = BriefWords.day(last)
        return [
            begin,
            Picture.text(end, x: x + width, y: y, classes: "quiet", size: 12, anchor: "end"),
        ]
    }

    private func undated(_ episode: StoryTimeline.Episode, x: Double, y: Double) -> String {
        let text = BriefWords.count(episode.undated, "report") + " without a day"
        return Picture.text(text, x: x, y: y, classes: "quiet", size: 12)
    }

    // MARK: - Texts

    private var texts: (content: String, height: Double) {
        var y = Size.barsTop + Size.barsHeight + Size.axis + Size.line
        let top = y
        var parts: [String] = []
        for (index, episode) in timeline.episodes.enumerated() {
            let heading = heading(episode, index)
            parts.append(Picture.text(heading, x: Size.margin, y: y, classes: "name", size: 13))
            y += Size.line
            for line in episode.lines {
                for row in rows(line) {
                    parts.append(
                        Picture.text(row, x: Size.margin + 14, y: y, classes: "quiet", size: 13)
                    )
                    y += Size.line
                }
            }
            y += Size.line / 2
        }
        return (parts.joined(separator: "\n"), y - top + Size.line)
    }

    private func rows(_ line: BriefLine) -> [String] {
        let rows = Picture.wrapped("\(line.text) [\(line.article)]", Size.characters)
        guard rows.count > Size.linesMax else { return rows }
        return rows.prefix(Size.linesMax - 1) + [rows[Size.linesMax - 1] + " … [\(line.article)]"]
    }

    private func heading(_ episode: StoryTimeline.Episode, _ index: Int) -> String {
        let days = [episode.days.first?.day, episode.days.last?.day].compactMap(\.self)
            .map(BriefWords.day)
        let span = Set(days).count > 1 ? days.joined(separator: " to ") : days.first
        return ["Episode \(index + 1)", span].compactMap(\.self).joined(separator: " · ")
    }

    private static let minutesOfDay = 1440
    /// Colours that stand out from white and from near-black alike.
    private static let colours = ["#4a7fc1", "#b7791f", "#3f8f5f", "#b0527a", "#7a6fc9"]
}

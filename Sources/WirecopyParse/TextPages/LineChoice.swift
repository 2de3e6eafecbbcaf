import WirecopyMessages

/// Chooses the lines of a text page that are kept, by what the model says of each and by what no
/// single line can tell.
struct LineChoice {
    private let page: TextLines
    private let odds: [Float]
    private let title: Int?
    private(set) var isKept: [Bool]

    /// Takes the log-odds of each line's being text, and the line that is the headline.
    init(_ page: TextLines, odds: [Float], title: Int?) {
        self.page = page
        self.odds = odds
        self.title = title
        isKept = odds.indices.map { odds[$0] > 0 && $0 != title }
        if isKept.contains(true) {
            keepBelowHeadline()
            dropIslands()
            dropBoxHeads()
            keepHeadings()
            keepSourceNotes()
        } else {
            keepProse()
        }
    }

    /// Where the model knows no text, the prose is kept that bears no label.
    private mutating func keepProse() {
        for index in page.core where page.lines[index].isProse && index != title {
            isKept[index] = true
        }
    }

    /// Between headline and text stand a standfirst and the heading of the first part: the model
    /// leaves them out more easily than a reader would.
    private mutating func keepBelowHeadline() {
        guard let title, let first = isKept.firstIndex(of: true), first > title,
            first - title <= Self.headLinesMax
        else { return }
        for index in (title + 1)..<first where odds[index] > Self.headOddsMin {
            let line = page.lines[index]
            guard line.ownLabel == nil, !line.isPerson, !line.isRole else { continue }
            let isStandfirst =
                index == title + 1 && line.form.words >= Self.standfirstWordsMin
            let isHeading =
                index + 1 == first && line.form.words >= 2 && line.form.digits < Self.dateDigits
                && odds[index] > Self.paragraphOddsMin
            let isParagraph = line.isProse && odds[index] > Self.paragraphOddsMin
            if isStandfirst || isHeading || isParagraph { isKept[index] = true }
        }
    }

    /// A heading stands alone between lines of the text, as few other lines do.
    private mutating func keepHeadings() {
        guard let first = isKept.firstIndex(of: true) else { return }
        for index in page.lines.indices.dropFirst(first + 1).dropLast()
        where !isKept[index] && odds[index] > Self.headingOddsMin {
            let line = page.lines[index]
            let isAlone = page.isLoose ? page.groups[index].size == 1 : isKept[index - 1]
            let isHeading = Self.headingWords ~= line.form.words && !line.form.endsSentence
            if isAlone, isHeading, line.ownLabel == nil, isKept[index + 1] {
                isKept[index] = true
            }
        }
    }

    /// A few lines between appeals and forms are part of them: the slogan of a campaign, the report
    /// that a box offers.
    private mutating func dropIslands() {
        var index = isKept.startIndex
        while let start = isKept[index...].firstIndex(of: true) {
            let end = isKept[start...].firstIndex(of: false) ?? isKept.endIndex
            if isIsland(start..<end) { for line in start..<end { isKept[line] = false } }
            index = end
        }
    }

    private func isIsland(_ lines: Range<Int>) -> Bool {
        guard page.part(lines).bytes <= Self.islandBytesMax else { return false }
        guard page.isBoxed(lines.upperBound) else { return false }
        if page.isBoxed(lines.lowerBound - 1) { return true }
        // Behind the text, where the model is not sure.
        return !isKept[lines.upperBound...].contains(true)
            && isKept[..<lines.lowerBound].contains(true)
            && odds[lines].allSatisfy { $0 < Self.sureOdds }
    }

    /// In a loose page lines without an empty line between them are one box: what stands there
    /// before an appeal is a report that the box offers, or its slogan.
    private mutating func dropBoxHeads() {
        guard page.isLoose else { return }
        for box in page.lines.indices where !isKept[box] && page.isBoxed(box) {
            let start = box - page.groups[box].offset
            guard page.part(start..<box).bytes <= Self.islandBytesMax else { continue }
            for line in start..<box { isKept[line] = false }
        }
    }

    /// Whoever gave facts for the report stands below it.
    private mutating func keepSourceNotes() {
        guard let first = isKept.firstIndex(of: true), let last = isKept.lastIndex(of: true) else {
            return
        }
        for index in first..<min(page.lines.count, last + Self.notesReach)
        where page.lines[index].isSourceNote { isKept[index] = true }
    }

    private static let headLinesMax = 15
    private static let headOddsMin: Float = -2
    /// One in four.
    private static let paragraphOddsMin: Float = -1
    /// Four in ten.
    private static let headingOddsMin: Float = -0.4
    private static let headingWords = 2...12
    /// Seven in ten.
    private static let sureOdds: Float = 0.8
    private static let standfirstWordsMin = 8
    /// A day and a year have five digits; a heading rarely has.
    private static let dateDigits = 5
    private static let islandBytesMax = 400
    private static let notesReach = 5
}

extension TextLines {
    /// Whether a line says of itself that it is part of a box which sites put beside articles.
    func isBoxed(_ index: Int) -> Bool {
        guard lines.indices.contains(index), let label = lines[index].ownLabel else { return false }
        return Self.boxLabels.contains(label)
    }

    /// What comes in boxes of several lines.
    static let boxLabels: Set<BoilerplateLabel> = [
        .newsletter, .membership, .consent, .comments, .advertisement, .share,
    ]
}

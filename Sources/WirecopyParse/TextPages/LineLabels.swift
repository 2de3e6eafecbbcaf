import WirecopyMessages

/// Says of each line of a text page what it is: a kind for lines that are kept, a label for the
/// others.
///
/// Which lines are kept, the model has decided; what a dropped line is, its own words say, or its
/// neighbours, or its place.
struct LineLabels {
    /// What becomes of a line.
    enum Verdict: Sendable, Equatable {
        case title
        case keep(ParagraphKind)
        case drop(BoilerplateLabel)
    }

    private let page: TextLines
    private let isKept: [Bool]
    private let title: Int?
    /// From the first line that is kept to behind the last.
    private let text: Range<Int>

    /// Looks at all lines of a page.
    static func verdicts(_ page: TextLines, isKept: [Bool], title: Int?) -> [Verdict] {
        let labels = LineLabels(page, isKept, title)
        var section: BoilerplateLabel?
        let verdicts = page.lines.indices.map { index in
            let verdict = labels.verdict(index, &section)
            return verdict
        }
        return withoutDoubles(verdicts, page.lines)
    }

    private init(_ page: TextLines, _ isKept: [Bool], _ title: Int?) {
        self.page = page
        self.isKept = isKept
        self.title = title
        let first = isKept.indices.first { isKept[$0] && $0 != title } ?? page.lines.count
        let last = isKept.lastIndex(of: true) ?? first
        text = first..<max(first, last + 1)
    }

    /// The section goes on until a line of text or another section's heading.
    private func verdict(_ index: Int, _ section: inout BoilerplateLabel?) -> Verdict {
        let line = page.lines[index]
        if index == title { return .title }
        if isKept[index] {
            section = nil
            return .keep(kind(of: index))
        }
        if LinePhrases.startsSection(line.folded) {
            section = line.folded.isCommentsHeading ? .comments : .related
            return .drop(section ?? .related)
        }
        if index < text.lowerBound { return .drop(headLabel(index)) }
        let label =
            index < text.upperBound ? innerLabel(index, section) : tailLabel(index, section)
        return .drop(label)
    }

    // MARK: - What is kept

    private func kind(of index: Int) -> ParagraphKind {
        let line = page.lines[index]
        if line.isSourceNote { return .credit }
        if LinePhrases.isCorrection(line.folded) { return .correction }
        if line.isProse { return isStandfirst(index) ? .lede : .body }
        if line.startsWithBullet { return .list }
        let next = isKept.indices.contains(index + 1) && isKept[index + 1]
        let isHeading =
            line.form.bytes <= Self.headingBytesMax && !line.form.endsWithColon
            && (!line.form.endsSentence || line.endsWithQuestionOrCall) && next
        if isHeading, index == text.lowerBound, line.form.words >= Self.standfirstWordsMin {
            return .lede
        }
        return isHeading ? .heading : .body
    }

    /// A standfirst stands alone between the headline and what is below it.
    private func isStandfirst(_ index: Int) -> Bool {
        guard index == text.lowerBound, let title, index - title <= 2 else { return false }
        return page.lines[(index + 1)...].prefix(Self.standfirstLines)
            .contains { $0.ownLabel == .byline || $0.ownLabel == .date }
    }

    // MARK: - What is not

    /// Above the text: menus, and what belongs to the headline.
    private func headLabel(_ index: Int) -> BoilerplateLabel {
        let line = page.lines[index]
        if let label = line.ownLabel { return label }
        if isNameBesideByline(index) { return .byline }
        if let label = boxLabel(index) { return label }
        let isBelowTitle = title.map { index > $0 } ?? false
        let isAlone = page.groups[index].size <= Self.menuLinesMax && page.isLoose
        if isBelowTitle || isAlone { return line.isProse ? .other : .label }
        return line.form.words <= Self.menuWordsMax ? .navigation : .related
    }

    /// The second and third line of a byline: `By` / `Ann Lee` / `Staff writer`.
    private func isNameBesideByline(_ index: Int) -> Bool {
        let line = page.lines[index]
        guard line.form.words <= Self.bylineWordsMax, !line.form.endsSentence else { return false }
        let before = page.lines[..<index].last
        return (before?.isBareLead ?? false)
            || (line.isRole && (before?.ownLabel == .byline || before?.isPerson == true))
            || (line.isPerson && index + 1 < page.lines.count && page.lines[index + 1].isRole)
    }

    /// Between two lines of the text.
    private func innerLabel(_ index: Int, _ section: BoilerplateLabel?) -> BoilerplateLabel {
        let line = page.lines[index]
        if let label = line.ownLabel ?? boxLabel(index) { return label }
        if isNameBesideByline(index) { return .byline }
        if isBesideCredit(index) { return .caption }
        if let section { return section }
        return line.isProse ? .other : line.form.words <= Self.menuWordsMax ? .label : .related
    }

    /// A caption stands before its photographer.
    private func isBesideCredit(_ index: Int) -> Bool {
        guard index + 1 < page.lines.count else { return false }
        return page.lines[index + 1].ownLabel == .credit && page.lines[index].form.words >= 3
    }

    /// The label of a neighbour in the same box: a button below a newsletter's appeal.
    private func boxLabel(_ index: Int) -> BoilerplateLabel? {
        guard page.isLoose else { return nil }
        let line = page.lines[index]
        let labels = [index - 1, index + 1].map { other -> BoilerplateLabel? in
            guard page.lines.indices.contains(other), !isKept[other],
                page.lines[other].group == line.group, page.isBoxed(other)
            else { return nil }
            return page.lines[other].ownLabel
        }
        let isAppeal = line.form.words <= Self.buttonWordsMax || line.addressesReader
        return isAppeal || labels[0] == labels[1] ? labels[0] ?? labels[1] : nil
    }

    /// Behind the text.
    private func tailLabel(_ index: Int, _ section: BoilerplateLabel?) -> BoilerplateLabel {
        let line = page.lines[index]
        if let label = line.ownLabel ?? boxLabel(index) { return label }
        let reach = page.lines[(index + 1)...].prefix(Self.tailReach)
        let behind = reach.lazy.compactMap(\.ownLabel).first { TextLines.boxLabels.contains($0) }
        let before = page.lines[text.upperBound..<index].suffix(Self.tailReach).reversed().lazy
            .compactMap(\.ownLabel).first { TextLines.boxLabels.contains($0) }
        let isButton = line.form.words <= Self.buttonWordsMax
        if let before, before == behind, section == nil || isButton { return before }
        if let section { return section }
        if isButton || line.addressesReader, let label = before ?? behind { return label }
        return line.form.words <= 1 ? .other : .related
    }

    // MARK: - Doubles

    /// Of lines that say the same the first is kept.
    private static func withoutDoubles(_ verdicts: [Verdict], _ lines: [TextLine]) -> [Verdict] {
        var seen: Set<String> = []
        return zip(verdicts, lines).map { verdict, line in
            switch verdict {
            case .title:
                seen.insert(line.text)
                return verdict
            case .keep: return seen.insert(line.text).inserted ? verdict : .drop(.other)
            case .drop: return verdict
            }
        }
    }

    // MARK: - Limits

    private static let headingBytesMax = 120
    /// A standfirst is nearly a sentence; a section's name is not.
    private static let standfirstWordsMin = 8
    private static let standfirstLines = 4
    /// Entries of menus are short; a headline of another report is not.
    private static let menuWordsMax = 4
    private static let menuLinesMax = 2
    private static let bylineWordsMax = 8
    /// Lines that belong to one box.
    private static let tailReach = 3
    /// Names of sites and buttons are short; a related headline is not.
    private static let buttonWordsMax = 4
}

extension TextLine {
    /// Whether the last character is a question or exclamation mark.
    var endsWithQuestionOrCall: Bool {
        text.utf8.last == UInt8(ascii: "?") || text.utf8.last == UInt8(ascii: "!")
    }
}

extension FoldedLine {
    /// `Comments`, `Leave a comment`, `Join the conversation`.
    fileprivate var isCommentsHeading: Bool { PhraseLists.comments.begins(self) }
}

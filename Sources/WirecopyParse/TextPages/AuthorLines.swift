import WirecopyMessages

/// The names in the lines of a text page that may be its authors', with the numbers that the author
/// forest reads: one question for each place where a name stands.
struct AuthorLines {
    /// A name in a line.
    struct Place {
        let name: String
        /// What makes two names the same.
        let key: String
        let line: Int
    }

    /// In the order of the page.
    private(set) var places: [Place] = []
    /// The numbers of each.
    private(set) var rows = NumberRows(width: count)
    private let page: TextLines
    private let features: NumberRows
    private let odds: LineOdds
    private let title: Int?

    /// Numbers of one place.
    static let count = LineFeatures.count + LineOdds.count + 14

    /// Names of a page that are looked at.
    private static let placesMax = 150

    init(_ page: TextLines, _ features: NumberRows, _ odds: LineOdds, title: Int?) {
        (self.page, self.features, self.odds, self.title) = (page, features, odds, title)
        let lines = page.lines.indices.filter(mayHoldAuthor)
        let found = lines.flatMap { line in
            Self.pieces(in: page.lines[line]).enumerated().map { (line, $0.offset, $0.element) }
        }.prefix(Self.placesMax)
        let keys = found.map { FoldedLine($0.2.name).key }
        let counts = Dictionary(keys.map { ($0, 1) }, uniquingKeysWith: +)
        let siblings = Dictionary(found.map { ($0.0, 1) }, uniquingKeysWith: +)
        for ((line, index, piece), key) in zip(found, keys) where !key.isEmpty {
            places.append(Place(name: piece.name, key: key, line: line))
            var row = NumberRow()
            row.add(features[line])
            row.add(odds.numbers(of: line))
            row.addAway(title.map { line - $0 } ?? NumberRow.far)
            row.add(page.lines.indices.contains(line - 1) && page.lines[line - 1].isBareLead)
            row.add(page.lines.indices.contains(line + 1) && page.lines[line + 1].isRole)
            add(piece, index, siblings[line] ?? 1, &row)
            row.add(counts[key] ?? 1)
            row.add(mentions(of: key))
            rows.append(row.numbers)
        }
    }

    // MARK: - Where authors stand

    /// Lines around the headline and the text's start, those behind its end, and bylines.
    private func mayHoldAuthor(_ index: Int) -> Bool {
        let line = page.lines[index]
        guard line.form.bytes <= Self.bytesMax, line.form.hasLetter else { return false }
        if let label = line.ownLabel, !Self.openLabels.contains(label) { return false }
        if line.startsLikeByline || line.ownLabel == .byline { return true }
        let region = odds.region
        let start = min(title ?? region.lowerBound, region.lowerBound) - Self.linesAbove
        return start...(region.lowerBound + Self.linesBelow) ~= index
            || (region.upperBound - Self.linesBelow)...(region.upperBound + Self.linesBehind)
                ~= index
            || page.lines.indices.contains(index - 1) && page.lines[index - 1].isBareLead
    }

    /// Byline and agency's sign-off; longer lines are text.
    private static let bytesMax = 200
    private static let linesAbove = 6
    private static let linesBelow = 3
    private static let linesBehind = 10
    private static let openLabels: Set<BoilerplateLabel> = [.byline, .label, .other, .date, .share]

    private static func pieces(in line: TextLine) -> [Byline.Piece] {
        guard !line.isSourceNote else {
            return Byline.reporters(in: line.text).flatMap { Byline.pieces(in: $0) }
        }
        return Byline.pieces(in: line.text).filter { !$0.isNobody && !$0.isRole }
    }

    // MARK: - What is asked

    private func add(_ piece: Byline.Piece, _ index: Int, _ siblings: Int, _ row: inout NumberRow) {
        let form = LineForm(piece.name)
        row.add(piece.isGuess)
        row.add(Byline.isPerson(piece.name))
        row.add(index)
        row.add(siblings)
        row.add(form.bytes)
        row.add(form.words)
        row.add(Float(form.capitalised) / Float(max(1, form.words)))
        row.add(form.isAllCapitals)
        row.add(form.digits)
    }

    /// Lines of other sorts say who somebody is.
    private func mentions(of key: String) -> Float {
        let bytes = Array(key.utf8)
        guard bytes.count >= 5 else { return -1 }
        return Float(page.lines.prefix(Self.mentionLines).count { $0.folded.bytes.holds(bytes) })
    }

    private static let mentionLines = 600
}

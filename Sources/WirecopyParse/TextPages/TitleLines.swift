import WirecopyMessages

/// The lines of a text page that may be its headline, with the numbers that the title forest reads.
struct TitleLines {
    /// Lines, ascending.
    let lines: [Int]
    /// The numbers of each.
    let rows: NumberRows

    /// Numbers of one line.
    static let count = LineFeatures.count + LineOdds.count + 10

    init(
        _ page: TextLines,
        _ features: NumberRows,
        _ odds: LineOdds,
        _ address: AddressWitness
    ) {
        lines = page.lines.indices.filter { Self.mayBeTitle(page.lines[$0]) }
        var rows = NumberRows(width: Self.count)
        for index in lines {
            var row = NumberRow()
            row.add(features[index])
            row.add(odds.numbers(of: index))
            let start = odds.region.lowerBound
            let between = index < start ? page.part((index + 1)..<start) : page.part(0..<0)
            row.addAway(index < start ? between.wordy : -1)
            row.add(between.bytes)
            row.add(Self.rank(of: index, in: lines, page))
            row.add(Self.nextShort(index, page))
            row.add(Self.nextName(index, page))
            row.add(page.weightedShare(index))
            let inside = Self.insideOthers(index, in: lines, page)
            row.add(inside.whole)
            row.add(inside.part)
            row.add(address.shares(with: page.stems[index]))
            rows.append(row.numbers)
        }
        self.rows = rows
    }

    /// Lines beyond which nothing stands in competition.
    private static let reach = 12

    /// How many of the candidates near a line share more of their words with the text.
    private static func rank(of index: Int, in lines: [Int], _ page: TextLines) -> Int {
        let own = page.shares[index].shared
        let near = max(0, index - reach)..<min(page.lines.count, index + reach)
        return near.count { other in
            other != index && mayBeTitle(page.lines[other]) && page.shares[other].shared > own
                && !page.lines[other].isProse
        }
    }

    /// Lines until the next with a name of a person or a date alone; a headline stands above them.
    private static func nextShort(_ index: Int, _ page: TextLines) -> Int {
        let behind = page.lines[(index + 1)...].prefix(reach)
        let next = behind.firstIndex {
            $0.ownLabel == .byline || $0.ownLabel == .date || $0.isBareLead
        }
        return next.map { $0 - index } ?? NumberRow.far
    }

    /// Lines until the next that could be a person's name.
    private static func nextName(_ index: Int, _ page: TextLines) -> Int {
        let behind = page.lines[(index + 1)...].prefix(nameReach)
        return behind.firstIndex(where: \.isPerson).map { $0 - index } ?? NumberRow.far
    }

    private static let nameReach = 5

    /// In how many near lines a line stands whole, as in a trail of sections that leads to it; and
    /// how many others stand in it, as in one that joins a kicker with a headline.
    private static func insideOthers(
        _ index: Int,
        in lines: [Int],
        _ page: TextLines
    ) -> (whole: Int, part: Int) {
        let own = page.lines[index].folded.bytes
        guard own.count >= insideBytesMin else { return (0, 0) }
        var (whole, part) = (0, 0)
        let near = max(0, index - insideReach)..<min(page.lines.count, index + insideReach)
        for other in near where other != index {
            let bytes = page.lines[other].folded.bytes
            if bytes.count > own.count, bytes.count <= own.count + insideBytesMore {
                if bytes.holds(own) { whole += 1 }
            } else if bytes.count >= insideBytesMin, bytes.count < own.count {
                if own.holds(bytes) { part += 1 }
            }
        }
        return (whole, part)
    }

    private static let insideReach = 25
    private static let insideBytesMin = 12
    private static let insideBytesMore = 200

    /// Some words, and nothing that makes it a caption, an appeal or a biography.
    static func mayBeTitle(_ line: TextLine) -> Bool {
        guard bytes.contains(line.form.bytes), line.form.hasLetter else { return false }
        guard let label = line.ownLabel else { return true }
        return openLabels.contains(label)
    }

    /// Headlines of a word have five bytes, the longest about 150; beyond ASCII up to three times
    /// that.
    private static let bytes = 5...400

    /// What a headline may look like by its words: `Watch: Ferry sinks in the harbour`.
    private static let openLabels: Set<BoilerplateLabel> = [.related, .navigation]
}

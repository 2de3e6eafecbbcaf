import WirecopyMessages

/// What is asked about each line of a text page, as numbers: its form and words, what stands before
/// and behind it, and where it lies to the stretch with most of the page's prose.
struct LineFeatures {
    private let page: TextLines
    private let weights: WordWeights
    /// By line: lines from it to the next that has some property, in both directions.
    private let distances: [[Int]]

    /// Numbers of one line.
    static let count = 142

    /// The numbers of all lines of a page.
    static func rows(of page: TextLines, _ weights: WordWeights) -> NumberRows {
        let features = LineFeatures(page, weights)
        var rows = NumberRows(width: count)
        for index in page.lines.indices { rows.append(features.row(index)) }
        return rows
    }

    private init(_ page: TextLines, _ weights: WordWeights) {
        self.page = page
        self.weights = weights
        distances = Self.properties.flatMap { property in
            let marks = page.lines.map(property)
            return [Self.distances(marks), Self.distances(marks.reversed()).reversed()]
        }
    }

    /// Lines that tell others by their distance.
    private static let properties: [@Sendable (TextLine) -> Bool] = [
        { $0.isProse },
        { $0.isProse && $0.form.bytes >= longBytesMin },
        { LinePhrases.startsSection($0.folded) },
        { $0.ownLabel == .byline },
        { $0.ownLabel == .date },
        { [.newsletter, .membership, .comments, .footer, .related].contains($0.ownLabel) },
    ]

    private static let longBytesMin = 200

    /// By line: lines since the last mark before it.
    private static func distances(_ marks: [Bool]) -> [Int] {
        var last = NumberRow.far
        return marks.map { isMark in
            defer { last = isMark ? 1 : min(NumberRow.far, last + 1) }
            return last
        }
    }

    private func row(_ index: Int) -> [Float] {
        var row = NumberRow()
        addForm(index, &row)
        addWords(index, &row)
        addNeighbours(index, &row)
        addPlace(index, &row)
        return row.numbers
    }

    // MARK: - The line itself

    private func addForm(_ index: Int, _ row: inout NumberRow) {
        let (line, form) = (page.lines[index], page.lines[index].form)
        row.add(min(form.bytes, Self.bytesMax))
        row.add(min(form.words, Self.wordsMax))
        row.add(form.endsSentence)
        row.add(min(form.innerSentences, 20))
        row.add(form.endsWithColon)
        row.add(form.isAllCapitals)
        row.add(form.hasLetter)
        row.add(form.hasComma)
        row.add(min(form.digits, 50))
        row.add(Float(form.digits) / Float(max(1, form.bytes)))
        row.add(Float(form.capitalised) / Float(max(1, form.words)))
        row.add(form.isProse)
        row.add(Float(form.bytes) / Float(max(1, form.words)))
        let bytes = line.folded.bytes
        let marks = MarkCounts(bytes)
        row.add(Float(marks.wide) / Float(max(1, bytes.count)))
        for count in [marks.quotes, marks.pipes, marks.slashes, marks.colons, marks.brackets] {
            row.add(min(count, 8))
        }
        row.add(min(marks.dashes, 8))
        row.add(Int(line.text.utf8.first ?? 0))
        row.add(Int(line.text.utf8.last ?? 0))
        row.add(line.isProse)
        row.add(line.startsWithBullet)
        row.add(line.text.utf8.first.map { $0 &- 0x61 < 26 } ?? false)
        row.add(bytes.last == UInt8(ascii: "?") || bytes.last == UInt8(ascii: "!"))
        row.add(marks.addresses)
    }

    /// Sizes beyond which a line says nothing more.
    private static let bytesMax = 3000
    private static let wordsMax = 400

    /// How often some marks stand in the start of a line.
    private struct MarkCounts {
        var wide = 0
        var quotes = 0
        var pipes = 0
        var slashes = 0
        var colons = 0
        var brackets = 0
        var dashes = 0
        var addresses = false

        init(_ bytes: [UInt8]) {
            for (index, byte) in bytes.enumerated() {
                switch byte {
                case 0x80...: wide += 1
                case UInt8(ascii: "\""): quotes += 1
                case UInt8(ascii: "|"), UInt8(ascii: "@"), UInt8(ascii: "#"): pipes += 1
                case UInt8(ascii: "/"): slashes += 1
                case UInt8(ascii: ":"): colons += 1
                case UInt8(ascii: "("), UInt8(ascii: "["): brackets += 1
                case UInt8(ascii: "-") where index > 0 && bytes[index - 1] == 0x20: dashes += 1
                default: break
                }
            }
            addresses = bytes.holds(Array("www.".utf8)) || bytes.holds(Array("http".utf8))
        }
    }

    private func addWords(_ index: Int, _ row: inout NumberRow) {
        let line = page.lines[index]
        row.add(Self.number(line.ownLabel))
        row.add(Self.number(LinePhrases.label(of: line.folded, line.form, line.spoken)))
        row.add(LinePhrases.startsSection(line.folded))
        row.add(LinePhrases.isBiography(line.folded, line.form, line.spoken))
        row.add(line.isSourceNote)
        row.add(LinePhrases.isCorrection(line.folded))
        row.add(line.addressesReader)
        let verdict = weights.verdict(on: line.folded)
        row.add(verdict.least)
        row.add(verdict.most)
        row.add(verdict.sum / Float(max(1, min(line.form.words, 100))))
        row.add(line.startsLikeByline)
        row.add(line.isPerson)
        row.add(line.isRole)
        row.add(line.isBareLead)
        row.add(min(20, page.copies[index]))
        let share = page.shares[index]
        row.add(min(share.words, 60))
        row.add(Float(share.shared) / Float(max(1, share.words)))
        row.add(min(share.shared, 40))
        row.add(Float(share.sharedFirst) / Float(max(1, share.words)))
        row.add(min(share.sharedFirst, 20))
    }

    // MARK: - What stands before and behind it

    private func addNeighbours(_ index: Int, _ row: inout NumberRow) {
        for step in [-3, -2, -1, 1, 2, 3] {
            guard page.lines.indices.contains(index + step) else {
                for _ in 0..<Self.neighbourNumbers { row.add(-1) }
                continue
            }
            let other = page.lines[index + step]
            row.add(min(other.form.bytes, Self.bytesMax))
            row.add(min(other.form.words, Self.wordsMax))
            row.add(other.isProse)
            row.add(Self.number(other.ownLabel))
            row.add(other.form.endsSentence)
            row.add(Float(other.form.capitalised) / Float(max(1, other.form.words)))
            row.add(min(other.form.digits, 20))
            row.add(other.group == page.lines[index].group)
        }
        for reach in [4, 10, 25] {
            for range in [(index - reach)..<index, (index + 1)..<(index + 1 + reach)] {
                let part = page.part(range)
                row.add(part.proseShare)
                row.add(part.bytesMean)
                row.add(part.labelledShare)
            }
        }
        for distance in distances { row.add(distance[index]) }
    }

    private static let neighbourNumbers = 8

    // MARK: - Where it lies

    private func addPlace(_ index: Int, _ row: inout NumberRow) {
        let (count, core) = (page.lines.count, page.core)
        let whole = page.part(0..<count)
        let before = page.part(0..<index)
        row.add(min(index, 400))
        row.add(Float(index) / Float(count))
        row.add(Float(before.bytes) / Float(max(1, whole.bytes)))
        row.add(Float(before.prose) / Float(max(1, whole.prose)))
        row.add(core.contains(index))
        row.addAway(index - core.lowerBound)
        row.addAway(index - core.upperBound)
        row.add(Float(page.part(core).prose) / Float(max(1, whole.prose)))
        row.add(min(count, 1000))
        row.add(min(whole.prose, 50_000))
        row.add(whole.proseShare)
        row.add(page.isLoose)
        row.add(min(page.groups[index].size, 50))
        row.add(min(page.groups[index].offset, 50))
        row.add(min(page.boxedCounts[index], 5))
        row.add(page.isBoxed(index - 1) && page.isBoxed(index + 1))
        let end = max(index + 1, core.lowerBound)
        row.addAway(index < core.lowerBound ? page.part((index + 1)..<end).wordy : -1)
    }

    static func number(_ label: BoilerplateLabel?) -> Float {
        label.flatMap { BoilerplateLabel.allCases.firstIndex(of: $0) }.map { Float($0 + 1) } ?? 0
    }
}

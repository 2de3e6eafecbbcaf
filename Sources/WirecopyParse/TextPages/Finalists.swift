/// The likeliest headlines of a text page, with what is asked when each stands beside the others: a
/// kicker, a headline and a standfirst all look like headlines until they are seen together.
package struct Finalists: Sendable {
    /// Lines, ascending.
    package let lines: [Int]
    /// The numbers of each.
    package let rows: NumberRows

    /// Numbers of one line.
    static let count = TitleLines.count + 6 + neighbourSteps.count * 4

    private static let finalistsMax = 12
    private static let neighbourSteps = [-2, -1, 1, 2]
    /// What a neighbour that is not there gets.
    private static let noOdds: Float = -12

    init(_ lines: [Int], _ rows: NumberRows, _ logOdds: [Float], _ page: TextLines) {
        let best = lines.indices.sorted { logOdds[$0] > logOdds[$1] }.prefix(Self.finalistsMax)
        let places = best.sorted()
        self.lines = places.map { lines[$0] }
        var asked = NumberRows(width: Self.count)
        for (order, place) in places.enumerated() {
            var row = NumberRow()
            row.add(rows[place])
            let others = best.filter { $0 != place }
            row.add(logOdds[place])
            row.add(best.firstIndex(of: place) ?? 0)
            row.add(others.first.map { logOdds[$0] } ?? Self.noOdds)
            row.addAway(others.first.map { lines[$0] - lines[place] } ?? NumberRow.far)
            row.add(places.count)
            row.add(order)
            for step in Self.neighbourSteps {
                let other = order + step
                let known = places.indices.contains(other) ? places[other] : nil
                row.add(known.map { logOdds[$0] } ?? Self.noOdds)
                row.addAway(known.map { lines[$0] - lines[place] } ?? NumberRow.far)
                row.add(known.map { page.lines[lines[$0]].form.words } ?? -1)
                row.add(known.map { page.weightedShare(lines[$0]) } ?? -1)
            }
            asked.append(row.numbers)
        }
        self.rows = asked
    }
}

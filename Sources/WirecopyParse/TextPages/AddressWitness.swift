/// What the address of a copied page says, when it came with one: words of the headline, and on
/// many sites the day.
struct AddressWitness: Sendable {
    /// Stems of the words of the path's longest part.
    let stems: Set<UInt64>
    let day: CalendarDate?

    /// Addresses of files say nothing of what is in them.
    init(_ url: String) {
        guard url.utf8.starts(with: "http".utf8) else {
            (stems, day) = ([], nil)
            return
        }
        let parts = WebAddress.path(of: url).split(separator: "/")
        let longest = parts.max { $0.utf8.count < $1.utf8.count } ?? ""
        let words = longest.split { "-_.+".contains($0) }.joined(separator: " ")
        stems = LineStems.stems(of: FoldedLine(words))
        day = URLDate.date(in: url)
    }

    /// How much a line and the address share: the part of the line's words, that of the address's;
    /// -1 each where the address has fewer than two words.
    func shares(with line: Set<UInt64>) -> [Float] {
        guard stems.count >= 2 else { return [-1, -1] }
        let shared = Float(line.count { stems.contains($0) })
        return [shared / Float(max(1, line.count)), shared / Float(stems.count)]
    }

    /// 1 for the day that the address has, -1 for another, 0 where it has none.
    func agreement(with date: CalendarDate) -> Float {
        guard let day else { return 0 }
        return day.rfc3339 == String(date.rfc3339.prefix(10)) ? 1 : -1
    }
}

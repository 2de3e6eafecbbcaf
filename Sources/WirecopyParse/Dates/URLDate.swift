/// The date that many sites write into an article's address: `/2024/05/29/`, `/20240529/`,
/// `/2024-05-29-`, `/2024/may/29/`.
enum URLDate {
    /// The date in the path of an address; days only, since `/2024/05/` may be an archive's folder.
    static func date(in url: String) -> CalendarDate? {
        let path = path(of: url)
        let words = path.split { !$0.isDigit && !$0.isLetter }
            .prefix(wordsMax)
            .map { String(decoding: $0, as: UTF8.self) }
        for index in words.indices {
            if let date = date(at: index, in: words) { return date }
        }
        return nil
    }

    /// Addresses with more words are no news paths.
    private static let wordsMax = 200

    private static func date(at index: Int, in words: [String]) -> CalendarDate? {
        let word = words[index]
        guard let number = Int(word) else { return nil }
        if word.utf8.count == 8 {
            return CalendarDate(
                year: number / 10_000,
                month: number / 100 % 100,
                day: number % 100
            )
        }
        guard word.utf8.count == 4, index + 2 < words.count,
            let month = Int(words[index + 1]) ?? MonthNames.month(words[index + 1]),
            let day = Int(words[index + 2]), words[index + 2].utf8.count <= 2
        else { return nil }
        return CalendarDate(year: number, month: month, day: day)
    }

    private static func path(of url: String) -> ArraySlice<UInt8> {
        let bytes = Array(url.utf8.prefix(2048))
        let end = bytes.firstIndex { $0 == UInt8(ascii: "?") || $0 == UInt8(ascii: "#") }
        let withoutQuery = bytes[..<(end ?? bytes.count)]
        let slashes = withoutQuery.indices.filter { withoutQuery[$0] == UInt8(ascii: "/") }
        return slashes.count >= 3 ? withoutQuery[slashes[2]...] : []
    }
}

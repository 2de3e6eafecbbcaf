/// The address that browsers write into pages that they save.
enum SavedPageMark {
    /// It stands in a comment at the beginning; a licence may stand before it.
    private static let searchedBytes = 4096
    /// Bytes of an address.
    private static let addressBytesMax = 2048

    /// `<!-- saved from url=(0027)https://tide.example/ferry -->` of Chrome, Edge and Internet
    /// Explorer ("mark of the web"), and the line `url: …` in the comment `Page saved with
    /// SingleFile`. A comment such as `<!-- url=https://… -->` is none.
    static func address(in beginning: [UInt8]) -> String? {
        let text = String(decoding: beginning.prefix(searchedBytes), as: UTF8.self)
        let found: Substring? =
            if let mark = text.firstRange(of: "saved from url=(") {
                text[mark.upperBound...].drop { $0 != ")" }.dropFirst()
            } else if let mark = text.firstRange(of: "Page saved with SingleFile"),
                let line = text[mark.upperBound...].firstRange(of: "url: ")
            {
                text[line.upperBound...]
            } else {
                nil
            }
        guard let found else { return nil }
        let address = found.prefix { !$0.isWhitespace }
        return address.utf8.count > addressBytesMax ? nil : WebAddress(String(address))?.url
    }
}

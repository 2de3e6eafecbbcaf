/// How a page is to be read.
enum PageKind: Sendable, Equatable {
    case html
    case text

    /// Decides by the media type, and by the bytes where that says nothing reliable.
    ///
    /// Servers call all sorts of things `text/html` and `text/plain`; what holds tags is HTML, and
    /// what is neither text nor markup is not read.
    /// - Returns: `nil` for images, archives, programs and other media.
    static func of(_ page: PageSource) -> PageKind? {
        let type = mediaType(page.contentType)
        guard !isOtherMedia(type), !looksBinary(page.body) else { return nil }
        if type.hasSuffix("html") || type.hasSuffix("xhtml+xml") { return .html }
        if holdsTags(page.body) { return .html }
        return .text
    }

    private static func mediaType(_ contentType: String?) -> String {
        let type = (contentType ?? "").prefix { $0 != ";" }
        return String(type).lowercased().trimmingBlanks
    }

    private static func isOtherMedia(_ type: String) -> Bool {
        let kind = type.prefix { $0 != "/" }
        if ["image", "audio", "video", "font", "model"].contains(kind) { return true }
        return ["application/pdf", "application/zip", "application/gzip", "application/json"]
            .contains(type)
    }

    /// Text has no zero bytes unless it is UTF-16, which says so in its first two.
    private static func looksBinary(_ body: [UInt8]) -> Bool {
        if body.starts(with: [0xFE, 0xFF]) || body.starts(with: [0xFF, 0xFE]) { return false }
        if body.starts(with: Array("%PDF-".utf8)) { return true }
        let start = body.prefix(sniffedBytes)
        let zeros = start.count { $0 == 0 }
        return zeros * 100 > start.count
    }

    /// Whether the beginning holds tags that pages of HTML have and plain text has not.
    ///
    /// Without its zero bytes, for in UTF-16 every other byte of a tag is one.
    private static func holdsTags(_ body: [UInt8]) -> Bool {
        let text = body.prefix(sniffedBytes).filter { $0 != 0 }.map(\.lowercased)
        var count = 0
        for index in text.indices where text[index] == UInt8(ascii: "<") {
            let rest = text[(index + 1)...]
            if tags.contains(where: { rest.starts(with: $0) }) { count += 1 }
            if count >= tagsMin { return true }
        }
        return false
    }

    /// Enough to see a head; a page whose first 4 KiB hold no tag is text.
    private static let sniffedBytes = 4096
    private static let tagsMin = 2
    private static let tags = [
        "!doctype html", "html", "head", "meta", "title", "body", "div", "p>", "p ", "/p>",
        "script", "link ", "article", "span", "a href", "br", "h1", "table",
    ].map { Array($0.utf8) }
}

extension String {
    /// Without spaces and tabs at both ends.
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " || $0 == "\t" }.prefix { $0 != " " && $0 != "\t" })
    }
}

import Feeds
package import Gzip
import MarkupReader
package import WHATWGURL

/// Reads a sitemap (sitemaps.org 0.9) entry by entry: pages or an index in XML, addresses in text,
/// a feed; packed with gzip or not.
///
/// Beside the document, which is at most `sizeMaxBytes`, only one entry is held. What is broken
/// gives what can be read of it; namespaces may be wrong, as they often are.
package struct SitemapReader: Sendable {
    /// What the document is.
    package enum Kind: String, Sendable {
        case pages, index, text, feed
    }

    /// Bytes that are read of a sitemap, unpacked: the protocol's limit of 50 MB.
    package static let sizeMaxBytes = 50 << 20
    /// Entries that are read of a sitemap: the protocol's limit.
    package static let entriesMax = 50_000
    /// Elements and texts of one entry. Google takes 1,000 pictures of a page, with five fields.
    static let entryNodesMax = 20_000
    /// Pictures, films or translations that are kept of one page.
    static let partsMax = 1000

    /// What the document is.
    package let kind: Kind
    /// Whether it holds more than is read.
    package private(set) var isCut = false
    /// What is wrong with the packing; what could be unpacked is read.
    package private(set) var damage: GzipFailure?
    private let address: WebURL?
    private var source: Source
    private var count = 0

    private enum Source: Sendable {
        case markup(MarkupReader)
        case lines([UInt8], position: Int)
        case feed(ArraySlice<FeedEntry>)
    }

    /// Opens a sitemap; `nil` when the bytes are none.
    ///
    /// - Parameters:
    ///   - bytes: the document as received.
    ///   - address: where it is, for relative addresses.
    package init?(_ bytes: [UInt8], at address: WebURL? = nil) {
        self.init(bytes, at: address, sizeMaxBytes: Self.sizeMaxBytes)
    }

    init?(_ bytes: [UInt8], at address: WebURL?, sizeMaxBytes: Int) {
        self.address = address
        let unpacked = UnpackedSitemap(bytes, limitBytes: sizeMaxBytes)
        damage = unpacked.damage
        isCut = unpacked.isCut
        let text = MarkupText.utf8(unpacked.bytes)
        let first = text.first { $0 > 0x20 }
        guard first == UInt8(ascii: "<") else {
            guard first != nil, SitemapLine.holdsAddress(text, base: address) else { return nil }
            kind = .text
            source = .lines(text, position: 0)
            return
        }
        var reader = MarkupReader(text)
        switch Self.rootName(&reader) {
        case "urlset":
            (kind, source) = (.pages, .markup(reader))
        case "sitemapindex":
            (kind, source) = (.index, .markup(reader))
        case "rss", "feed", "rdf":
            guard let feed = Feed(text, base: address) else { return nil }
            isCut = isCut || feed.isCut
            (kind, source) = (.feed, .feed(feed.entries[...]))
        default: return nil
        }
    }

    private static func rootName(_ reader: inout MarkupReader) -> String? {
        while let event = reader.next() {
            if case .start(let name, _) = event { return name.local.lowercased() }
        }
        return nil
    }

    /// The next entry; `nil` at the end.
    package mutating func next() -> SitemapEntry? {
        while let entry = nextUncounted() {
            guard count < Self.entriesMax else {
                isCut = true
                return nil
            }
            count += 1
            return entry
        }
        return nil
    }

    private mutating func nextUncounted() -> SitemapEntry? {
        switch source {
        case .markup(var reader):
            // Keeps the reader from being copied.
            source = .lines([], position: 0)
            let entry = nextElement(&reader)
            source = .markup(reader)
            return entry
        case .lines(let bytes, var position):
            source = .lines([], position: 0)
            let found = SitemapLine.next(in: bytes, from: &position, base: address)
            source = .lines(bytes, position: position)
            return found.map { .page(SitemapPage(address: $0)) }
        case .feed(var entries):
            var page: SitemapPage?
            while page == nil, let entry = entries.popFirst() { page = Self.page(of: entry) }
            source = .feed(entries)
            return page.map { .page($0) }
        }
    }

    private static func page(of entry: FeedEntry) -> SitemapPage? {
        guard let address = entry.address, WebURL(address)?.isHTTP == true else { return nil }
        var page = SitemapPage(address: address)
        page.lastModified = (entry.updated ?? entry.published)?.text
        return page
    }

    private func nextElement(_ reader: inout MarkupReader) -> SitemapEntry? {
        while let event = reader.next() {
            guard case .start(let name, let attributes) = event else { continue }
            let local = name.local.lowercased()
            guard local == "url" || local == "sitemap" else { continue }
            let element = MarkupElement(
                name: name,
                attributes: attributes,
                from: &reader,
                nodesMax: Self.entryNodesMax
            )
            let parts = SitemapElementReader(base: address)
            if let entry = parts.entry(element, isSitemap: local == "sitemap") { return entry }
        }
        return nil
    }
}

/// Lines of a sitemap in text.
enum SitemapLine {
    /// Lines that are looked at to tell addresses from other text.
    private static let linesMax = 20

    /// Whether an address is among the first lines.
    static func holdsAddress(_ bytes: [UInt8], base: WebURL?) -> Bool {
        var position = 0
        for _ in 0..<linesMax where position < bytes.count {
            if address(line(in: bytes, from: &position)) != nil { return true }
        }
        return false
    }

    /// The next address; lines that are none are passed over.
    static func next(in bytes: [UInt8], from position: inout Int, base: WebURL?) -> String? {
        while position < bytes.count {
            if let address = address(line(in: bytes, from: &position)) { return address }
        }
        return nil
    }

    private static func line(in bytes: [UInt8], from position: inout Int) -> ArraySlice<UInt8> {
        let end = bytes[position...].firstIndex(of: 0x0A) ?? bytes.count
        defer { position = end + 1 }
        return bytes[position..<end]
    }

    private static func address(_ line: ArraySlice<UInt8>) -> String? {
        guard line.count <= WebURL.lengthMaxBytes,
            let url = WebURL(String(decoding: line, as: UTF8.self)), url.isHTTP
        else { return nil }
        return url.href
    }
}

/// A sitemap without its packing.
struct UnpackedSitemap: Sendable {
    private(set) var bytes: [UInt8] = []
    private(set) var isCut = false
    private(set) var damage: GzipFailure?

    private static let pieceBytes = 256 << 10

    /// Unpacks gzip, and what was packed twice by a server that packs everything.
    init(_ packed: [UInt8], limitBytes: Int) {
        bytes = packed
        for _ in 0..<2 where Gzip.isGzip(bytes) { unpack(limitBytes: limitBytes) }
        if bytes.count > limitBytes {
            bytes.removeLast(bytes.count - limitBytes)
            isCut = true
        }
    }

    private mutating func unpack(limitBytes: Int) {
        let packed = bytes
        var inflater = Inflater()
        var position = 0
        bytes = []
        do throws(GzipFailure) {
            while position < packed.count, bytes.count <= limitBytes {
                let piece = try inflater.inflate(
                    packed[position...],
                    outputMaxBytes: Self.pieceBytes
                )
                position += piece.consumedBytes
                bytes += piece.bytes
                if piece.isMemberEnd, !Gzip.isGzip(packed[position...]) { return }
                guard piece.consumedBytes > 0 || !piece.bytes.isEmpty else { throw .truncated }
            }
            if bytes.count <= limitBytes { throw .truncated }
        } catch {
            damage = error
        }
    }
}

import Feeds
import HTMLDocument
import MarkupReader
import WHATWGURL

/// Feeds of every kind and lists of feeds.
///
/// Must be true: starts and ends of elements are balanced and not too deep; a list that is read is
/// written so that it is read again as the same. A feed without damage is read.
struct FeedTarget: FuzzTarget {
    private static let base = WebURL("https://tide.example/feed")

    func input(using generator: inout SeededGenerator) -> FuzzInput {
        var bytes = Array(MarkupMaker.feed(using: &generator).utf8)
        if generator.once(in: 16) { return FuzzInput([bytes], isWhole: true) }
        for _ in 0...generator.below(4) { MarkupMaker.damage(&bytes, using: &generator) }
        return FuzzInput([bytes])
    }

    func check(_ input: FuzzInput) throws(FuzzFinding) -> FuzzVerdict {
        let bytes = input.frames.first ?? []
        try checkBalance(of: bytes)
        if let list = OutlineFile(bytes) {
            let again = OutlineFile(Array(list.text.utf8))
            guard again?.text == list.text else {
                throw FuzzFinding("A list of \(list.sources.count) feeds is read as another.")
            }
        }
        guard let feed = Feed(bytes, base: Self.base) else { return .refused }
        for entry in feed.entries.prefix(20) {
            for text in [entry.title, entry.summary] + entry.contents.map(Optional.some) {
                guard let text, text.text.contains("\n") else { continue }
                throw FuzzFinding("A text for readers has a line break.")
            }
            _ = entry.contents.first?.markup
            _ = entry.date?.secondsSince1970
        }
        let page = HTMLDocument(parsing: Array(bytes.prefix(20_000)))
        guard let base = Self.base, Feed.offers(in: page, at: base).count <= Feed.offersMax else {
            throw FuzzFinding("A page offers more feeds than are taken.")
        }
        return .accepted
    }

    private func checkBalance(of bytes: [UInt8]) throws(FuzzFinding) {
        var reader = MarkupReader(MarkupText.utf8(bytes))
        var open: [MarkupName] = []
        var events = 0
        while let event = reader.next() {
            events += 1
            switch event {
            case .start(let name, _): open.append(name)
            case .end(let name):
                guard open.popLast() == name else { throw FuzzFinding("\(name) ends too early.") }
            case .text(let text):
                if text.isEmpty { throw FuzzFinding("A text is empty.") }
            }
            guard open.count <= MarkupLimits.depthMax else { throw FuzzFinding("It is too deep.") }
        }
        // Each start has an end, and each of both takes a byte.
        guard open.isEmpty, events <= 2 * bytes.count + 2 else {
            throw FuzzFinding("\(open.count) elements are open after \(events) events.")
        }
    }
}

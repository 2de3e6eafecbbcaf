import Foundation
import Gzip

/// A corpus of pages as text, laid out as the corpus of HTML is: how text pages are scored.
enum CopiedCorpus {
    /// Writes `gold.jsonl` (`id` and `url`) and `pages/<id>.html.gz` with each page's text.
    ///
    /// `hasAddresses` says whether `gold.jsonl` tells where each page is from: what is copied
    /// rarely does.
    static func write(
        _ corpus: URL,
        to folder: URL,
        isTight: Bool,
        hasAddresses: Bool
    ) throws {
        let pages = folder.appendingPathComponent("pages", isDirectory: true)
        try FileManager.default.createDirectory(at: pages, withIntermediateDirectories: true)
        let golds = try GoldPage.all(in: corpus)
        let rows = golds.map { gold in
            let address = hasAddresses ? gold.url ?? "" : ""
            return ["id": gold.id, "url": address]
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let list = try rows.map { try encoder.encode($0) + [0x0A] }.reduce(Data(), +)
        try list.write(to: folder.appendingPathComponent("gold.jsonl"))
        for gold in golds {
            let page = CopiedPage(html: try gold.html(in: corpus))
            let lines = isTight ? page.tightLines : page.lines
            let packed = Gzip.compress(Array(lines.joined(separator: "\n").utf8))
            try Data(packed).write(to: pages.appendingPathComponent("\(gold.id).html.gz"))
        }
    }
}

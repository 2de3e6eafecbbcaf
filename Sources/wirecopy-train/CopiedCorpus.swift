import Foundation
import Gzip

/// A corpus of pages in another form, laid out as the corpus of HTML is: how such pages are scored.
enum CopiedCorpus {
    /// Writes `gold.jsonl` (`id` and `url`) and `pages/<id>.html.gz` with each page's other form.
    ///
    /// `hasAddresses` says whether `gold.jsonl` tells where each page is from: text that is copied
    /// rarely does.
    static func write(
        _ corpus: URL,
        to folder: URL,
        hasAddresses: Bool,
        form: ([UInt8]) -> [UInt8]
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
            let packed = Gzip.compress(form(try gold.html(in: corpus)))
            try Data(packed).write(to: pages.appendingPathComponent("\(gold.id).html.gz"))
        }
    }
}

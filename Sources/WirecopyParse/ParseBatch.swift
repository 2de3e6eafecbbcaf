import Foundation
import Gzip
package import WirecopyMessages

/// Reads a folder of saved pages and writes one JSON line a page: how extraction is scored.
package enum ParseBatch {
    /// What a run did.
    package struct Summary: Sendable, Equatable {
        /// Pages for which an article was written.
        package var articleCount = 0
        /// Pages for which an error was written.
        package var errorCount = 0
    }

    /// Reads `gold.jsonl` (only `id` and `url`) and `pages/<id>.html.gz` in a folder, and writes
    /// `{"id", "title", "authors", "published", "body"}` a line, with an `error` for no article.
    ///
    /// - Parameters:
    ///   - directory: path of the folder.
    ///   - output: path of the file to write.
    ///   - readAt: when the pages count as read; no date on them lies later.
    ///   - models: what reads a page, by its id; those that ship when none are named.
    /// - Returns: how many pages gave an article.
    /// - Throws: `ParseFailure` when the list cannot be read or the output not be written.
    package static func run(
        directory: String,
        output: String,
        readAt: Instant,
        models: ((String) -> ParseModels)? = nil
    ) throws(ParseFailure) -> Summary {
        let shipped = models == nil ? try ParseModels.shipped() : nil
        let folder = URL(fileURLWithPath: directory, isDirectory: true)
        let list = try contents(of: folder.appendingPathComponent("gold.jsonl"))
        var summary = Summary()
        var lines: [UInt8] = []
        for line in list.split(separator: 0x0A) {
            guard let entry = try? Entry(json: Array(line)) else { continue }
            guard let models = models?(entry.id) ?? shipped else { continue }
            let row = row(of: entry, in: folder, readAt: readAt, models)
            row.error == nil ? (summary.articleCount += 1) : (summary.errorCount += 1)
            lines += row.json + [0x0A]
        }
        do {
            try Data(lines).write(to: URL(fileURLWithPath: output))
        } catch {
            throw ParseFailure(.dataInvalid, "\(output) could not be written: \(error).")
        }
        return summary
    }

    private static func row(
        of entry: Entry,
        in folder: URL,
        readAt: Instant,
        _ models: ParseModels
    ) -> Row {
        var draft: ArticleDraft?
        let path = folder.appendingPathComponent("pages/\(entry.id).html.gz")
        do throws(ParseFailure) {
            let packed = try contents(of: path)
            let body = try unpacked(packed)
            let page = PageSource(
                url: entry.url,
                contentType: nil,
                body: body,
                fetchedAt: readAt
            )
            let found = try ArticleReader.fields(of: page, models)
            draft = found
            try ArticleReader.check(found, of: page)
            return Row(id: entry.id, draft: found)
        } catch {
            return Row(id: entry.id, draft: draft, error: error.message)
        }
    }

    private static func unpacked(_ bytes: [UInt8]) throws(ParseFailure) -> [UInt8] {
        do throws(GzipFailure) {
            return try Gzip.decompress(bytes, limitBytes: MessageLimits.bodyBytes)
        } catch {
            throw ParseFailure(.attachmentInvalid, error.message)
        }
    }

    private static func contents(of file: URL) throws(ParseFailure) -> [UInt8] {
        do {
            return Array(try Data(contentsOf: file))
        } catch {
            throw ParseFailure(.dataInvalid, "\(file.path) could not be read: \(error).")
        }
    }

    /// A line of the list.
    private struct Entry: JSONRepresentable {
        let id: String
        let url: String

        init(from reader: inout JSONReader) throws(JSONFailure) {
            var id: String?
            var url: String?
            try reader.object { (key, reader) throws(JSONFailure) in
                switch key {
                case "id": id = try reader.string()
                case "url": url = reader.null() ? nil : try reader.string()
                default: try reader.skip()
                }
            }
            self.id = try reader.required(id, "id")
            self.url = url ?? ""
        }

        func write(to writer: inout JSONWriter) {
            writer.object { writer in
                writer.field("id", id)
                writer.field("url", url)
            }
        }
    }

    /// A line of the output: a page without text still has its title, authors and date.
    private struct Row {
        let id: String
        var draft: ArticleDraft?
        var error: String?

        var json: [UInt8] {
            var writer = JSONWriter()
            writer.object { writer in
                writer.field("authors", draft?.authors.map(\.value) ?? [])
                writer.field("body", draft?.text)
                writer.field("error", error)
                writer.field("id", id)
                writer.field("published", draft?.published?.date.value)
                writer.field("title", draft?.title?.value)
            }
            return writer.bytes
        }
    }
}

extension ParseModels {
    /// The main text of a page of HTML, a paragraph a line; for training what reads copied text.
    package func mainText(ofHTML html: [UInt8], url: String) -> String {
        let page = PageSource(
            url: url,
            contentType: nil,
            body: html,
            fetchedAt: Instant(milliseconds: 0)
        )
        let draft = HTMLPage.draft(of: page, self)
        return draft.mainText.paragraphs.map(\.text).joined(separator: "\n")
    }
}

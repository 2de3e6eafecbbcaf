import WebArchive
import WirecopyMessages

/// An open file of lines, each of which gives one message.
struct LineFile {
    private let kind: InputKind
    private let file: InputFile
    private var lines: InputLines
    private let bodyLimitBytes: Int
    private var isBroken = false

    init(kind: InputKind, file: InputFile, lines: InputLines, bodyLimitBytes: Int) {
        self.kind = kind
        self.file = file
        self.lines = lines
        self.bodyLimitBytes = bodyLimitBytes
    }

    /// The message of the next line that says something; `nil` at the end.
    mutating func next(_ roots: RootMessages) -> InputCursor.Step? {
        while !isBroken {
            do throws(InputBytes.Failure) {
                guard let line = try lines.next() else { return nil }
                if let message = message(of: line, roots) { return .message(message) }
            } catch {
                isBroken = true
                let (reason, sentence) = error.explanation(of: file, limit: bodyLimitBytes)
                return .message(roots.rejected(reason, sentence, subject: file.url))
            }
        }
        return nil
    }

    private func message(of line: InputLines.Line, _ roots: RootMessages) -> Message? {
        guard let bytes = line.bytes else {
            let sentence = "Line \(line.number) of \(file.path) is longer than a page may be."
            return roots.rejected(.bodyTooLarge, sentence, subject: url(of: line))
        }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let hasMark = line.number == 1 && bytes.starts(with: mark)
        let content = hasMark ? Array(bytes.dropFirst(mark.count)) : bytes
        guard content.contains(where: { $0 > 0x20 }) else { return nil }
        guard kind == .urls else { return page(content, line, roots) }
        let text = String(decoding: content, as: UTF8.self).trimmingSpaces
        return text.hasPrefix("#") ? nil : roots.request(text, origin: file.name)
    }

    private func page(
        _ content: [UInt8],
        _ line: InputLines.Line,
        _ roots: RootMessages
    ) -> Message {
        let crawled: CrawledPage
        do throws(JSONFailure) {
            crawled = try CrawledPage(line: content)
        } catch {
            let sentence = "Line \(line.number) of \(file.path) is no page: \(error.message)"
            return roots.rejected(.dataInvalid, sentence, subject: url(of: line))
        }
        let stated = crawled.url.map { WebAddress($0)?.url ?? $0 }
        let url = stated.flatMap { WebAddress($0) == nil ? nil : $0 } ?? url(of: line)
        guard let body = (crawled.html ?? crawled.text).map({ Array($0.utf8) }) else {
            // Only an address: a list in the form of JSON lines.
            if let stated { return roots.request(stated, origin: file.name) }
            let sentence = "Line \(line.number) of \(file.path) has no html, text or url."
            return roots.rejected(.dataInvalid, sentence, subject: url)
        }
        guard body.count <= bodyLimitBytes else {
            let sentence =
                "The page on line \(line.number) of \(file.path) has \(body.count) bytes."
            return roots.rejected(.bodyTooLarge, sentence, subject: url)
        }
        let record = PageRecord(
            url: url,
            // The text of JSON is UTF-8, whatever a meta element in the page says.
            contentType: (crawled.html == nil ? "text/plain" : "text/html") + "; charset=utf-8",
            body: body
        )
        let hints = crawled.hints == PageHints() ? nil : crawled.hints
        return roots.page(record, origin: "jsonl", hints: hints)
    }

    private func url(of line: InputLines.Line) -> String { "\(file.url)#line=\(line.number)" }
}

extension InputFile {
    /// The last part of the path; where the addresses of a list came from.
    var name: String {
        path == "-" ? "stdin" : String(path.split(separator: "/").last ?? "")
    }
}

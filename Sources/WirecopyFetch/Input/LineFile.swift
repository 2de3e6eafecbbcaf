import WebArchive
import WirecopyMessages

/// An open file of lines, or of objects of JSON, each of which gives one message.
struct LineFile {
    private let kind: InputKind
    private let file: InputFile
    private var pieces: Pieces
    private let bodyLimitBytes: Int
    private var isBroken = false

    /// Where the pieces of a file end.
    private enum Pieces {
        case lines(InputLines)
        case objects(InputObjects)

        mutating func next() throws(InputBytes.Failure) -> InputLines.Line? {
            switch self {
            case .lines(var lines):
                defer { self = .lines(lines) }
                return try lines.next()
            case .objects(var objects):
                defer { self = .objects(objects) }
                return try objects.next()
            }
        }
    }

    /// Opens a file; a piece of it has at most `pieceLimitBytes`, a page `bodyLimitBytes`.
    init(
        kind: InputKind,
        file: InputFile,
        source: InputBytes,
        pieceLimitBytes: Int,
        bodyLimitBytes: Int
    ) {
        self.kind = kind
        self.file = file
        pieces =
            kind == .json
            ? .objects(InputObjects(source: source, limitBytes: pieceLimitBytes))
            : .lines(InputLines(source: source, limitBytes: pieceLimitBytes))
        self.bodyLimitBytes = bodyLimitBytes
    }

    /// The message of the next line that says something; `nil` at the end.
    mutating func next(_ roots: RootMessages) -> InputCursor.Step? {
        while !isBroken {
            do throws(InputBytes.Failure) {
                guard let line = try pieces.next() else { return nil }
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
            let sentence = "\(piece(line)) is longer than a page may be."
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
            let sentence = "\(piece(line)) is no page: \(error.message)"
            return roots.rejected(.dataInvalid, sentence, subject: url(of: line))
        }
        let stated = crawled.url.map { WebAddress($0)?.url ?? $0 }
        let url = stated.flatMap { WebAddress($0) == nil ? nil : $0 } ?? url(of: line)
        guard let body = (crawled.html ?? crawled.text).map({ Array($0.utf8) }) else {
            // Only an address: a list in the form of JSON lines.
            if let stated { return roots.request(stated, origin: file.name) }
            let sentence = "\(piece(line)) has no html, text or url."
            return roots.rejected(.dataInvalid, sentence, subject: url)
        }
        guard body.count <= bodyLimitBytes else {
            let sentence = "\(piece(line)) holds a page of \(body.count) bytes."
            return roots.rejected(.bodyTooLarge, sentence, subject: url)
        }
        let record = PageRecord(
            url: url,
            // The text of JSON is UTF-8, whatever a meta element in the page says.
            contentType: (crawled.html == nil ? "text/plain" : "text/html") + "; charset=utf-8",
            body: body
        )
        let hints = crawled.hints == PageHints() ? nil : crawled.hints
        return roots.page(record, origin: "jsonl", hints: hints, fetchedAt: crawled.fetchedAt)
    }

    private func url(of line: InputLines.Line) -> String {
        "\(file.url)#\(kind == .json ? "object" : "line")=\(line.number)"
    }

    private func piece(_ line: InputLines.Line) -> String {
        "\(kind == .json ? "Object" : "Line") \(line.number) of \(file.path)"
    }
}

extension InputFile {
    /// The last part of the path; where the addresses of a list came from.
    var name: String {
        path == "-" ? "stdin" : String(path.split(separator: "/").last ?? "")
    }
}

/// Reads one `.article` file; the format is described in `Resources/README.md`.
struct ArticleReader {
    let cast: Cast
    let publisher: String

    private static let keys: Set<String> = [
        "path", "title", "story", "episode", "version", "standfirst", "authors", "published",
        "modified", "section", "quotes", "cites", "syndicated-from", "spacing",
    ]

    /// Reads a whole file; `path` is for messages.
    func read(_ source: String, path: String) throws(NewsroomFailure) -> NewsArticle {
        var line = 1
        do throws(SourceFault) {
            let lines = source.lines
            var header = SourceHeader()
            line += try header.read(lines, keys: Self.keys)
            guard let style = QuotationMarks.Style(rawValue: try header.required("quotes")) else {
                throw SourceFault("'quotes' is straight, curly or mixed")
            }
            var body = Body(cast: cast, marks: QuotationMarks(style: style))
            for text in lines.dropFirst(line - 1) {
                try body.add(text.trimmed)
                line += 1
            }
            try body.finish()
            return try article(header, body)
        } catch {
            throw .badSource(path: path, line: error.line ?? line, reason: error.reason)
        }
    }

    private func article(
        _ header: SourceHeader,
        _ body: Body
    ) throws(SourceFault) -> NewsArticle {
        let mainText = body.blocks.filter(\.kind.isMainText).map(\.text).joined(separator: "\n")
        var titleMarks = QuotationMarks(style: body.marks.style)
        return NewsArticle(
            path: try header.required("path"),
            publisher: publisher,
            story: header.optional("story"),
            episode: try number(header, "episode"),
            version: try number(header, "version") ?? 1,
            title: titleMarks.mark(try header.required("title")).text,
            standfirst: header.optional("standfirst").map { titleMarks.mark($0).text },
            authors: header.optional("authors")?.fields(separatedBy: ";") ?? [],
            published: try timestamp(try header.required("published")),
            modified: try header.optional("modified").map(timestamp),
            section: try header.required("section"),
            blocks: body.blocks,
            quotations: body.quotations,
            notSpeech: body.notSpeech,
            entities: cast.entities(in: mainText),
            cites: try cites(header, mainText),
            syndicatedFrom: header.optional("syndicated-from")
        )
    }

    private func number(_ header: SourceHeader, _ key: String) throws(SourceFault) -> Int? {
        guard let text = header.optional(key) else { return nil }
        guard let value = Int(text), (1...99).contains(value) else {
            throw SourceFault("'\(key)' is a number from 1 to 99")
        }
        return value
    }

    private func timestamp(_ text: String) throws(SourceFault) -> Timestamp {
        guard let value = Timestamp(text) else {
            throw SourceFault("'\(text)' is no instant of the form 2026-03-04T06:40:00+01:00")
        }
        return value
    }

    private func cites(
        _ header: SourceHeader,
        _ mainText: String
    ) throws(SourceFault) -> [String] {
        let names = header.optional("cites")?.fields(separatedBy: ";") ?? []
        let mentioned = cast.entities(in: mainText).map(\.name)
        for name in names where !mentioned.contains(name) {
            throw SourceFault("the text does not mention the cited '\(name)'")
        }
        return names
    }
}

/// The part of a file after the header, line by line.
private struct Body {
    let cast: Cast
    var marks: QuotationMarks
    var blocks: [NewsArticle.Block] = []
    var quotations: [Quotation] = []
    var notSpeech: [String] = []
    /// Quotations of the last paragraph that wait for the line that names their speakers.
    private var unattributed: [String] = []
    private var firstIsContinuation = false
    private var isOpen = false

    init(cast: Cast, marks: QuotationMarks) {
        self.cast = cast
        self.marks = marks
    }

    mutating func add(_ line: String) throws(SourceFault) {
        if line.isEmpty { return }
        if line.hasPrefix("@ ") {
            try attribute(line.dropFirst(2).fields(separatedBy: ";"))
            return
        }
        try requireAttribution()
        let kinds: [(String, NewsArticle.Block.Kind)] = [
            ("## ", .heading), ("!! ", .caption), ("-- ", .note), ("* ", .bullet),
            ("~ ", .boilerplate), ("# ", .headline),
        ]
        let marker = kinds.first { line.hasPrefix($0.0) }
        let marked = marks.mark(line.dropFirst(marker?.0.count ?? 0))
        let kind = marker?.1 ?? .paragraph
        blocks.append(Self.block(kind, marked.text))
        guard kind.isMainText else { return }
        if isOpen, !line.hasPrefix("\"") {
            throw SourceFault("the quotation of the last paragraph is open but not continued")
        }
        firstIsContinuation = isOpen
        isOpen = marked.isOpen
        unattributed = marked.quoted.map(Self.withoutItalicMarkers)
    }

    func finish() throws(SourceFault) {
        try requireAttribution()
        if isOpen { throw SourceFault("the last quotation is never closed") }
        if blocks.isEmpty { throw SourceFault("the article has no text") }
    }

    private func requireAttribution() throws(SourceFault) {
        guard unattributed.isEmpty else {
            throw SourceFault("the paragraph above has \(unattributed.count) quotations and no @")
        }
    }

    /// `Varn: said; &; -; ?a senior official: said`, one entry a quotation of the paragraph.
    private mutating func attribute(_ entries: [String]) throws(SourceFault) {
        guard entries.count == unattributed.count else {
            throw SourceFault("\(entries.count) speakers for \(unattributed.count) quotations")
        }
        var last = ""
        let paragraph = blocks.count { $0.kind.isMainText } - 1
        for (index, (entry, text)) in zip(entries, unattributed).enumerated() {
            if entry == "-" {
                notSpeech.append(text)
                continue
            }
            let (named, cue) = entry.cut(at: ":")
            let speaker = named == "&" ? last : named
            last = speaker
            let isUnnamed = speaker.hasPrefix("?")
            let entity = cast.entity(named: speaker)
            if !isUnnamed, entity == nil {
                throw SourceFault("'\(speaker)' is not in the cast")
            }
            quotations.append(
                Quotation(
                    text: text,
                    speaker: entity?.name,
                    unnamedSpeaker: isUnnamed ? String(speaker.dropFirst()) : nil,
                    cue: cue.isEmpty ? nil : cue,
                    paragraph: paragraph,
                    isContinuation: index == 0 && firstIsContinuation
                )
            )
        }
        unattributed = []
    }

    private static func withoutItalicMarkers(_ text: String) -> String {
        text.filter { $0 != "*" }
    }

    /// Takes the `*` around italics out and keeps where they stood.
    private static func block(_ kind: NewsArticle.Block.Kind, _ text: String) -> NewsArticle.Block {
        var plain = ""
        var italics: [Range<Int>] = []
        var start: Int?
        for character in text {
            guard character == "*" else {
                plain.append(character)
                continue
            }
            if let opened = start {
                italics.append(opened..<plain.utf8.count)
                start = nil
            } else {
                start = plain.utf8.count
            }
        }
        return NewsArticle.Block(kind: kind, text: plain, italics: italics)
    }
}

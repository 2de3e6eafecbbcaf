import Foundation
import WirecopyEntities
import WirecopyMessages

/// Reads the corpora of names: sentences of labelled tokens, and documents with offsets.
struct NameCorpus {
    /// Sentences of a run of broadcast news that are read as one document.
    private static let runSentencesMax = 8
    /// Sources whose labels must not reach weights that ship; see the corpus's README.
    static let unlicensed = "GMB-VOA"

    /// The documents for training, without wikinews development documents.
    let training: [NameDocument]
    /// The documents for judging.
    let development: [NameDocument]
    /// Texts without labels, for the classes of words.
    let unlabelled: [NameDocument]

    init(in folder: URL) throws {
        func rows(_ path: String) throws -> [SentenceRow] {
            try Self.lines(folder.appendingPathComponent(path)).map { try SentenceRow(json: $0) }
        }
        func articles(_ path: String) throws -> [NameDocument] {
            try Self.lines(folder.appendingPathComponent(path)).map {
                try ArticleRow(json: $0).document
            }
        }
        let mixed = try rows("ner-dev/train.jsonl")
        let read = try rows("voa-gold/sentences.jsonl")
        training =
            Self.runs(read) + (try articles("wikinews-gold/train.jsonl"))
            + Self.documents(mixed.filter { $0.source != Self.unlicensed }).map(\.inOurConventions)
        let known = Set(read.map { $0.id.dropFirst("voa:".count) })
        let silver = mixed.filter { $0.source == Self.unlicensed && !known.contains($0.id[...]) }
        // What the labels say does not matter here: the text is in the public domain.
        unlabelled =
            Self.documents(silver) + (try articles("ner-dev/wikinews-unlabelled.jsonl"))
        development =
            try articles("wikinews-gold/dev.jsonl")
            + Self.documents(try rows("ner-dev/dev.jsonl").filter { $0.source != Self.unlicensed })
    }

    private static func lines(_ url: URL) throws -> [[UInt8]] {
        try Array(Data(contentsOf: url)).split(separator: 0x0A).map(Array.init)
    }

    /// Sentences of the same document, in their order, one a line.
    private static func documents(_ rows: [SentenceRow]) -> [NameDocument] {
        var documents: [NameDocument] = []
        for row in rows {
            if let last = documents.last, last.id == row.document {
                row.append(to: &documents[documents.count - 1])
            } else {
                var document = NameDocument(
                    id: row.document,
                    source: row.source,
                    bytes: [],
                    names: []
                )
                row.append(to: &document)
                documents.append(document)
            }
        }
        return documents
    }

    /// Sentences without documents: neighbours in runs.
    private static func runs(_ rows: [SentenceRow]) -> [NameDocument] {
        var rows = rows
        var (run, length, previous) = (0, 0, -1)
        for index in rows.indices {
            let number = Int(rows[index].id.split(separator: ":").last ?? "") ?? -1
            if length == runSentencesMax || number != previous + 1 { (run, length) = (run + 1, 0) }
            (length, previous) = (length + 1, number)
            rows[index].document = "voa:\(run)"
        }
        return documents(rows)
    }
}

/// A sentence as tokens with a label each.
private struct SentenceRow: JSONRepresentable {
    var id = ""
    var document = ""
    var source = ""
    var text: String?
    var tokens: [String] = []
    var labels: [String] = []

    init(from reader: inout JSONReader) throws(JSONFailure) {
        var (id, document, source) = ("", "", "")
        var text: String?
        var (tokens, labels): ([String], [String]) = ([], [])
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "id": id = try reader.string()
            case "doc": document = try reader.string()
            case "source": source = try reader.string()
            case "text": text = try reader.string()
            case "tokens":
                try reader.array { (reader) throws(JSONFailure) in
                    tokens.append(try reader.string())
                }
            case "fine_tags":
                try reader.array { (reader) throws(JSONFailure) in
                    labels.append(try reader.string())
                }
            default: try reader.skip()
            }
        }
        (self.id, self.document, self.source, self.text) = (id, document, source, text)
        (self.tokens, self.labels) = (tokens, labels)
    }

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("id", id) }
    }

    /// Adds the sentence as a line of its document.
    func append(to document: inout NameDocument) {
        if !document.bytes.isEmpty { document.bytes.append(0x0A) }
        let base = document.bytes.count
        let (line, ranges) = text.flatMap { Self.placed(tokens, in: Array($0.utf8)) } ?? joined()
        document.bytes += line
        for (token, label) in zip(tokens.indices, labels)
        where label == "O" && tokens[token].dropFirst().contains("-") && source == "VOA" {
            document.unknown.append(
                TextRange(base + ranges[token].start, base + ranges[token].end)
            )
        }
        var open: (start: Int, end: Int, type: String)?
        func close() {
            guard let name = open else { return }
            let range = TextRange(base + ranges[name.start].start, base + ranges[name.end].end)
            document.names.append(
                NameDocument.Name(range: range, types: Self.types(name.type, source))
            )
            open = nil
        }
        for (index, label) in labels.enumerated() {
            let type = String(label.dropFirst(2))
            if label.hasPrefix("I"), open?.type == type {
                open?.end = index
                continue
            }
            close()
            if label != "O" { open = (index, index, type) }
        }
        close()
    }

    /// Corpora of the web and of war tell fewer types apart than ours.
    private static func types(_ type: String, _ source: String) -> Set<Int> {
        let index = NameLabel.types.firstIndex { $0.rawValue == type } ?? NameLabel.types.count - 1
        guard !source.hasPrefix("VOA"), source != "Wikinews" else { return [index] }
        switch NameLabel.types[index] {
        case .politicalPlace, .place, .facility:
            return Set(
                NameLabel.types.indices.filter {
                    NameDocument.coarse($0) == NameDocument.coarsePlace
                }
            )
        case .other:
            return Set(
                NameLabel.types.indices.filter {
                    NameDocument.coarse($0) == 3 && NameLabel.types[$0] != .group
                }
            )
        default: return [index]
        }
    }

    /// The tokens found in the text from left to right, or nil.
    private static func placed(
        _ tokens: [String],
        in text: [UInt8]
    ) -> (line: [UInt8], ranges: [TextRange])? {
        var ranges: [TextRange] = []
        var index = 0
        for token in tokens {
            let bytes = Array(token.utf8)
            while index + bytes.count <= text.count,
                !text[index..<(index + bytes.count)].elementsEqual(bytes)
            { index += 1 }
            guard index + bytes.count <= text.count else { return nil }
            ranges.append(TextRange(index, index + bytes.count))
            index += bytes.count
        }
        return (text.map { $0 == 0x0A ? 0x20 : $0 }, ranges)
    }

    /// The tokens as a writer would have set them.
    private func joined() -> (line: [UInt8], ranges: [TextRange]) {
        var line: [UInt8] = []
        var ranges: [TextRange] = []
        var isQuoteOpen = false
        var joinsNext = true
        for token in tokens {
            var joinsBefore = joinsNext || Self.joinsLeft.contains(token)
            joinsNext = Self.joinsRight.contains(token)
            if token == "\"" {
                if isQuoteOpen { joinsBefore = true } else { joinsNext = true }
                isQuoteOpen.toggle()
            }
            if !joinsBefore { line.append(0x20) }
            ranges.append(TextRange(line.count, line.count + token.utf8.count))
            line += Array(token.utf8)
        }
        return (line, ranges)
    }

    private static let joinsLeft: Set = [
        ".", ",", ";", ":", "!", "?", ")", "]", "%", "'s", "'S", "n't", "'", "'re", "'ve", "'ll",
        "'d",
        "'m", "...",
    ]
    private static let joinsRight: Set = ["(", "[", "$", "#"]
}

/// A document with its names as offsets in code points.
private struct ArticleRow: JSONRepresentable {
    let document: NameDocument

    init(from reader: inout JSONReader) throws(JSONFailure) {
        var (id, text) = ("", "")
        var names: [(Int, Int, String)] = []
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "id": id = try reader.string()
            case "text": text = try reader.string()
            case "entities":
                try reader.array { (reader) throws(JSONFailure) in
                    var (start, end, type) = (0, 0, "")
                    try reader.object { (key, reader) throws(JSONFailure) in
                        switch key {
                        case "start": start = try reader.integer()
                        case "end": end = try reader.integer()
                        case "type": type = try reader.string()
                        default: try reader.skip()
                        }
                    }
                    names.append((start, end, type))
                }
            default: try reader.skip()
            }
        }
        let bytes = Array(text.utf8)
        let offsets = CodePointOffsets(bytes)
        document = NameDocument(
            id: id,
            source: "Wikinews",
            bytes: bytes,
            names: names.map { start, end, type in
                let type = NameLabel.types.firstIndex { $0.rawValue == type }
                return NameDocument.Name(
                    range: offsets.bytes(from: start, to: end),
                    types: [type ?? NameLabel.types.count - 1]
                )
            }
        )
    }

    func write(to writer: inout JSONWriter) {
        writer.object { $0.field("id", document.id) }
    }
}

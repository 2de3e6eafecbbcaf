/// How a statement is given.
package enum QuotationKind: String, Sendable, CaseIterable {
    /// Whole clauses in quotation marks.
    case direct
    /// Words in quotation marks inside the reporter's sentence.
    case partial
    /// A direct quotation that goes on from the one before it.
    case continued
    /// Reported speech without quotation marks.
    case indirect
    /// In quotation marks but not said by anyone: a title, a name, words held at arm's length.
    case notSpeech = "not_speech"
}

/// Who said a statement.
package struct Speaker: JSONRepresentable, Equatable {
    /// Index into the article's entities; `nil` when the speaker is not named.
    package var entity: Int?
    /// The speaker's name, or the description that the text gives.
    package var name: String

    /// Makes a speaker.
    package init(name: String, entity: Int?) {
        self.name = name
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var entity: Int?
        var name: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "entity": entity = try reader.integer()
            case "name": name = try reader.string()
            default: try reader.skip()
            }
        }
        self.entity = entity
        self.name = try reader.required(name, "name")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("entity", entity)
            writer.field("name", name)
        }
    }
}

/// A statement in the text.
package struct Quotation: JSONRepresentable, Equatable {
    /// The verb or phrase that says that somebody said it: `said`, `told reporters`.
    package var cue: String?
    /// What is quoted from, when a document speaks: `the ruling`, `a leaked letter`.
    package var document: String?
    /// How it is given.
    package var kind: QuotationKind
    /// To whom it was said: `Reuters`, `reporters`.
    package var listener: String?
    /// Where or in what it was said: `a news conference in Warsaw`, `a statement`.
    package var occasion: String?
    /// The statement with its quotation marks.
    package var range: TextRange
    /// Who said it; `nil` when the text does not tell.
    package var speaker: Speaker?

    /// Makes a quotation.
    package init(
        _ range: TextRange,
        kind: QuotationKind,
        speaker: Speaker? = nil,
        cue: String? = nil
    ) {
        self.range = range
        self.kind = kind
        self.speaker = speaker
        self.cue = cue
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var cue: String?
        var document: String?
        var end: Int?
        var kind: QuotationKind?
        var listener: String?
        var occasion: String?
        var speaker: Speaker?
        var start: Int?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "cue": cue = try reader.string()
            case "document": document = try reader.string()
            case "end": end = try reader.integer()
            case "kind": kind = try reader.word()
            case "listener": listener = try reader.string()
            case "occasion": occasion = try reader.string()
            case "speaker": speaker = try reader.value()
            case "start": start = try reader.integer()
            default: try reader.skip()
            }
        }
        self.range = try reader.range(start, end)
        self.kind = try reader.required(kind, "kind")
        self.speaker = speaker
        self.cue = cue
        self.document = document
        self.listener = listener
        self.occasion = occasion
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("cue", cue)
            writer.field("document", document)
            writer.field("end", range.end)
            writer.field("kind", kind.rawValue)
            writer.field("listener", listener)
            writer.field("occasion", occasion)
            writer.field("speaker", speaker)
            writer.field("start", range.start)
        }
    }
}

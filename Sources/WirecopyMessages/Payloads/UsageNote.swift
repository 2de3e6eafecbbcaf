/// What a publisher asks of those who keep or use a page, and where it says so.
///
/// Both words are those of `RobotsFile`; a reader takes others, too, which a later version may say.
package struct UsageNote: JSONRepresentable, Hashable, Comparable {
    /// Where it was said: `robots_header`, `robots_meta`, `robots_file`, `mining_header`, ...
    package let place: String
    /// What was said: `no_ai`, `no_archive`, `mining_reserved`, ...
    package let signal: String

    /// Most notes that a message keeps: ten things may be said in eight places.
    package static let notesMax = 80
    /// Bytes of either word.
    package static let wordBytesMax = 40

    /// Makes a note; both words are snake_case of at most `wordBytesMax` bytes.
    package init(_ signal: String, place: String) {
        self.signal = signal
        self.place = place
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var place: String?
        var signal: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "place": place = try Self.word(&reader)
            case "signal": signal = try Self.word(&reader)
            default: try reader.skip()
            }
        }
        self.place = try reader.required(place, "place")
        self.signal = try reader.required(signal, "signal")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("place", place)
            writer.field("signal", signal)
        }
    }

    package static func < (left: UsageNote, right: UsageNote) -> Bool {
        (left.signal, left.place) < (right.signal, right.place)
    }

    private static func word(_ reader: inout JSONReader) throws(JSONFailure) -> String {
        let word = try reader.string()
        let isWord = word.utf8.allSatisfy { 0x61...0x7A ~= $0 || $0 == UInt8(ascii: "_") }
        guard isWord, 1...wordBytesMax ~= word.utf8.count else {
            throw reader.invalid("A note of use has the word \(word.prefix(80)).")
        }
        return word
    }
}

extension [UsageNote] {
    /// Each note once, in order, at most `UsageNote.notesMax`.
    package init(distinct notes: some Sequence<UsageNote>) {
        self = Array(Set(notes).sorted().prefix(UsageNote.notesMax))
    }
}

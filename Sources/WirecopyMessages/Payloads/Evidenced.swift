/// A value read from a page, with where it came from and how sure we are.
package struct Evidenced: JSONRepresentable, Equatable {
    /// From 0 (a guess) to 1 (stated by the page for exactly this purpose).
    package var confidence: Double
    /// The piece of the page that says so, at most 200 bytes; `nil` when it equals the value.
    package var evidence: String?
    /// Where it stood: `json-ld`, `og:title`, `h1`, `byline`, `line:3`, `hint`, ...
    package var source: String
    /// The value, normalised to NFC with single spaces.
    package var value: String

    /// Makes a value with its evidence.
    package init(_ value: String, source: String, confidence: Double, evidence: String? = nil) {
        self.value = value
        self.source = source
        self.confidence = confidence
        self.evidence = evidence
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var confidence: Double?
        var evidence: String?
        var source: String?
        var value: String?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "confidence": confidence = try reader.number()
            case "evidence": evidence = try reader.string()
            case "source": source = try reader.string()
            case "value": value = try reader.string()
            default: try reader.skip()
            }
        }
        self.confidence = try reader.required(confidence, "confidence")
        self.evidence = evidence
        self.source = try reader.required(source, "source")
        self.value = try reader.required(value, "value")
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("confidence", confidence)
            writer.field("evidence", evidence)
            writer.field("source", source)
            writer.field("value", value)
        }
    }
}

/// Something about a page as a whole that its reader must know.
package struct PageFlag: JSONRepresentable, Equatable {
    /// The closed list.
    package enum Kind: String, Sendable, CaseIterable {
        /// A page that grows: entries with times, usually the newest first.
        case liveBlog = "live_blog"
        /// One part of an article that goes on at other addresses.
        case multiPart = "multi_part"
        /// The page asks for consent and shows little else.
        case consentWall = "consent_wall"
        /// Only the beginning of the article is there, the rest is for subscribers.
        case paywallStub = "paywall_stub"
    }

    /// From 0 (a guess) to 1 (stated by the page).
    package var confidence: Double
    /// The piece of the page that says so, at most 200 bytes.
    package var evidence: String?
    /// Which of them it is.
    package var kind: Kind
    /// Where it stood, as in `Evidenced`.
    package var source: String

    /// Makes a flag.
    package init(_ kind: Kind, source: String, confidence: Double, evidence: String? = nil) {
        self.confidence = confidence
        self.evidence = evidence
        self.kind = kind
        self.source = source
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        let witness = try Evidenced(from: &reader)
        guard let kind = Kind(rawValue: witness.value) else {
            throw reader.invalid("The flag \(witness.value.prefix(80)) is none of a page's flags.")
        }
        self.init(
            kind,
            source: witness.source,
            confidence: witness.confidence,
            evidence: witness.evidence
        )
    }

    package func write(to writer: inout JSONWriter) {
        Evidenced(kind.rawValue, source: source, confidence: confidence, evidence: evidence)
            .write(to: &writer)
    }
}

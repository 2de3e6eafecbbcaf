/// Whether everybody may read an article, as its page states or shows it.
package struct ArticleAccess: JSONRepresentable, Equatable {
    /// The closed list.
    package enum Kind: String, Sendable, CaseIterable {
        /// For everybody.
        case free
        /// Some articles are free for each reader, then one pays.
        case metered
        /// For those who pay or register.
        case paywalled
    }

    /// From 0 (a guess) to 1 (stated by the page for this purpose).
    package var confidence: Double
    /// The piece of the page that says so, at most 200 bytes.
    package var evidence: String?
    /// Which of them it is.
    package var kind: Kind
    /// Where it stood, as in `Evidenced`.
    package var source: String

    /// Makes a statement on access.
    package init(_ kind: Kind, source: String, confidence: Double, evidence: String? = nil) {
        self.confidence = confidence
        self.evidence = evidence
        self.kind = kind
        self.source = source
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        let witness = try Evidenced(from: &reader)
        guard let kind = Kind(rawValue: witness.value) else {
            throw reader.invalid(
                "The access \(witness.value.prefix(80)) is none of free, metered and paywalled."
            )
        }
        self.init(
            kind,
            source: witness.source,
            confidence: witness.confidence,
            evidence: witness.evidence
        )
    }

    package func write(to writer: inout JSONWriter) { evidenced.write(to: &writer) }

    /// The same as a value with its evidence.
    package var evidenced: Evidenced {
        Evidenced(kind.rawValue, source: source, confidence: confidence, evidence: evidence)
    }
}

/// The first steps of the stage by themselves, so that what each costs can be measured.
package struct StageSteps: Sendable {
    private let detector: MentionDetector

    /// Takes the shipped word lists and model.
    ///
    /// - Throws: `EntityFailure` when one is missing or broken.
    package init() throws(EntityFailure) {
        detector = MentionDetector(
            lexicon: try Lexicon.shipped(),
            model: try NameModel.shipped()
        )
    }

    /// Cuts a text and counts its tokens.
    package func tokens(of bytes: [UInt8]) -> Int { AnalysedText(bytes).tokens.count }

    /// Cuts a text, finds its names and counts them.
    package func names(of bytes: [UInt8]) -> Int {
        detector.mentions(in: AnalysedText(bytes)).count
    }
}

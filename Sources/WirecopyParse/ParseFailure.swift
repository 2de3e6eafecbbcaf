import WirecopyMessages

/// Why a page gives no article, or could not be looked at.
package struct ParseFailure: Error, Sendable, Equatable {
    /// The closed list of reasons.
    package enum Code: String, Sendable, CaseIterable {
        /// The message has no attachment, or one that holds no page.
        case attachmentInvalid
        /// The page has no bytes, or only white space.
        case bodyEmpty
        /// The page is an image, an archive or another thing that is neither HTML nor text.
        case contentTypeUnsupported
        /// The page was read and holds no article.
        case noMainText
        /// A trained model is not where it was installed, or damaged.
        case modelMissing
        /// A file of a batch cannot be read or written.
        case dataInvalid
    }

    /// The reason.
    package let code: Code
    /// A full sentence with the page's address and figures.
    package let message: String

    /// Makes a failure with a full sentence as its message.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// What ends the page's way: a page without an article is no failure of the stage.
    func stageOutput() throws(StageFailure) -> StageOutput {
        switch code {
        case .bodyEmpty: StageOutput(Outcome(rejected: .bodyEmpty, message))
        case .contentTypeUnsupported:
            StageOutput(Outcome(rejected: .contentTypeUnsupported, message))
        case .noMainText: StageOutput(Outcome(rejected: .noMainText, message))
        case .attachmentInvalid: throw StageFailure(.attachmentInvalid, .bury, message)
        case .dataInvalid, .modelMissing: throw StageFailure(.dataInvalid, .bury, message)
        }
    }
}

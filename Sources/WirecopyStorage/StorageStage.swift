package import WirecopyMessages

/// Stage 4: puts an annotated article into the store and says how its way ended.
///
/// The steps: prepare the rows → join the next transaction → give out the outcome once the
/// transaction is on disk. What is done to the rows is decided in `ArticleRecorder`.
package struct StorageStage: Stage {
    package let name = StageName.store
    package let version = "1.0"

    private let writer: StoreWriter
    private let now: @Sendable () -> Instant

    /// Makes the stage over an open store.
    ///
    /// - Parameters:
    ///   - writer: the store; several stages and processes may share one file.
    ///   - now: the clock by which handled messages are remembered for a time.
    package init(writer: StoreWriter, now: @escaping @Sendable () -> Instant) {
        self.writer = writer
        self.now = now
    }

    package func process(
        _ input: StageInput<AnnotatedArticle>
    ) async throws(StageFailure) -> [StageOutput] {
        guard let record = ArticleRecord(input.payload, madeBy: input.envelope.stageVersion) else {
            let sentence = "The article of \(input.envelope.subject) has no main text to store."
            return [StageOutput(Outcome(rejected: .noMainText, sentence))]
        }
        do {
            let outcome = try await writer.write(record, of: input.envelope.id, now: now())
            return [StageOutput(outcome)]
        } catch {
            throw error.stageFailure
        }
    }
}

package import WirecopyMessages

/// Stage 3: finds names, quotations with their speakers, and cited sources in an article's text.
package struct EntityStage: Stage {
    package let name = StageName.extract
    package let version = "1.0"

    private var annotator: Annotator

    /// Loads the word lists and models, once a process.
    ///
    /// - Parameter aliases: what the user says about names.
    /// - Throws: `EntityFailure` when a list or a model is missing or broken.
    package init(aliases: AliasList = AliasList()) throws(EntityFailure) {
        annotator = try .shipped()
        annotator.aliases = aliases
    }

    package func process(
        _ input: StageInput<ParsedArticle>
    ) async throws(StageFailure) -> [StageOutput] {
        [StageOutput(annotated(input.payload))]
    }

    /// The article with what was found in its main text.
    package func annotated(_ article: ParsedArticle) -> AnnotatedArticle {
        let annotation = annotator.annotate(Array(article.mainText.utf8))
        var annotated = AnnotatedArticle(article: article)
        annotated.citations = annotation.citations
        annotated.entities = annotation.entities
        annotated.mentions = annotation.mentions
        annotated.quotations = annotation.quotations
        annotated.sentences = annotation.sentences
        return annotated
    }
}

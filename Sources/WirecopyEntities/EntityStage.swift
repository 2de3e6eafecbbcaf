package import WirecopyMessages

/// Stage 3: finds names, quotations with speakers, cited sources and values in an article's text.
package struct EntityStage: Stage {
    package let name = StageName.extract
    package let version = "1.1"

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
        let annotation = annotator.annotate(
            Array(article.mainText.utf8),
            published: Self.day(of: article.published)
        )
        var annotated = AnnotatedArticle(article: article)
        annotated.citations = annotation.citations
        annotated.entities = annotation.entities
        annotated.mentions = annotation.mentions
        annotated.quotations = annotation.quotations
        annotated.sentences = annotation.sentences
        annotated.values = annotation.values
        return annotated
    }

    /// Whether a text is a day from which dates can be seen, such as `2024-05-29`.
    package static func isDay(_ text: String) -> Bool { CalendarDay(text)?.text == text }

    /// The day of a publication, as its readers saw it; nil when only its month or year is known.
    private static func day(of published: PublicationDate?) -> CalendarDay? {
        switch published?.precision {
        case nil, .year, .month: nil
        case .day, .minute, .second: published.flatMap { CalendarDay($0.date.value) }
        }
    }
}

import WirecopyMessages

/// What the extractor finds in one text; ranges are UTF-8 bytes into that text.
struct Annotation: Equatable {
    var sentences: [TextRange] = []
    var mentions: [Mention] = []
    var entities: [Entity] = []
    var quotations: [Quotation] = []
    var citations: [Citation] = []
    var values: [StatedValue] = []
}

/// The whole extraction as a pipe of named steps; pure, and linear in the length of the text.
struct Annotator: Sendable {
    let lexicon: Lexicon
    let nameModel: NameModel
    let governments: Governments
    var quotationModels: QuotationModels
    /// What the user says about names; it wins.
    var aliases = AliasList()

    /// What ships with the program.
    ///
    /// - Throws: `EntityFailure` when a list or a model is missing or broken.
    static func shipped() throws(EntityFailure) -> Annotator {
        Annotator(
            lexicon: try .shipped(),
            nameModel: try .shipped(),
            governments: try .shipped(),
            quotationModels: try .shipped()
        )
    }

    /// Sentences and tokens → names → entities → quotations with speakers → cited sources → values.
    ///
    /// With `names` those are taken, and none are looked for. Dates such as "on Tuesday" are seen
    /// from the day on which the text was published.
    func annotate(
        _ bytes: [UInt8],
        names known: [Mention]? = nil,
        published: CalendarDay? = nil
    ) -> Annotation {
        let text = AnalysedText(bytes)
        let spans =
            known.map { NameSpan.spans($0, in: text) } ?? found(in: text)
        let names = EntityLinker(text: text, lexicon: lexicon, aliases: aliases).link(spans)
        var annotation = Annotation()
        annotation.sentences = text.sentences
        annotation.entities = entities(names, in: text)
        annotation.mentions = mentions(names, in: text)
        let marked = QuotedText(text: text, names: names)
        let quoted = QuotationFinder(marked, quotationModels).quotations()
        let reported = IndirectSpeechFinder(marked, quotationModels).statements()
        annotation.quotations = (quoted + reported).sorted { $0.range < $1.range }
        annotation.citations = CitationFinder(text: text, names: names, lexicon: lexicon)
            .citations()
        annotation.values = ValueFinder(text: text, names: names, published: published).values()
        return annotation
    }

    /// The entities with the words that stand for them.
    private func entities(_ names: LinkedNames, in text: AnalysedText) -> [Entity] {
        let roles = RoleFinder(text: text, names: names, lexicon: lexicon).roles()
        return names.entities.indices.map { index in
            var entity = names.entities[index]
            entity.roles = roles[index]
            return entity
        }
    }

    /// The mentions, with the governments for which some stand.
    private func mentions(_ names: LinkedNames, in text: AnalysedText) -> [Mention] {
        let finder = GovernmentFinder(
            text: text,
            names: names,
            lexicon: lexicon,
            governments: governments
        )
        let standing = finder.governments(of: names.entities)
        return names.spans.indices.map { index in
            let span = names.spans[index]
            return Mention(
                text.range(span.tokens),
                type: span.type,
                entity: names.entityOfSpan[index],
                evidence: span.isListed ? .list : nil,
                standsFor: standing[index]
            )
        }
    }

    private func found(in text: AnalysedText) -> [NameSpan] {
        let spans = MentionDetector(lexicon: lexicon, model: nameModel).mentions(in: text)
        let people = OfficeNames(text: text, lexicon: lexicon).removed(from: spans)
        return ListedWeapons(text: text, lexicon: lexicon).added(to: people)
    }
}

/// A parsed article with what the entity extractor found in its main text.
package struct AnnotatedArticle: Payload {
    package static let kind = MessageKind.annotatedArticle

    /// The article; all ranges are UTF-8 bytes into its `mainText`.
    package var article: ParsedArticle
    /// Sources on which the report rests, in the text's order.
    package var citations: [Citation]
    /// What the mentions refer to within this article; a mention gives an index into this list.
    package var entities: [Entity]
    /// Spans that name something, in the text's order, not overlapping.
    package var mentions: [Mention]
    /// Statements in quotation marks or reported, in the text's order.
    package var quotations: [Quotation]
    /// Bounds of the sentences, in the text's order.
    package var sentences: [TextRange]
    /// Dates, sums and quantities that the text states, in the text's order, not overlapping.
    package var values: [StatedValue]

    /// Makes an annotated article; lists are set afterwards.
    package init(article: ParsedArticle) {
        self.article = article
        citations = []
        entities = []
        mentions = []
        quotations = []
        sentences = []
        values = []
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var article: ParsedArticle?
        var citations: [Citation] = []
        var entities: [Entity] = []
        var mentions: [Mention] = []
        var quotations: [Quotation] = []
        var sentences: [TextRange] = []
        var values: [StatedValue] = []
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "article": article = try reader.value()
            case "citations": citations = try reader.values()
            case "entities": entities = try reader.values()
            case "mentions": mentions = try reader.values()
            case "quotations": quotations = try reader.values()
            case "sentences": sentences = try Self.sentences(&reader)
            case "values": values = try reader.values()
            default: try reader.skip()
            }
        }
        self.init(article: try reader.required(article, "article"))
        self.citations = citations
        self.entities = entities
        self.mentions = mentions
        self.quotations = quotations
        self.sentences = sentences
        self.values = values
        try checkReferences(reader)
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("article", article)
            writer.field("citations", citations)
            writer.field("entities", entities)
            writer.field("mentions", mentions)
            writer.field("quotations", quotations)
            if !sentences.isEmpty {
                writer.key("sentences")
                writer.array(sentences) { writer, sentence in
                    writer.array([sentence.start, sentence.end]) { $0.integer($1) }
                }
            }
            writer.field("values", values)
        }
    }

    private static func sentences(
        _ reader: inout JSONReader
    ) throws(JSONFailure) -> [TextRange] {
        var sentences: [TextRange] = []
        try reader.array { (reader) throws(JSONFailure) in
            var ends: [Int] = []
            try reader.array { (reader) throws(JSONFailure) in ends.append(try reader.integer()) }
            guard ends.count == 2 else { throw reader.invalid("A sentence has two ends.") }
            sentences.append(try reader.range(ends[0], ends[1]))
        }
        return sentences
    }

    /// Another program may have made the message: its references are checked once, here.
    private func checkReferences(_ reader: JSONReader) throws(JSONFailure) {
        let textBytes = article.paragraphs.reduce(-2) { $0 + $1.text.utf8.count + 2 }
        let indexes =
            mentions.map(\.entity) + quotations.compactMap(\.speaker?.entity)
            + citations.compactMap(\.entity) + mentions.compactMap(\.standsFor?.entity)
        guard indexes.allSatisfy({ entities.indices.contains($0) }) else {
            throw reader.invalid("An entity index lies outside the list of \(entities.count).")
        }
        let ranges =
            mentions.map(\.range) + quotations.map(\.range) + sentences
            + citations.map(\.range) + values.map(\.range)
            + entities.flatMap(\.roles).map(\.range)
        guard ranges.allSatisfy({ $0.end <= textBytes }) else {
            throw reader.invalid("A range ends behind the main text of \(textBytes) bytes.")
        }
    }
}

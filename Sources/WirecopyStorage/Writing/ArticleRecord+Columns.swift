import WirecopyMessages

extension ArticleRecord.Columns {
    /// Writes the parts of an article that are stored as JSON text.
    init(_ annotated: AnnotatedArticle) {
        let article = annotated.article
        authors = Self.values(article.authors)
        corrections = Self.text { writer in
            writer.array(CorrectionNotice.all(in: article)) { $0.string($1) }
        }
        syndication = Self.values(article.syndication)
        tags = Self.values(article.tags)
        dropped = Self.text { writer in
            writer.array(article.dropped) { $1.write(to: &$0) }
        }
        warnings = Self.text { writer in
            writer.array(article.warnings) { $0.string($1) }
        }
        fields = Self.fields(article)
        usage = Self.text { writer in
            writer.array(Set(article.usage.map(\.signal)).sorted()) { $0.string($1) }
        }
        paragraphs = Self.paragraphs(article.paragraphs)
        page = Self.text { StoredPage(article).write(to: &$0) }
        sentences = Self.text { writer in
            writer.array(annotated.sentences) { writer, sentence in
                writer.array([sentence.start, sentence.end]) { $0.integer($1) }
            }
        }
    }

    /// A list of values without their evidence.
    private static func values(_ values: [Evidenced]) -> String {
        text { writer in
            writer.array(values) { $0.string($1.value) }
        }
    }

    /// Each field with its evidence, in the form that it has in the message.
    private static func fields(_ article: ParsedArticle) -> String {
        text { writer in
            writer.object { writer in
                writer.field("access", article.access)
                writer.field("authors", article.authors)
                writer.field("canonical_url", article.canonicalURL)
                writer.field("flags", article.flags)
                writer.field("language", article.language)
                writer.field("lead_image", article.leadImage)
                writer.field("lead_image_caption", article.leadImageCaption)
                writer.field("lead_image_credit", article.leadImageCredit)
                writer.field("modified", article.modified)
                writer.field("published", article.published)
                writer.field("section", article.section)
                writer.field("site_name", article.siteName)
                writer.field("subtitle", article.subtitle)
                writer.field("syndication", article.syndication)
                writer.field("tags", article.tags)
                writer.field("title", article.title)
                writer.field(
                    "usage",
                    article.usage.map { Evidenced($0.signal, source: $0.place, confidence: 1) }
                )
            }
        }
    }

    /// Kinds and ranges: the text itself stands in another column already.
    private static func paragraphs(_ paragraphs: [Paragraph]) -> String {
        let separatorBytes = 2
        var start = 0
        return text { writer in
            writer.array(paragraphs) { writer, paragraph in
                let end = start + paragraph.text.utf8.count
                writer.object { writer in
                    writer.field("end", end)
                    writer.field("kind", paragraph.kind.rawValue)
                    writer.field("start", start)
                }
                start = end + separatorBytes
            }
        }
    }

    private static func text(_ write: (inout JSONWriter) -> Void) -> String {
        var writer = JSONWriter()
        write(&writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }
}

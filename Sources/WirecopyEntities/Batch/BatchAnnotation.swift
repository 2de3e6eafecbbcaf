import WirecopyMessages

/// The output line of a batch: an annotation with offsets in code points.
struct BatchAnnotation {
    private let id: String
    private let annotation: Annotation
    private let offsets: CodePointOffsets

    /// Joins a row's identifier, what was found in its text, and the text's code points.
    init(id: String, _ annotation: Annotation, _ offsets: CodePointOffsets) {
        self.id = id
        self.annotation = annotation
        self.offsets = offsets
    }

    /// The line as JSON.
    var json: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("cites")
            writer.array(annotation.citations) { writer, citation in
                writer.object { writer in
                    writer.field("citing", citation.citing)
                    writer.field("end", offsets[citation.range.end])
                    writer.field("source", citation.name)
                    writer.field("start", offsets[citation.range.start])
                }
            }
            writer.key("entities")
            writer.array(annotation.mentions, { write(mention: $1, to: &$0) })
            writer.field("id", id)
            writer.key("quotes")
            writer.array(annotation.quotations, { write(quotation: $1, to: &$0) })
            writer.key("roles")
            writer.array(roles) { writer, found in
                write(found.role.range, to: &writer) { writer in
                    writer.field("entity", found.entity)
                    writer.field("role", found.role.role)
                }
            }
            writer.key("values")
            writer.array(annotation.values) { writer, value in
                var value = value
                value.range = TextRange(offsets[value.range.start], offsets[value.range.end])
                value.write(to: &writer)
            }
        }
        return writer.bytes
    }

    /// The roles of all entities, each with its entity.
    private var roles: [(entity: Int, role: EntityRole)] {
        annotation.entities.enumerated().flatMap { entity in
            entity.element.roles.map { (entity.offset, $0) }
        }
    }

    private func write(
        _ range: TextRange,
        to writer: inout JSONWriter,
        _ later: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            writer.field("end", offsets[range.end])
            later(&writer)
            writer.field("start", offsets[range.start])
        }
    }

    private func write(mention: Mention, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("canonical", annotation.entities[mention.entity].name)
            writer.field("coarse", Self.coarse(mention.type))
            writer.field("end", offsets[mention.range.end])
            writer.field("entity", mention.entity)
            writer.field("stands_for", mention.standsFor?.name)
            writer.field("start", offsets[mention.range.start])
            writer.field("type", mention.type.rawValue)
        }
    }

    private func write(quotation: Quotation, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("class", Self.quoteClass(quotation))
            writer.field("cue", quotation.cue)
            writer.field("document", quotation.document)
            writer.field("end", offsets[quotation.range.end])
            writer.field("listener", quotation.listener)
            writer.field("occasion", quotation.occasion)
            writer.field("speaker", quotation.speaker?.name)
            writer.field("start", offsets[quotation.range.start])
        }
    }

    private static func coarse(_ type: EntityType) -> String {
        switch type {
        case .person: "PER"
        case .organisation: "ORG"
        case .politicalPlace, .place, .facility: "LOC"
        case .group, .event, .product, .weapon, .work, .law, .other: "MISC"
        }
    }

    private static func quoteClass(_ quotation: Quotation) -> String {
        let kind = quotation.kind
        if quotation.document != nil, kind == .direct || kind == .partial { return "document" }
        return switch kind {
        case .direct: "speech"
        case .partial: "fragment"
        case .continued, .indirect, .notSpeech: kind.rawValue
        }
    }
}

/// What found a mention, where it was not the usual way.
package enum MentionEvidence: String, Sendable, CaseIterable {
    /// A list of names has it; the tagger had passed it over.
    case list
}

/// A span of the main text that names something.
package struct Mention: JSONRepresentable, Equatable {
    /// Index into the article's entities.
    package var entity: Int
    /// What found it; `nil` for the tagger.
    package var evidence: MentionEvidence?
    /// Where it stands.
    package var range: TextRange
    /// The country for whose government it stands here; `nil` when it stands for itself.
    package var standsFor: GovernmentName?
    /// What it names here.
    package var type: EntityType

    /// Makes a mention.
    package init(
        _ range: TextRange,
        type: EntityType,
        entity: Int,
        evidence: MentionEvidence? = nil,
        standsFor: GovernmentName? = nil
    ) {
        self.range = range
        self.standsFor = standsFor
        self.evidence = evidence
        self.type = type
        self.entity = entity
    }

    package init(from reader: inout JSONReader) throws(JSONFailure) {
        var end: Int?
        var entity: Int?
        var evidence: MentionEvidence?
        var standsFor: GovernmentName?
        var start: Int?
        var type: EntityType?
        try reader.object { (key, reader) throws(JSONFailure) in
            switch key {
            case "end": end = try reader.integer()
            case "entity": entity = try reader.integer()
            case "evidence": evidence = try reader.word()
            case "stands_for": standsFor = try reader.value()
            case "start": start = try reader.integer()
            case "type": type = try reader.word()
            default: try reader.skip()
            }
        }
        self.range = try reader.range(start, end)
        self.entity = try reader.required(entity, "entity")
        self.type = try reader.required(type, "type")
        self.evidence = evidence
        self.standsFor = standsFor
    }

    package func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.field("end", range.end)
            writer.field("entity", entity)
            writer.field("evidence", evidence?.rawValue)
            writer.field("stands_for", standsFor)
            writer.field("start", range.start)
            writer.field("type", type.rawValue)
        }
    }
}

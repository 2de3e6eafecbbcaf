import WirecopyMessages

/// The fields of a page with their evidence, as a version keeps them.
struct FieldEvidence: Sendable {
    /// The fields in the order of their names.
    private(set) var fields: [ArticleReport.Field] = []

    /// Reads the column `article_version.fields`.
    init(json bytes: [UInt8]) throws(JSONFailure) {
        var reader = JSONReader(bytes)
        var fields: [ArticleReport.Field] = []
        try reader.object { (name, reader) throws(JSONFailure) in
            let values: [Evidenced] =
                switch name {
                case "authors", "flags", "syndication", "tags", "usage": try reader.values()
                case "published", "modified": [try reader.value(PublicationDate.self).date]
                default: [try reader.value()]
                }
            fields += values.map { Self.field(name, $0) }
        }
        try reader.end()
        self.fields = fields
    }

    private static func field(_ name: String, _ value: Evidenced) -> ArticleReport.Field {
        ArticleReport.Field(
            confidence: value.confidence,
            evidence: value.evidence,
            name: name,
            source: value.source,
            value: value.value
        )
    }
}

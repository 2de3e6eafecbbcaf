import WirecopyMessages

/// The statements of a version that has just been written, so that they need not be read again.
struct ToldVersion {
    /// Row of the version.
    let version: Int64
    /// The statements, as they are compared with others.
    private(set) var statements: [ComparedStatement] = []
    /// The statements, as they enter the search index.
    private(set) var indexed: [(id: Int64, context: String, speaker: String)] = []

    /// Begins a version.
    init(version: Int64) { self.version = version }

    /// Notes a quotation that somebody says.
    mutating func add(
        _ id: Int64,
        _ quotation: Quotation,
        _ words: StatementWords,
        context: String,
        by entity: Int64?,
        of record: ArticleRecord
    ) {
        let known = entity == nil ? nil : quotation.speaker?.entity
        let named = known.map { record.annotated.entities[$0] }
        let name = named?.name ?? quotation.speaker?.name
        statements.append(
            ComparedStatement(
                id: id,
                kind: quotation.kind,
                words: words,
                speaker: name.map { ComparedSpeaker(entity: entity, type: named?.type, name: $0) }
            )
        )
        // As the view quotation_text has it.
        let speaker =
            (quotation.speaker.map { $0.name + " " } ?? "") + (named?.name ?? "")
            + (entity.map { " e\($0)" } ?? "")
        indexed.append((id, context, speaker))
    }
}

import WebArchive

/// A page as it lies in the journal.
struct ArchivedPage {
    /// Its record as it was stored, a gzip member.
    let members: [UInt8]
    /// The same, unpacked.
    let record: WARCRecord
    /// The records beside it, gzip members too.
    let companions: [UInt8]
}

/// The contents that a file holds already, so that none is written twice.
struct ArchivedContents {
    /// Contents that are remembered, about 40 MB; those behind them are written again.
    private static let contentsMax = 100_000
    /// A shorter body costs less than the fields that refer to it.
    private static let bodyBytesMin = 512

    /// Records that are referred to, by the digest of their content.
    private var records: [String: RecordReference] = [:]

    /// The record that stands for a page whose content the file holds; `nil` for a new content,
    /// which is remembered.
    mutating func revisit(_ record: WARCRecord) -> WARCRecord? {
        guard let digest = record.fields["WARC-Payload-Digest"],
            record.block.count >= Self.bodyBytesMin
        else { return nil }
        if let original = records[digest] { return record.revisit(of: original) }
        if records.count < Self.contentsMax { records[digest] = RecordReference(record) }
        return nil
    }
}

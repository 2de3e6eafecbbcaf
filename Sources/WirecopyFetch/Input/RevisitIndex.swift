import WebArchive

/// Where the responses of an archive lie, so that a later `revisit` record finds its content.
///
/// Only places are kept; a response that is revisited is read again from its file.
struct RevisitIndex {
    /// Responses that are remembered, about 20 MB of identities and digests; revisits of others
    /// are passed over and counted.
    static let placesMax = 100_000

    private let path: String?
    private var byID: [String: Int] = [:]
    private var byDigest: [String: Int] = [:]

    /// An index of a file; `nil` for an input that cannot be read again.
    init(path: String?) { self.path = path }

    /// Remembers a response or resource.
    mutating func note(_ record: WARCRecord, at offset: Int) {
        guard path != nil, ["response", "resource"].contains(record.type),
            byID.count < Self.placesMax
        else { return }
        if let id = record.recordID { byID[id] = offset }
        if let digest = record.fields["WARC-Payload-Digest"] {
            // The first record of a digest holds the content; later ones may be revisits of it.
            byDigest[digest] = byDigest[digest] ?? offset
        }
    }

    /// Records that are read from a place in search of the right one: in a file that is one single
    /// gzip member every record has the place of the first.
    private static let recordsPerPlace = 256

    /// The record that a revisit refers to, by identity or else by the digest of its content;
    /// `nil` when it is not in the file, or not near a place from which it can be read.
    func original(of revisit: WARCRecord) -> WARCRecord? {
        let id = revisit.fields["WARC-Refers-To"].map { $0.filter { $0 != "<" && $0 != ">" } }
        let digest = revisit.fields["WARC-Payload-Digest"]
        guard let path, let offset = id.flatMap({ byID[$0] }) ?? digest.flatMap({ byDigest[$0] }),
            var reader = try? WARCReader(path: path, offset: offset)
        else { return nil }
        for _ in 0..<Self.recordsPerPlace {
            guard let entry = try? reader.next() else { return nil }
            guard let record = try? entry.content.get(), record.type != "revisit" else { continue }
            if let id, record.recordID == id { return record }
            if let digest, record.fields["WARC-Payload-Digest"] == digest { return record }
        }
        return nil
    }
}

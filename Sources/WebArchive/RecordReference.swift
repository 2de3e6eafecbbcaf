import Digests

/// What a later record says of an earlier one with the same content (WARC 1.1, 6.7).
package struct RecordReference: Sendable, Equatable {
    /// The earlier record's date: RFC 3339 in UTC.
    package let date: String
    /// Digest of its content, `sha1:…`.
    package let payloadDigest: String
    /// Its identity without angle brackets, `urn:uuid:…`.
    package let recordID: String
    /// Its address.
    package let targetURI: String

    /// Joins what was written down.
    package init(recordID: String, targetURI: String, date: String, payloadDigest: String) {
        self.date = date
        self.payloadDigest = payloadDigest
        self.recordID = recordID
        self.targetURI = targetURI
    }

    /// Refers to a record; `nil` when it is no response of HTTP, or has no digest of its content.
    package init?(_ record: WARCRecord) {
        guard record.type == "response", let digest = record.fields["WARC-Payload-Digest"],
            let target = record.targetURI, let date = record.date, let id = record.recordID
        else { return nil }
        self.init(recordID: id, targetURI: target, date: date, payloadDigest: digest)
    }
}

extension WARCRecord {
    /// Why a record stands for an earlier one (WARC 1.1, 6.7.2 and 6.7.3).
    package enum RevisitProfile: String, Sendable {
        /// The content has the same digest.
        case samePayload = "identical-payload-digest"
        /// The server said that nothing changed.
        case notModified = "server-not-modified"
    }

    /// Makes the record that stands for a `response` whose content an earlier record holds already:
    /// its own fields and head of HTTP, without the body.
    ///
    /// - Returns: `nil` when it is no response of HTTP, or has another content.
    package func revisit(
        of original: RecordReference,
        _ profile: RevisitProfile = .samePayload
    ) -> WARCRecord? {
        guard type == "response", let head = try? HTTPHead.read(block[...]) else { return nil }
        var replaced = ["WARC-Type", "WARC-Block-Digest", "Content-Length"]
        switch profile {
        case .samePayload:
            guard fields["WARC-Payload-Digest"] == original.payloadDigest else { return nil }
        // What came has no content, and no digest of one.
        case .notModified: replaced.append("WARC-Payload-Digest")
        }
        let block = Array(block[..<head.bodyStart])
        let kept = fields.filter { field in
            !replaced.contains { field.name.isEqualIgnoringCase(to: $0) }
        }
        let reference = [
            HeaderField("WARC-Profile", Self.profileBase + profile.rawValue),
            HeaderField("WARC-Refers-To", "<\(original.recordID)>"),
            HeaderField("WARC-Refers-To-Target-URI", original.targetURI),
            HeaderField("WARC-Refers-To-Date", original.date),
            HeaderField("WARC-Block-Digest", Digest.sha1(of: block).labelled),
            HeaderField("Content-Length", String(block.count)),
        ]
        return WARCRecord(
            fields: [HeaderField("WARC-Type", "revisit")] + kept + reference,
            block: block
        )
    }

    private static let profileBase = "http://netpreserve.org/warc/1.1/revisit/"
}

import Digests

extension WARCRecord {
    /// What stands in every record that we write.
    package struct Identity: Sendable, Equatable {
        /// A UUID as text; it becomes `<urn:uuid:…>`.
        package let uuid: String
        /// When the content was received: RFC 3339 in UTC.
        package let date: String

        /// Makes an identity.
        package init(uuid: String, date: String) {
            self.uuid = uuid
            self.date = date
        }
    }

    /// Makes a record of an HTTP answer.
    ///
    /// The head's length and codings must be those of `body`; see
    /// `HTTPHead.describingDecodedBody(of:)`.
    package static func response(
        _ identity: Identity,
        targetURI: String,
        head: HTTPHead,
        body: [UInt8]
    ) -> WARCRecord {
        WARCRecord(
            "response",
            identity,
            targetURI: targetURI,
            contentType: "application/http; msgtype=response",
            payloadDigest: Digest.sha1(of: body),
            block: head.bytes + body
        )
    }

    /// Makes a record of a page that did not come over HTTP.
    package static func resource(
        _ identity: Identity,
        targetURI: String,
        contentType: String?,
        body: [UInt8]
    ) -> WARCRecord {
        WARCRecord(
            "resource",
            identity,
            targetURI: targetURI,
            contentType: contentType ?? "application/octet-stream",
            payloadDigest: nil,
            block: body
        )
    }

    /// Makes the record that says who wrote a file; it stands first in it.
    ///
    /// `information` holds fields such as `software` and `format`.
    package static func warcinfo(
        _ identity: Identity,
        fileName: String,
        information: [HeaderField]
    ) -> WARCRecord {
        let record = WARCRecord(
            "warcinfo",
            identity,
            targetURI: nil,
            contentType: "application/warc-fields",
            payloadDigest: nil,
            block: information.lines
        )
        var fields = record.fields
        fields.insert(HeaderField("WARC-Filename", fileName), at: 1)
        return WARCRecord(fields: fields, block: record.block)
    }

    /// Makes a record that belongs to the page's: of the same capture, in the same file.
    static func companion(
        _ type: String,
        _ identity: Identity,
        of page: Identity,
        targetURI: String,
        contentType: String,
        block: [UInt8]
    ) -> WARCRecord {
        let record = WARCRecord(
            type,
            identity,
            targetURI: targetURI,
            contentType: contentType,
            payloadDigest: nil,
            block: block
        )
        let link = HeaderField("WARC-Concurrent-To", "<urn:uuid:\(page.uuid)>")
        let fields = record.fields.prefix(3) + [link] + record.fields.dropFirst(3)
        return WARCRecord(fields: Array(fields), block: block)
    }

    private init(
        _ type: String,
        _ identity: Identity,
        targetURI: String?,
        contentType: String,
        payloadDigest: Digest?,
        block: [UInt8]
    ) {
        let blockDigest = Digest.sha1(of: block)
        let optional = [
            targetURI.map { HeaderField("WARC-Target-URI", $0) },
            payloadDigest.map { HeaderField("WARC-Payload-Digest", $0.labelled) },
        ]
        self.init(
            fields: [
                HeaderField("WARC-Type", type),
                HeaderField("WARC-Record-ID", "<urn:uuid:\(identity.uuid)>"),
                HeaderField("WARC-Date", identity.date),
            ] + optional.compactMap { $0 } + [
                HeaderField("WARC-Block-Digest", blockDigest.labelled),
                HeaderField("Content-Type", contentType),
                HeaderField("Content-Length", String(block.count)),
            ],
            block: block
        )
    }
}

import Gzip

/// A page in the form in which it travels between stages and rests in the archive.
///
/// The attachment is one gzip member that holds one WARC record: `response` for a page that came
/// over HTTP, `resource` for a saved page.
///
///     let page = PageRecord(url: url, response: head, body: body)
///     let attachment = page.attachment(as: identity)
///     let same = try PageRecord(attachment: attachment, limitBytes: MessageLimits.bodyBytes)
package struct PageRecord: Sendable, Equatable {
    /// Address from which the body came; after redirects, the last one.
    package let url: String
    /// The media type with its parameters, as the server or the reader of the file stated it.
    package let contentType: String?
    /// The head of HTTP; `nil` for a saved page.
    package let httpHead: HTTPHead?
    /// The page's bytes without any content coding, in the page's own character encoding.
    package let body: [UInt8]

    /// Makes a page that came over HTTP, with its head as it came and its body decoded.
    package init(url: String, response head: HTTPHead, body: [UInt8]) {
        self.url = url
        self.httpHead = head.describingDecodedBody(of: body.count)
        self.contentType = head.fields["Content-Type"]
        self.body = body
    }

    /// Makes a saved page.
    package init(url: String, contentType: String?, body: [UInt8]) {
        self.url = url
        self.httpHead = nil
        self.contentType = contentType
        self.body = body
    }

    /// Builds the attachment with a gzip level of 1 (fast) to 9 (small).
    ///
    /// Equal arguments give equal bytes.
    package func attachment(
        as identity: WARCRecord.Identity,
        level: Int = Gzip.defaultLevel
    ) -> [UInt8] {
        Gzip.compress(record(as: identity).bytes, level: level)
    }

    private func record(as identity: WARCRecord.Identity) -> WARCRecord {
        guard let httpHead else {
            return .resource(identity, targetURI: url, contentType: contentType, body: body)
        }
        return .response(identity, targetURI: url, head: httpHead, body: body)
    }

    /// Reads an attachment; a body beyond `limitBytes` is refused before it is held.
    ///
    /// - Throws: `compressionBroken`, `tooLarge`, what reading a record throws, and `noPage` when
    ///   the record is of another type or has no address.
    package init(attachment: [UInt8], limitBytes: Int) throws(WebArchiveFailure) {
        try self.init(Self.record(in: attachment, limitBytes: limitBytes), limitBytes: limitBytes)
    }

    /// Unpacks the record of an attachment, whatever it holds.
    ///
    /// - Throws: `compressionBroken`, `tooLarge`, what reading a record throws.
    package static func record(
        in attachment: [UInt8],
        limitBytes: Int
    ) throws(WebArchiveFailure) -> WARCRecord {
        // The record's own head, that of HTTP, and the line ends come on top of the body.
        let recordLimit = limitBytes + 2 * WebArchiveLimits.headBytes
        return try WARCRecord(bytes: unpacked(attachment, limitBytes: recordLimit))
    }

    /// Takes the page out of a record of our own.
    ///
    /// - Throws: as `init(attachment:limitBytes:)`.
    package init(_ record: WARCRecord, limitBytes: Int) throws(WebArchiveFailure) {
        guard let url = record.targetURI, ["response", "resource"].contains(record.type) else {
            throw WebArchiveFailure(
                .noPage,
                "A record of type \(record.type.prefix(40)) was found where a page should be."
            )
        }
        let (head, body) = try record.httpParts()
        guard body.count <= limitBytes else {
            throw WebArchiveFailure(
                .tooLarge,
                "The page has \(body.count) bytes; the limit is \(limitBytes)."
            )
        }
        guard head != nil || record.type == "resource" else {
            throw WebArchiveFailure(.noPage, "The response holds no answer of HTTP.")
        }
        self.url = url
        self.httpHead = head
        self.contentType = head.map { $0.fields["Content-Type"] } ?? record.contentType
        self.body = body
    }

    private static func unpacked(
        _ attachment: [UInt8],
        limitBytes: Int
    ) throws(WebArchiveFailure) -> [UInt8] {
        do throws(GzipFailure) {
            return try Gzip.decompress(attachment, limitBytes: limitBytes)
        } catch {
            switch error {
            case .tooLarge: throw WebArchiveFailure(.tooLarge, error.message)
            default: throw WebArchiveFailure(.compressionBroken, error.message)
            }
        }
    }
}

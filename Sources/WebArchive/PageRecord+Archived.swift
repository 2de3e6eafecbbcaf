extension PageRecord {
    /// Takes the page out of a record of anybody's archive and takes its codings off.
    ///
    /// Archives hold answers as they came over the wire; some tools decode them and leave the head
    /// as it was. Content that is not in the stated coding is therefore taken as it is.
    ///
    /// - Returns: `nil` for records that hold no page: requests, redirects, errors, descriptions.
    /// - Throws: `tooLarge`, `headBroken`, and `compressionBroken` for broken content and for
    ///   codings other than gzip.
    package init?(
        archived record: WARCRecord,
        limitBytes: Int
    ) throws(WebArchiveFailure) {
        guard let url = record.targetURI, ["response", "resource"].contains(record.type)
        else { return nil }
        let (head, payload) = try record.httpParts()
        guard let head else {
            guard record.type == "resource" else { return nil }
            self.init(url: url, contentType: record.contentType, body: payload)
            return
        }
        guard 200...299 ~= head.status else { return nil }
        let body = try ContentDecoder(limitBytes: limitBytes).decoded(payload, head: head)
        self.init(url: url, response: head, body: body)
    }

    /// Takes a page that was met again: the address and head of the `revisit` record, the content
    /// of the `response` record that it refers to. The head of a 304 tells what changed of the
    /// fields alone (RFC 9110, 15.4.5), so that the original's holds.
    ///
    /// - Returns: `nil` when the revisit has no address or the original holds no page.
    /// - Throws: as `init(archived:limitBytes:)`.
    package init?(
        revisit record: WARCRecord,
        of original: WARCRecord,
        limitBytes: Int
    ) throws(WebArchiveFailure) {
        guard let page = try PageRecord(archived: original, limitBytes: limitBytes),
            let url = record.targetURI
        else { return nil }
        let own = try record.httpParts().head
        let head = own.flatMap { $0.status == 304 ? nil : $0 } ?? page.httpHead
        guard let head else {
            self.init(url: url, contentType: page.contentType, body: page.body)
            return
        }
        self.init(url: url, response: head, body: page.body)
    }
}

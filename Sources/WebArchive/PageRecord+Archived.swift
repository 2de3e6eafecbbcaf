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
}

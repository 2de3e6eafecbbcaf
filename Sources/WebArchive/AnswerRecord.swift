import Gzip

/// An answer of a server that is kept for the sake of the archive: a redirect, a site's rules, the
/// document of a source.
package struct AnswerRecord: Sendable, Equatable {
    /// The address that was asked.
    package let url: String
    /// What was asked.
    package let request: PageCompanions.Request?
    /// What came back, without its codings.
    package let head: HTTPHead
    /// The body without its codings, or the beginning of it.
    package let body: [UInt8]
    /// Whether `body` is the beginning of a longer one.
    package let isCut: Bool

    /// Joins an answer and its request; `head` as it came.
    package init(
        url: String,
        request: PageCompanions.Request?,
        head: HTTPHead,
        body: [UInt8],
        isCut: Bool = false
    ) {
        self.url = url
        self.request = request
        self.head = head
        self.body = body
        self.isCut = isCut
    }

    /// The records as gzip members, and what later ones with the same content refer to.
    ///
    /// Without an earlier record a `response`; with one whose content came again, or of which the
    /// server says that it holds (304), a `revisit`.
    ///
    /// - Parameters:
    ///   - identities: those of the answer's and the request's record.
    ///   - earlier: the record that has been kept of this address before.
    /// - Returns: the answer's member, then the request's if there is one; `reference` is `earlier`
    ///   for a revisit and an answer without content of its own (redirects, errors).
    package func members(
        as identities: (answer: WARCRecord.Identity, request: WARCRecord.Identity),
        after earlier: RecordReference? = nil
    ) -> (bytes: [UInt8], reference: RecordReference?) {
        let whole = WARCRecord.response(
            identities.answer,
            targetURI: url,
            head: head.describingDecodedBody(of: body.count),
            body: body
        )
        let response = isCut ? whole.truncated : whole
        let isUnmodified = head.status == Self.statusNotModified
        let revisit = earlier.flatMap {
            response.revisit(of: $0, isUnmodified ? .notModified : .samePayload)
        }
        var bytes = Gzip.compress((revisit ?? response).bytes)
        if let companion = PageCompanions(request: request, discovery: [])
            .attachment(
                beside: identities.answer,
                url: url,
                as: (identities.request, identities.request)
            )
        {
            bytes += companion
        }
        let isNew = revisit == nil && 200...299 ~= head.status
        return (bytes, isNew ? RecordReference(response) : earlier)
    }

    private static let statusNotModified = 304
}

extension WARCRecord {
    /// The record with the word that its content was cut for its length (WARC 1.1, 5.13).
    fileprivate var truncated: WARCRecord {
        WARCRecord(fields: fields + [HeaderField("WARC-Truncated", "length")], block: block)
    }
}

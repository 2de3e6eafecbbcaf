import Gzip

/// What is kept beside a page's own record: the request that led to it, and how it was found.
///
/// They travel in an attachment of their own behind the page's, each record a gzip member: a reader
/// of pages need not know of them, and the file in which both come to lie is an archive.
package struct PageCompanions: Sendable, Equatable {
    /// A request of HTTP.
    package struct Request: Sendable, Equatable {
        /// Path and query.
        package let target: String
        /// The fields in the order in which they were sent, `Host` among them.
        package let fields: [HeaderField]

        /// Makes a request.
        package init(target: String, fields: [HeaderField]) {
            self.target = target
            self.fields = fields
        }

        /// The head as HTTP/1.1 writes it.
        var bytes: [UInt8] {
            // A space or line end would end the target; what a server was sent has none.
            let words = HeaderField("", target).value.split(separator: " ")
            let line = "GET \(words.joined(separator: "%20")) HTTP/1.1\r\n"
            return Array(line.utf8) + fields.lines + Array("\r\n".utf8)
        }
    }

    /// What was asked; `nil` for a page that nobody asked for.
    package let request: Request?
    /// How the page was found: fields such as `via`, empty ones left out.
    package let discovery: [HeaderField]

    /// Makes companions.
    package init(request: Request?, discovery: [HeaderField]) {
        self.request = request
        self.discovery = discovery.filter { !$0.value.isEmpty }
    }

    /// The records as gzip members; `nil` when there is nothing to tell.
    ///
    /// - Parameters:
    ///   - page: the identity of the page's record, to which both point.
    ///   - url: the page's address after redirects.
    ///   - identities: those of the request's and the discovery's record.
    /// - Returns: one member or two, the request's first.
    package func attachment(
        beside page: WARCRecord.Identity,
        url: String,
        as identities: (request: WARCRecord.Identity, discovery: WARCRecord.Identity)
    ) -> [UInt8]? {
        var members: [UInt8] = []
        if let request {
            let record = WARCRecord.companion(
                "request",
                identities.request,
                of: page,
                targetURI: url,
                contentType: "application/http; msgtype=request",
                block: request.bytes
            )
            members += Gzip.compress(record.bytes)
        }
        if !discovery.isEmpty {
            let record = WARCRecord.companion(
                "metadata",
                identities.discovery,
                of: page,
                targetURI: url,
                contentType: "application/warc-fields",
                block: discovery.lines
            )
            members += Gzip.compress(record.bytes)
        }
        return members.isEmpty ? nil : members
    }
}

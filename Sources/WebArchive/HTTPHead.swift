/// The head of an HTTP answer as web archives hold it, in the form of HTTP/1.1.
package struct HTTPHead: Sendable, Equatable {
    /// From 100 to 999.
    package let status: Int
    /// The words after the status; may be empty.
    package let reason: String
    /// The fields in the order in which they came.
    package let fields: [HeaderField]

    /// Makes a head.
    package init(status: Int, reason: String = "", fields: [HeaderField]) {
        self.status = status
        self.reason = HeaderField("", reason).value
        self.fields = fields
    }

    /// The head as bytes, with the empty line.
    package var bytes: [UInt8] {
        let line = "HTTP/1.1 \(status)\(reason.isEmpty ? "" : " ")\(reason)\r\n"
        return Array(line.utf8) + fields.lines + Array("\r\n".utf8)
    }

    /// The head for a body that is stored without its content and transfer codings.
    ///
    /// A reader of the archive would otherwise try to decode again. The original fields are kept
    /// under names with the prefix `X-Crawl-`, as Common Crawl does, and the length is made true.
    package func describingDecodedBody(of bodyBytes: Int) -> HTTPHead {
        let codings = ["content-encoding", "transfer-encoding", "content-length"]
        let kept = fields.map { field in
            codings.contains { field.name.isEqualIgnoringCase(to: $0) }
                ? HeaderField("X-Crawl-" + field.name, field.value) : field
        }
        return HTTPHead(
            status: status,
            reason: reason,
            fields: kept + [HeaderField("Content-Length", String(bodyBytes))]
        )
    }

    /// Reads the head at the start of a block.
    ///
    /// - Returns: the head and the index of the first byte of the body; `nil` when the bytes do not
    ///   start with a head of HTTP.
    /// - Throws: `headBroken` when a limit is passed.
    static func read(
        _ block: ArraySlice<UInt8>
    ) throws(WebArchiveFailure) -> (head: HTTPHead, bodyStart: Int)? {
        guard block.starts(with: "HTTP/".utf8) else { return nil }
        var head = try HeadReader.read(block)
        // A block that ends without the empty line is a head without a body.
        if head == nil { head = try HeadReader.read(block + "\r\n\r\n".utf8) }
        guard let head else { return nil }
        let parts = head.firstLine.split(separator: " ", maxSplits: 2)
        guard parts.count > 1, let status = Int(parts[1]), 100...999 ~= status else { return nil }
        let reason = parts.count > 2 ? String(parts[2]) : ""
        let parsed = HTTPHead(status: status, reason: reason, fields: head.fields)
        return (parsed, min(head.end, block.endIndex))
    }
}

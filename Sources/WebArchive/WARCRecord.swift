import Digests

/// One record of a web archive (WARC 1.1, ISO 28500:2017).
package struct WARCRecord: Sendable, Equatable {
    /// The version line of records that we write.
    package static let version = "WARC/1.1"

    /// The record's own fields in the order of the file.
    package let fields: [HeaderField]
    /// The record's content; of a `response` the head of HTTP and the body.
    package let block: [UInt8]

    /// Joins fields and a block as they were read.
    init(fields: [HeaderField], block: [UInt8]) {
        self.fields = fields
        self.block = block
    }

    /// `WARC-Type`: `response`, `resource`, `warcinfo`, `request`, ... in lower case.
    package var type: String { (fields["WARC-Type"] ?? "").lowercased() }

    /// `WARC-Target-URI` without the angle brackets that some tools put around it.
    package var targetURI: String? {
        guard let uri = fields["WARC-Target-URI"] else { return nil }
        guard uri.hasPrefix("<"), uri.hasSuffix(">") else { return uri }
        return String(uri.dropFirst().dropLast())
    }

    /// `WARC-Date`: RFC 3339 in UTC, from seconds to nanoseconds.
    package var date: String? { fields["WARC-Date"] }

    /// `WARC-Record-ID` without angle brackets, `urn:uuid:…` in what we write.
    package var recordID: String? {
        fields["WARC-Record-ID"].map { String($0.trimmingPrefix("<").prefix { $0 != ">" }) }
    }

    /// `Content-Type` of the block; of a `response` it is `application/http`.
    package var contentType: String? { fields["Content-Type"] }

    /// Splits the block of a `response` into the head of HTTP and the body.
    ///
    /// - Returns: `nil` head and the whole block for records that hold no answer of HTTP.
    /// - Throws: `headBroken` when the head passes a limit.
    package func httpParts() throws(WebArchiveFailure) -> (head: HTTPHead?, payload: [UInt8]) {
        guard type == "response" || type == "revisit" else { return (nil, block) }
        guard let (head, bodyStart) = try HTTPHead.read(block[...]) else { return (nil, block) }
        return (head, Array(block[bodyStart...]))
    }

    /// Whether a digest field agrees with the block; `nil` when there is none that we can check.
    package var isBlockDigestRight: Bool? {
        guard let stated = fields["WARC-Block-Digest"] else { return nil }
        let parts = stated.split(separator: ":", maxSplits: 1)
        guard parts.count == 2,
            let algorithm = DigestAlgorithm(rawValue: parts[0].lowercased().filter { $0 != "-" })
        else { return nil }
        let digest = Digest.of(block[...], using: algorithm)
        return [digest.hex, digest.base32].contains { $0.isEqualIgnoringCase(to: String(parts[1])) }
    }

    /// The record as bytes, with the two line ends that close it.
    package var bytes: [UInt8] {
        var bytes = Array("\(Self.version)\r\n".utf8)
        let head = fields.lines
        bytes.reserveCapacity(bytes.count + head.count + block.count + 6)
        bytes.append(contentsOf: head)
        bytes.append(contentsOf: "\r\n".utf8)
        bytes.append(contentsOf: block)
        bytes.append(contentsOf: "\r\n\r\n".utf8)
        return bytes
    }
}

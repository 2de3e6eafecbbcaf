import Gzip

/// Takes transfer and content codings off a body as an archive holds it.
struct ContentDecoder {
    let limitBytes: Int

    func decoded(_ payload: [UInt8], head: HTTPHead) throws(WebArchiveFailure) -> [UInt8] {
        var body = payload
        if head.fields["Transfer-Encoding"]?.lowercased().contains("chunked") == true {
            body = Self.joined(chunks: body) ?? body
        }
        // The last coding was put on last (RFC 9110, 8.4).
        let codings = (head.fields["Content-Encoding"] ?? "").lowercased().split(separator: ",")
        for coding in codings.prefix(Self.codingsMax).reversed() {
            let name = String(coding.filter { $0 != " " && $0 != "\t" })
            switch name {
            case "identity", "": break
            case "gzip", "x-gzip": if Gzip.isGzip(body) { body = try unpacked(body) }
            // Some tools take codings off and leave the head as it was.
            case _ where Self.looksPlain(body): break
            default:
                let sentence = "The content coding \(name.prefix(40)) is not known."
                throw WebArchiveFailure(.compressionBroken, sentence)
            }
        }
        guard body.count <= limitBytes else { throw tooLarge }
        return body
    }

    /// More codings than this are a mistake, or made to cost something.
    private static let codingsMax = 4
    /// Bytes by which text is told from what is packed.
    private static let lookedAtBytes = 1024

    /// Whether bytes are text rather than packed: none of them is a control character that text
    /// does not have. Of 1,024 packed bytes one in ten is.
    private static func looksPlain(_ bytes: [UInt8]) -> Bool {
        bytes.prefix(lookedAtBytes).allSatisfy { $0 >= 0x20 || 0x09...0x0D ~= $0 || $0 == 0x1B }
    }

    private var tooLarge: WebArchiveFailure {
        WebArchiveFailure(.tooLarge, "The page has more than \(limitBytes) bytes.")
    }

    private func unpacked(_ bytes: [UInt8]) throws(WebArchiveFailure) -> [UInt8] {
        do throws(GzipFailure) {
            return try Gzip.decompress(bytes, limitBytes: limitBytes)
        } catch {
            if case .tooLarge = error { throw tooLarge }
            throw WebArchiveFailure(.compressionBroken, error.message)
        }
    }

    /// Joins the chunks of a body (RFC 9112 section 7.1); `nil` when it does not consist of chunks.
    /// A body that ends early gives what is there.
    static func joined(chunks bytes: [UInt8]) -> [UInt8]? {
        var body: [UInt8] = []
        var position = 0
        while let lineEnd = bytes[position...].firstIndex(of: UInt8(ascii: "\n")) {
            let digits = bytes[position..<lineEnd].prefix { byte in
                0x30...0x39 ~= byte || 0x61...0x66 ~= byte.asciiLowercased
            }
            // Seven digits are 256 MiB, beyond every limit.
            guard 1...7 ~= digits.count,
                let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
            else { return nil }
            if size == 0 { return body }
            let start = lineEnd + 1
            let end = min(bytes.count, start + size)
            body.append(contentsOf: bytes[start..<end])
            position = end
            while position < bytes.count, bytes[position] == 0x0D || bytes[position] == 0x0A {
                position += 1
            }
        }
        return position == bytes.count && position > 0 ? body : nil
    }
}

import Gzip

/// Takes transfer and content codings off a body as an archive holds it.
struct ContentDecoder {
    let limitBytes: Int

    func decoded(_ payload: [UInt8], head: HTTPHead) throws(WebArchiveFailure) -> [UInt8] {
        var body = payload
        if head.fields["Transfer-Encoding"]?.lowercased().contains("chunked") == true {
            body = Self.joined(chunks: body) ?? body
        }
        switch (head.fields["Content-Encoding"] ?? "identity").lowercased() {
        case "identity", "": break
        case "gzip", "x-gzip": if Gzip.isGzip(body) { body = try unpacked(body) }
        case let coding:
            let sentence = "The content coding \(coding.prefix(40)) is not known."
            throw WebArchiveFailure(.compressionBroken, sentence)
        }
        guard body.count <= limitBytes else { throw tooLarge }
        return body
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

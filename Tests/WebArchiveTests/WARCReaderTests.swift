import Gzip
import Testing
import WebArchive

@Suite struct WARCReaderTests {
    private let identity = WARCRecord.Identity(
        uuid: "01890a5d-ac96-774b-bcce-b302099a8057",
        date: "2026-11-21T10:36:46.123Z"
    )

    private func record(_ name: String, bodyBytes: Int = 20) -> WARCRecord {
        .resource(
            identity,
            targetURI: "https://tide.example/\(name)",
            contentType: "text/html",
            body: Array(repeating: UInt8(ascii: "x"), count: bodyBytes)
        )
    }

    private func entries(
        _ bytes: [UInt8],
        pieceBytes: Int = .max,
        blockLimitBytes: Int = 10_000
    ) throws -> [WARCReader.Entry] {
        var position = 0
        var reader = WARCReader(blockLimitBytes: blockLimitBytes) { maxBytes in
            let count = min(maxBytes, pieceBytes, bytes.count - position)
            defer { position += count }
            return Array(bytes[position..<position + count])
        }
        var entries: [WARCReader.Entry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    /// The addresses of records and the codes of damages, in order.
    private func outline(_ bytes: [UInt8], pieceBytes: Int = .max, limit: Int = 10_000) throws
        -> [String]
    {
        try entries(bytes, pieceBytes: pieceBytes, blockLimitBytes: limit).map { entry in
            switch entry.content {
            case .success(let record):
                record.targetURI?.split(separator: "/").last.map(String.init) ?? ""
            case .failure(let failure): failure.code.rawValue
            }
        }
    }

    @Test(arguments: [1, 3, 1000, 100_000])
    func `records come back from files in any pieces`(pieceBytes: Int) throws {
        let records = [record("a"), record("b", bodyBytes: 0), record("c", bodyBytes: 3000)]
        let plain = records.flatMap(\.bytes)
        let packed = records.flatMap { Gzip.compress($0.bytes) }
        for bytes in [plain, packed, Gzip.compress(plain)] {
            let entries = try entries(bytes, pieceBytes: pieceBytes)
            #expect(entries.map { try? $0.content.get() } == records)
        }
    }

    @Test func `offsets are those of records, or of members in a packed file`() throws {
        let parts = [record("a").bytes, record("b").bytes, record("c").bytes]
        let plain = try entries(parts.flatMap { $0 })
        #expect(plain.map(\.offset) == [0, parts[0].count, parts[0].count + parts[1].count])
        let members = parts.map { Gzip.compress($0) }
        let packed = try entries(members.flatMap { $0 })
        let second = members[0].count
        #expect(packed.map(\.offset) == [0, second, second + members[1].count])
    }

    @Test(arguments: [5, 100_000])
    func `damage is reported and the next record is found`(pieceBytes: Int) throws {
        let (a, b, c) = (record("a").bytes, record("b").bytes, record("c").bytes)
        let junk = Array("<!doctype html>\r\nWARC/ is not here\r\n\r\n".utf8)
        #expect(
            try outline(a + junk + b, pieceBytes: pieceBytes) == ["a", "not_warc", "b"]
        )
        #expect(try outline(a + b.dropLast(15), pieceBytes: pieceBytes) == ["a", "truncated"])
        let shortened = Array(b.prefix(b.count - 12)) + Array("\r\n\r\n".utf8)
        #expect(
            try outline(a + shortened + c, pieceBytes: pieceBytes) == ["a", "length_invalid", "c"]
        )
        #expect(
            try outline(a + shortened, pieceBytes: pieceBytes) == ["a", "truncated"]
        )
        let noLength = String(decoding: b, as: UTF8.self).replacing("Content-Length", with: "Size")
        #expect(
            try outline(a + Array(noLength.utf8) + c, pieceBytes: pieceBytes)
                == ["a", "length_invalid", "c"]
        )
    }

    @Test(arguments: [5, 100_000])
    func `a broken member costs only itself`(pieceBytes: Int) throws {
        let members = ["a", "b", "c"].map { Gzip.compress(record($0).bytes) }
        var broken = members[1]
        broken[broken.count / 2] ^= 0xFF
        #expect(
            try outline(members[0] + broken + members[2], pieceBytes: pieceBytes)
                == ["a", "compression_broken", "c"]
        )
        let cut = members[1].dropLast(20)
        let whole = try outline(members[0] + cut + members[2], pieceBytes: 100_000)
        #expect(whole == ["a", "compression_broken", "c"])
        #expect(
            try outline(members[0] + cut, pieceBytes: pieceBytes) == ["a", "compression_broken"]
        )
        #expect(
            try outline(members[0] + [0, 0, 0], pieceBytes: pieceBytes)
                == ["a", "compression_broken"]
        )
    }

    @Test(arguments: [5, 100_000])
    func `an oversized record is passed over`(pieceBytes: Int) throws {
        let bytes = record("a").bytes + record("b", bodyBytes: 5000).bytes + record("c").bytes
        #expect(
            try outline(bytes, pieceBytes: pieceBytes, limit: 1000) == ["a", "too_large", "c"]
        )
    }

    @Test func `a head without end is refused`() throws {
        let endless = Array("WARC/1.1\r\n".utf8) + Array(repeating: 0x61, count: 600_000)
        #expect(try outline(endless) == ["head_broken"])
        let lines =
            Array("WARC/1.1\r\n".utf8) + Array(repeatElement("a: b\r\n", count: 2000).joined().utf8)
        #expect(try outline(lines) == ["head_broken"])
    }

    @Test func `an empty file holds nothing`() throws {
        #expect(try outline([]) == [])
        #expect(try outline([0x1F]) == ["not_warc"])
        #expect(try outline(Array("\r\n\r\n".utf8)) == [])
    }

    @Test func `a changed byte never stops the reader`() throws {
        let plain = ["a", "b", "c"].flatMap { record($0).bytes }
        let packed = ["a", "b", "c"].flatMap { Gzip.compress(record($0).bytes) }
        for bytes in [plain, packed] {
            // Without its first two bytes nothing says that a file is packed.
            for index in bytes.indices.dropFirst(2) {
                var changed = bytes
                changed[index] ^= 0x1F
                let sound = try entries(changed).count { (try? $0.content.get()) != nil }
                #expect(sound >= 2, "byte \(index)")
            }
        }
    }

    @Test func `a file that is not there is named`() {
        let failure = #expect(throws: WebArchiveFailure.self) {
            _ = try WARCReader(path: "/nonexistent/tide.warc.gz")
        }
        #expect(failure?.code == .fileUnreadable)
        #expect(failure?.message.contains("No such file") == true)
    }

    @Test func `old habits of other tools are understood`() throws {
        let text = """
            WARC/1.0\nWARC-Type: Response\nWARC-Target-URI: <https://tide.example/old>
            Content-Type: application/http\n  ; msgtype=response\nContent-Length: 27\n
            HTTP/1.0 200\nA: caf\u{E9}\n\ntide
            """
        let read = try WARCRecord(bytes: Array(text.utf8))
        #expect(read.targetURI == "https://tide.example/old")
        #expect(read.contentType == "application/http ; msgtype=response")
        let (head, payload) = try read.httpParts()
        #expect(head?.status == 200)
        #expect(head?.fields["a"] == "café")
        #expect(payload == Array("tide".utf8))
    }

    @Test func `block digests are checked`() throws {
        let bytes = record("a").bytes
        #expect(try WARCRecord(bytes: bytes).isBlockDigestRight == true)
        var changed = bytes
        changed[changed.count - 6] ^= 1
        #expect(try WARCRecord(bytes: changed).isBlockDigestRight == false)
    }

    @Test func `a warcinfo says who wrote the file`() throws {
        let record = WARCRecord.warcinfo(
            identity,
            fileName: "00000001.warc.gz",
            information: [HeaderField("software", "wirecopy"), HeaderField("format", "WARC 1.1")]
        )
        let read = try WARCRecord(bytes: record.bytes)
        #expect(read == record)
        #expect(read.type == "warcinfo")
        #expect(read.fields["WARC-Filename"] == "00000001.warc.gz")
        #expect(read.recordID == "urn:uuid:\(identity.uuid)")
        #expect(read.block == Array("software: wirecopy\r\nformat: WARC 1.1\r\n".utf8))
    }
}

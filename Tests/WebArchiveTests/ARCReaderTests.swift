import Gzip
import Testing
import WebArchive

@Suite struct ARCReaderTests {
    private let html = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Calm sea.</p>"

    private var description: String {
        let block = "1 0 Tide\nURL IP-address Archive-date Content-type Archive-length\n"
        return
            "filedesc://tide.arc 127.0.0.1 20260304054000 text/plain \(block.utf8.count)\n\(block)"
    }

    private func record(_ url: String, _ block: String) -> String {
        "\n\(url) 192.0.2.7 20260304054000 text/html \(block.utf8.count)\n\(block)"
    }

    private func outline(_ bytes: [UInt8], pieceBytes: Int = .max, limit: Int = 10_000) throws
        -> [String]
    {
        var position = 0
        var reader = ARCReader(blockLimitBytes: limit) { maxBytes in
            let count = min(maxBytes, pieceBytes, bytes.count - position)
            defer { position += count }
            return Array(bytes[position..<position + count])
        }
        var found: [String] = []
        while let entry = try reader.next() {
            switch entry.content {
            case .success(let record): found.append("\(record.type) \(record.targetURI ?? "")")
            case .failure(let failure): found.append(failure.code.rawValue)
            }
        }
        return found
    }

    @Test(arguments: [1, 7, 100_000])
    func `records come back from files in any pieces`(pieceBytes: Int) throws {
        let parts = [
            description, record("https://tide.example/1", html),
            record("https://tide.example/a b", html),
        ]
        let plain = Array(parts.joined().utf8) + [0x0A]
        let expected = [
            "warcinfo filedesc://tide.arc", "response https://tide.example/1",
            "response https://tide.example/a b",
        ]
        #expect(try outline(plain, pieceBytes: pieceBytes) == expected)
        let packed = parts.flatMap { Gzip.compress(Array($0.utf8)) }
        #expect(try outline(packed, pieceBytes: pieceBytes) == expected)
    }

    @Test func `a page comes out with its head and date`() throws {
        let bytes = Array(record("https://tide.example/1", html).utf8)
        var isRead = false
        var reader = ARCReader { _ in
            defer { isRead = true }
            return isRead ? [] : bytes
        }
        let record = try #require(try reader.next()).content.get()
        #expect(record.date == "2026-03-04T05:40:00Z")
        let page = try #require(try PageRecord(archived: record, limitBytes: 1000))
        #expect(page.contentType == "text/html")
        #expect(page.body == Array("<p>Calm sea.</p>".utf8))
    }

    @Test func `the longer lines of version 2 are read`() throws {
        let line = "https://tide.example/1 192.0.2.7 20260304054000 text/html 200 - - 0 t.arc 5\n"
        #expect(try outline(Array((line + "HTTP/").utf8)) == ["response https://tide.example/1"])
    }

    @Test(arguments: [3, 100_000])
    func `damage is reported and the next record is found`(pieceBytes: Int) throws {
        let (one, two) = (record("https://t.example/1", html), record("https://t.example/2", html))
        let junk = "\n<!doctype html>\nhttps://no.example 1 2 3 4 5\n"
        let noLength = "\nhttps://t.example/3 192.0.2.7 20260304054000 text/html abc\nbody\n"
        let negative = "\nhttps://t.example/4 192.0.2.7 20260304054000 text/html -1\nbody\n"
        let tooLong = "\nhttps://t.example/5 192.0.2.7 20260304054000 text/html 9000\nbody\n"
        for (damaged, code) in [
            (junk, "not_warc"), (noLength, "length_invalid"), (negative, "length_invalid"),
            (tooLong, "truncated"),
        ] {
            let found = try outline(Array((one + damaged + two).utf8), pieceBytes: pieceBytes)
            #expect(
                found == ["response https://t.example/1", code, "response https://t.example/2"],
                "\(damaged)"
            )
        }
        #expect(try outline(Array((one + two).utf8.dropLast(5))).last == "truncated")
        #expect(
            try outline(Array((one + two).utf8), pieceBytes: pieceBytes, limit: 10)
                == ["too_large", "too_large"]
        )
    }

    @Test func `a changed byte never stops the reader`() throws {
        let parts = (1...3).map { record("https://tide.example/\($0)", html) }
        for bytes in [
            Array(parts.joined().utf8), parts.flatMap { Gzip.compress(Array($0.utf8)) },
        ] {
            for index in bytes.indices.dropFirst(2) {
                var changed = bytes
                changed[index] ^= 0x1F
                let sound = try outline(changed).count { $0.hasPrefix("response") }
                #expect(sound >= 1, "byte \(index)")
            }
        }
    }

    @Test func `an empty file holds nothing`() throws {
        #expect(try outline([]) == [])
        #expect(try outline([0x0A]) == [])
        #expect(try outline([0x1F]) == ["not_warc"])
    }
}

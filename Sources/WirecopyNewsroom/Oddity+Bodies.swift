import HTTPServer

extension Oddity {
    /// What `/_odd/gzip-bomb` swells to: beyond every sensible page, harmless when unpacked.
    static let bombSizeBytes = 64 * 1024 * 1024
    /// Size of `/_odd/huge`.
    static let hugeSizeBytes = 20 * 1024 * 1024

    private static let bomb = Compression.bomb(
        head: "<!DOCTYPE html><html><body><p>The tide came in.",
        sizeBytes: bombSizeBytes
    )

    private static func encoded(
        _ name: String,
        _ summary: String,
        _ coding: String,
        _ encode: @escaping @Sendable ([UInt8]) -> [UInt8]
    ) -> Oddity {
        Oddity(name, summary) { visit in
            var answer = html("Harbour clock stops").with("Content-Encoding", coding)
            answer.body = encode(answer.body)
            return visit.answer(answer)
        }
    }

    static let compressions: [Oddity] = [
        encoded("gzip", "A gzip page, asked for or not.", "gzip") { Compression.gzip($0) },
        encoded("gzip-truncated", "A gzip page that ends in the middle.", "gzip") {
            Array(Compression.gzip($0).prefix(300))
        },
        encoded("gzip-corrupt", "A gzip page with an impossible block and a wrong sum.", "gzip") {
            var bytes = Compression.gzip($0)
            bytes[10] = 0x07
            return bytes
        },
        encoded("gzip-lie", "Says gzip and sends plain bytes.", "gzip") { $0 },
        encoded("gzip-bomb", "420 KB of gzip that hold 64 MiB of blanks.", "gzip") { _ in bomb },
        encoded("gzip-twice", "A gzip page packed in gzip again.", "gzip, gzip") {
            Compression.gzip(Compression.gzip($0))
        },
        encoded("brotli", "A brotli page, asked for or not.", "br") { Compression.brotli($0) },
        encoded("zstd", "A zstd page, asked for or not.", "zstd") { Compression.zstd($0) },
        encoded("brotli-bomb", "54 bytes of brotli that hold 64 MiB of blanks.", "br") { _ in
            Compression.brotliBomb
        },
        encoded("zstd-bomb", "2 KB of zstd that hold 64 MiB of blanks.", "zstd") { _ in
            Compression.zstdBomb(sizeBytes: bombSizeBytes)
        },
        encoded("deflate", "A deflate page in its zlib frame.", "deflate") {
            Compression.zlib($0)
        },
        encoded("deflate-raw", "A deflate page without the zlib frame.", "deflate") {
            Compression.rawDeflate($0)
        },
        encoded("coding-unknown", "A content coding that nobody knows.", "x-harbour") { $0 },
    ]

    private static let accented = "Café Åkerblom reöpens — “at last”"
    private static let latin = "Café Åkerblom reöpens"

    private static func charset(
        _ name: String,
        _ summary: String,
        header: String,
        _ body: @escaping @Sendable () -> [UInt8]
    ) -> Oddity {
        Oddity(name, summary) { visit in
            visit.answer(HTTPAnswer(headers: [("Content-Type", header)], body: body()))
        }
    }

    static let charsets: [Oddity] = [
        charset(
            "windows-1252",
            "Windows-1252, said in the header.",
            header: "text/html; charset=windows-1252"
        ) { windows1252(page(accented, meta: "")) },
        charset("windows-1252-meta", "Windows-1252, said in a meta.", header: "text/html") {
            windows1252(page(accented, meta: "<meta charset=\"windows-1252\">"))
        },
        charset("utf-16le", "UTF-16 little-endian with a byte order mark.", header: "text/html") {
            [0xFF, 0xFE]
                + page(accented, meta: "").utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        },
        charset("utf-16be", "UTF-16 big-endian with a byte order mark.", header: "text/html") {
            [0xFE, 0xFF]
                + page(accented, meta: "").utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        },
        charset(
            "utf-8-bom",
            "UTF-8 with a byte order mark and a lying header.",
            header: "text/html; charset=iso-8859-1"
        ) { [0xEF, 0xBB, 0xBF] + Array(page(accented, meta: "").utf8) },
        charset(
            "shift-jis",
            "Shift_JIS, said in the header.",
            header: "text/html; charset=Shift_JIS"
        ) { shiftJIS },
        charset("latin-1-unlabelled", "Latin-1 and no word about it.", header: "text/html") {
            windows1252(page(latin, meta: ""))
        },
        charset(
            "disagreeing",
            "UTF-8 by header and bytes, Latin-1 by meta.",
            header: "text/html; charset=utf-8"
        ) { Array(page(accented, meta: "<meta charset=\"iso-8859-1\">").utf8) },
        charset(
            "utf-8-broken",
            "UTF-8 with stray, overlong and cut sequences.",
            header: "text/html; charset=utf-8"
        ) {
            Array(page(accented).utf8.prefix(500)) + [
                0xC3, 0x28, 0xFF, 0xC0, 0xAF, 0xED, 0xA0, 0x80,
            ]
                + Array("<p>The clock is mended.</p>".utf8) + [0xE2, 0x82]
        },
        charset(
            "charset-unknown",
            "A charset that does not exist.",
            header: "text/html; charset=x-tide-table"
        ) { Array(page(accented, meta: "").utf8) },
    ]

    static let bodies: [Oddity] = [
        charset("empty", "A page of no bytes.", header: "text/html; charset=utf-8") { [] },
        charset("blank", "A page of blanks.", header: "text/html; charset=utf-8") {
            Array(repeating: 0x20, count: 2000)
        },
        charset("binary", "64 KB of noise called HTML.", header: "text/html") { noise(65_536) },
        charset("zeroes", "A page with zero bytes between its letters.", header: "text/html") {
            page("Harbour clock stops").utf8.flatMap { [$0, 0] }
        },
        charset("type-lie", "HTML called an image.", header: "image/png") {
            Array(page("Harbour clock stops").utf8)
        },
        charset("pdf-lie", "A PDF head called HTML.", header: "text/html") {
            Array("%PDF-1.7\n%\u{E2}\u{E3}\n1 0 obj\n<< /Type /Catalog >>\nendobj\n".utf8)
        },
        Oddity("no-type", "HTML without a Content-Type.") { visit in
            visit.answer(HTTPAnswer(body: Array(page("Harbour clock stops").utf8)))
        },
        charset("deep", "40,000 nested elements.", header: "text/html") {
            Array(String(repeating: "<div><b>", count: 20_000).utf8) + Array("deep".utf8)
        },
        Oddity("huge", "A page of 20 MiB with a true length.") { visit in
            let paragraph = Array("<p>The tide came in and went out again, as it does.</p>\n".utf8)
            let chunk = Array(repeatElement(paragraph, count: 1024).joined())
            let times = hugeSizeBytes / chunk.count
            return visit.closing(
                200,
                .send(visit.head(.html(""), length: chunk.count * times)),
                .sendRepeatedly(chunk, times: times, everyMilliseconds: 0)
            )
        },
        Oddity("private", "An ordinary page that robots.txt forbids.") {
            $0.answer(html("Not for robots"))
        },
    ]

    /// Latin-1 with the punctuation that Windows put into its control range.
    static func windows1252(_ text: String) -> [UInt8] {
        text.unicodeScalars.map { scalar in
            switch scalar {
            case "\u{2013}": 0x96
            case "\u{2014}": 0x97
            case "\u{2018}": 0x91
            case "\u{2019}": 0x92
            case "\u{201C}": 0x93
            case "\u{201D}": 0x94
            default: UInt8(exactly: scalar.value) ?? 0x3F
            }
        }
    }

    /// Repeatable noise: a linear congruential generator (Numerical Recipes).
    private static func noise(_ count: Int) -> [UInt8] {
        var state: UInt32 = 1962
        return (0..<count).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
    }

    /// A short Japanese page, "the harbour clock stopped", in Shift_JIS.
    private static let shiftJIS: [UInt8] =
        Array("<!DOCTYPE html><html><head><title>".utf8)
        + harbourClock + Array("</title></head><body><h1>".utf8)
        + harbourClock + [0x82, 0xAA, 0x8E, 0x7E, 0x82, 0xDC, 0x82, 0xC1, 0x82, 0xBD]
        + Array("</h1><p>".utf8) + harbourClock
        + [
            0x82, 0xCD, 0x89, 0xCE, 0x97, 0x6A, 0x93, 0xFA, 0x82, 0xCC, 0x92, 0xA9, 0x81, 0x41,
            0x93, 0xCB, 0x91, 0x52, 0x8E, 0x7E, 0x82, 0xDC, 0x82, 0xC1, 0x82, 0xBD, 0x81, 0x42,
        ] + Array("</p></body></html>\n".utf8)

    private static let harbourClock: [UInt8] = [
        0x8D, 0x60, 0x82, 0xCC, 0x8E, 0x9E, 0x8C, 0x76,
    ]
}

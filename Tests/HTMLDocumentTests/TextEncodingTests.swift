import Testing

@testable import HTMLDocument

@Suite
struct TextEncodingTests {
    @Test(arguments: [
        ("latin1", TextEncoding.windows1252), (" UTF8\n", .utf8), ("gb2312", .gbk),
        ("x-sjis", .shiftJIS), ("ISO-8859-9", .windows1254), ("ks_c_5601-1987", .eucKR),
        ("unicode", .utf16LE), ("hz-gb-2312", .replacement),
    ])
    func `labels are those of the standard`(label: String, encoding: TextEncoding) {
        #expect(TextEncoding(label: label) == encoding)
    }

    @Test
    func `every name is a label of its encoding, and other words are none`() {
        for encoding in TextEncoding.allCases {
            #expect(TextEncoding(label: encoding.rawValue) == encoding)
        }
        for label in ["", "utf-7", "utf 8", "utf-8 latin1"] {
            #expect(TextEncoding(label: label) == nil)
        }
    }

    @Test
    func `a byte order mark outranks the transport, which outranks the page`() {
        let declared = Array("<meta charset=koi8-r>".utf8)
        #expect(encoding(declared) == .koi8R)
        #expect(encoding(declared, transport: .gbk) == .gbk)
        #expect(encoding([0xEF, 0xBB, 0xBF] + declared, transport: .gbk) == .utf8)
    }

    @Test
    func `without a declaration valid UTF-8 is UTF-8 and all else windows-1252`() {
        #expect(encoding(Array("<p>Zürich".utf8)) == .utf8)
        #expect(text([0x5A, 0xFC, 0x72, 0x93]) == "Zür“")
    }

    @Test
    func `a declaration behind the sniffed bytes counts where the bytes are not UTF-8`() {
        let comment = "<!--" + String(repeating: "x", count: 2_000) + "-->"
        let late = Array((comment + "<meta charset=windows-1251><p>").utf8)
        let page = HTMLDocument(parsing: late + [0xCC, 0xE8, 0xF0])
        #expect(page.sourceEncoding == .windows1251)
        #expect(page.textContent(of: page.root) == "Мир")
        let valid = HTMLDocument(parsing: late + Array("Мир".utf8))
        #expect(valid.sourceEncoding == .utf8)
        #expect(valid.textContent(of: valid.root) == "Мир")
    }

    @Test(arguments: [
        (TextEncoding.shiftJIS, [UInt8]([0x93, 0xFA, 0x96, 0x7B, 0xB1]), "日本ｱ"),
        (.eucJP, [0xC6, 0xFC, 0xCB, 0xDC], "日本"),
        (.iso2022JP, [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x4B, 0x5C, 0x1B, 0x28, 0x42], "日本"),
        (.gbk, [0xD6, 0xD0, 0xCE, 0xC4], "中文"),
        (.gb18030, [0xD6, 0xD0, 0x81, 0x30, 0x81, 0x30], "中\u{80}"),
        (.big5, [0xA4, 0xA4, 0xA4, 0xE5], "中文"),
        (.eucKR, [0xC7, 0xD1, 0x8C, 0x63], "한똠"),
        (.windows1251, [0xCC, 0xE8, 0xF0], "Мир"),
        (.koi8U, [0xB4, 0xA7, 0xAE], "Єїў"),
        (.macintosh, [0x8A, 0xDB], "ä€"),
        (.windows874, [0xA1, 0x80], "ก€"),
        (.iso8859x8i, [0xE0], "א"),
        (.utf16LE, [0x41, 0x00, 0x3D, 0xD8, 0x00, 0xDE], "A😀"),
        (.utf16BE, [0x00, 0x41, 0x20, 0xAC], "A€"),
        (.userDefined, [0x41, 0x80], "A\u{F780}"),
    ])
    func `legacy text becomes Unicode`(encoding: TextEncoding, bytes: [UInt8], expected: String) {
        let decoded = TextDecoder.decode(bytes, from: encoding)
        #expect(String(decoding: decoded.text, as: UTF8.self) == expected)
        #expect(decoded.warnings.isEmpty)
    }

    @Test
    func `single bytes beyond ASCII have a meaning in every encoding or become U+FFFD`() {
        for encoding in TextEncoding.allCases where encoding.isASCIICompatible {
            let decoded = TextDecoder.decode(Array(0...0x7E), from: encoding)
            let text = String(decoding: decoded.text, as: UTF8.self)
            if encoding != .iso2022JP {
                #expect(text.unicodeScalars.contains("~"), "\(encoding)")
            }
            let high = TextDecoder.decode(Array(0x80...0xFF), from: encoding)
            #expect(!high.text.isEmpty)
            #expect(high.encoding == encoding)
        }
    }

    @Test(arguments: [TextEncoding.utf8, .shiftJIS, .eucKR, .gbk, .big5, .eucJP])
    func `an unreadable byte never takes markup with it`(encoding: TextEncoding) throws {
        let bytes = Array("<p>a".utf8) + [0xFF, 0x3C] + Array("b>c</b>".utf8)
        let page = HTMLDocument(parsing: bytes, encoding: encoding)
        #expect(page.elements(.b).count == 1)
        #expect(page.textContent(of: page.root) == "a\u{FFFD}c")
        #expect(page.warnings == [.malformedText])
    }

    @Test(arguments: [
        ("é", TextEncoding.utf8), ("e", .iso8859x2), ("\u{FEFF}e", .utf8),
    ])
    func `content in UTF-8 outranks what a page declares, when it is believed`(
        text: String,
        found: TextEncoding
    ) {
        let page = Array("<meta charset=iso-8859-2><p>\(text)".utf8)
        let bytes = text.hasPrefix("\u{FEFF}") ? Array(text.utf8) + page : page
        #expect(HTMLDocument(parsing: bytes, believesContent: true).sourceEncoding == found)
        let named = HTMLDocument(parsing: page, encoding: .koi8R, believesContent: true)
        #expect(named.sourceEncoding == .koi8R)
    }

    @Test
    func `an encoding that must not be decoded is one replacement character`() {
        #expect(text(Array("<script>".utf8), transport: .replacement) == "\u{FFFD}")
    }

    private func encoding(_ bytes: [UInt8], transport: TextEncoding? = nil) -> TextEncoding {
        HTMLDocument(parsing: bytes, encoding: transport).sourceEncoding
    }

    private func text(_ bytes: [UInt8], transport: TextEncoding? = nil) -> String {
        let page = HTMLDocument(parsing: bytes, encoding: transport)
        return page.textContent(of: page.root)
    }
}

import Testing

@testable import WebArchive

@Suite struct MHTMLPageTests {
    /// A mail as browsers write it; `head` and `parts` with LF, which becomes CR LF.
    private func file(_ parts: [String], head: String = "", boundary: String = "b-1") -> [UInt8] {
        let lines = [
            "From: <Saved by a browser>", "MIME-Version: 1.0",
            "Content-Type: multipart/related;\n\ttype=\"text/html\";\n\tboundary=\"\(boundary)\"",
        ]
        let top = (lines + (head.isEmpty ? [] : [head])).joined(separator: "\n")
        let body = parts.map { "--\(boundary)\n\($0)\n" }.joined()
        let text = "\(top)\n\n\n\(body)--\(boundary)--\nbehind\n"
        return Array(text.replacing("\n", with: "\r\n").utf8)
    }

    private let html = """
        Content-Type: text/html; charset="utf-8"
        Content-ID: <page@mhtml>
        Content-Transfer-Encoding: quoted-printable
        Content-Location: https://tide.example/ferry

        <p class=3D"lede">The ferry =E2=80=9CSolveig=E2=80=9D left=
         at ten.</p>
        """
    private let picture = """
        Content-Type: image/png
        Content-Transfer-Encoding: base64
        Content-Location: https://tide.example/solveig.png

        iVBORw0KGgo=
        """

    @Test func `the page comes out decoded, with its address`() throws {
        let page = try MHTMLPage(bytes: file([picture, html]))
        #expect(page.url == "https://tide.example/ferry")
        #expect(page.contentType == "text/html; charset=\"utf-8\"")
        let text = String(decoding: page.body, as: UTF8.self)
        #expect(text == "<p class=\"lede\">The ferry “Solveig” left at ten.</p>")
    }

    @Test func `the part that start names is the page, else the first`() throws {
        let frame = """
            Content-Type: text/html
            Content-ID: <frame@mhtml>
            Content-Transfer-Encoding: base64
            Content-Location: cid:frame@mhtml

            PHA+QWQ8L3A+
            """
        let first = try MHTMLPage(bytes: file([frame, html]))
        #expect(first.body == Array("<p>Ad</p>".utf8))
        let bytes = file([frame, html])
        let text = String(decoding: bytes, as: UTF8.self)
            .replacing("type=\"text/html\"", with: "start=\"<page@mhtml>\"")
        let named = try MHTMLPage(bytes: Array(text.utf8))
        #expect(named.url == "https://tide.example/ferry")
    }

    @Test func `the address of the snapshot stands in for a part without one`() throws {
        let bare = html.replacing("Content-Location: https://tide.example/ferry\n", with: "")
        let head = "Snapshot-Content-Location: https://tide.example/snapshot"
        #expect(
            try MHTMLPage(bytes: file([bare], head: head)).url == "https://tide.example/snapshot"
        )
        #expect(try MHTMLPage(bytes: file([bare])).url == nil)
    }

    @Test func `parts within parts are looked into, to a depth`() throws {
        func nested(_ depth: Int) -> [UInt8] {
            var part = html
            for level in 0..<depth {
                part = """
                    Content-Type: multipart/alternative; boundary=in-\(level)

                    --in-\(level)
                    \(part)
                    --in-\(level)--
                    """
            }
            return file([part])
        }
        #expect(try MHTMLPage(bytes: nested(2)).url == "https://tide.example/ferry")
        #expect(throws: WebArchiveFailure.self) { try MHTMLPage(bytes: nested(5)) }
    }

    @Test func `a file that was cut gives what came`() throws {
        let bytes = file([html, picture])
        let text = String(decoding: bytes, as: UTF8.self)
        let cut = text.utf8.prefix(text.utf8.count - 200)
        #expect(try MHTMLPage(bytes: Array(cut)).url == "https://tide.example/ferry")
    }

    @Test func `what is no page is refused`() {
        for bytes in [file([picture]), [], Array("<p>The ferry left.</p>".utf8)] {
            let failure = #expect(throws: WebArchiveFailure.self) { try MHTMLPage(bytes: bytes) }
            #expect(failure?.code == .noPage)
        }
    }

    @Test func `a file is known by its head`() {
        #expect(MHTMLPage.looksLike(file([html])[...]))
        #expect(!MHTMLPage.looksLike(Array("Subject: ferry\n\nIt left.".utf8)[...]))
        #expect(
            !MHTMLPage.looksLike(Array("MIME-Version: 1.0\nContent-Type: text/plain\n\n".utf8)[...])
        )
    }

    @Test func `codings that are broken are kept as they are`() {
        func printable(_ text: String) -> String {
            String(decoding: TransferCoding.quotedPrintable(Array(text.utf8)[...]), as: UTF8.self)
        }
        #expect(printable("a=3Db=3db=\nc=\r\nd") == "a=b=bcd")
        #expect(printable("50=% =4") == "50=% =4")
        func base(_ text: String) -> String {
            String(decoding: TransferCoding.base64(Array(text.utf8)[...]), as: UTF8.self)
        }
        #expect(base("VGhl\r\nIGZl cnJ5") == "The ferry")
        #expect(base("VGg=") == "Th")
        #expect(base("VA==") == "T")
        #expect(base("VGhl*") == "The")
    }

    @Test func `any cut and any changed byte is read or refused`() {
        let whole = file([picture, html])
        for count in 0...whole.count { _ = try? MHTMLPage(bytes: Array(whole.prefix(count))) }
        for index in whole.indices {
            var bytes = whole
            bytes[index] ^= 0x5A
            _ = try? MHTMLPage(bytes: bytes)
        }
    }
}

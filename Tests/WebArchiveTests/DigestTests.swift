import Digests
import Testing

@Suite struct DigestTests {
    @Test func `digests are those of the standard's examples`() {
        let abc = Array("abc".utf8)
        #expect(
            Digest.sha256(of: abc).hex
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        )
        #expect(Digest.sha1(of: abc).hex == "a9993e364706816aba3e25717850c26c9cd0d89d")
        #expect(Digest.sha1(of: []).labelled == "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ")
        #expect(Digest.sha256(of: []).labelled.hasPrefix("sha256:e3b0c44298fc1c14"))
        #expect(Digest.sha256(of: []).bytes.count == 32)
    }

    @Test func `base 32 is that of RFC 4648`() {
        let examples = [
            ("", ""), ("f", "MY======"), ("fo", "MZXQ===="), ("foo", "MZXW6==="),
            ("foob", "MZXW6YQ="), ("fooba", "MZXW6YTB"), ("foobar", "MZXW6YTBOI======"),
        ]
        for (text, expected) in examples {
            #expect(Digest.base32(of: Array(text.utf8)) == expected)
        }
    }

    @Test func `bytes may come in pieces`() {
        let bytes = Array("The ferry left at ten.".utf8)
        var digester = Digester(.sha256)
        digester.update(bytes[..<5])
        digester.update([])
        digester.update(bytes[5...])
        #expect(digester.finish() == Digest.sha256(of: bytes))
    }
}

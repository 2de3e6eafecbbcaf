/// The digests that Wirecopy uses.
package enum DigestAlgorithm: String, Sendable, CaseIterable {
    /// For identity: pages, texts, keys.
    case sha256
    /// For WARC digests only, where it is the custom; it identifies nothing.
    case sha1
}

/// A digest of bytes (FIPS 180-4).
package struct Digest: Sendable, Hashable {
    /// How it was made.
    package let algorithm: DigestAlgorithm
    /// 32 bytes of SHA-256, or 20 of SHA-1.
    package let bytes: [UInt8]

    /// The SHA-256 digest of bytes.
    package static func sha256(of bytes: [UInt8]) -> Digest { of(bytes[...], using: .sha256) }

    /// The SHA-1 digest of bytes.
    package static func sha1(of bytes: [UInt8]) -> Digest { of(bytes[...], using: .sha1) }

    /// The digest of a part of an array.
    package static func of(_ bytes: ArraySlice<UInt8>, using algorithm: DigestAlgorithm) -> Digest {
        var digester = Digester(algorithm)
        digester.update(bytes)
        return digester.finish()
    }

    /// Lower-case hexadecimal digits.
    package var hex: String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(2 * bytes.count)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// RFC 4648 base 32 in upper case with padding.
    package var base32: String { Self.base32(of: bytes) }

    /// RFC 4648 base 32 of any bytes.
    package static func base32(of bytes: [UInt8]) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
        var text: [UInt8] = []
        var (held, heldBits) = (0, 0)
        for byte in bytes {
            held = (held << 8 | Int(byte)) & 0xFFFF
            heldBits += 8
            while heldBits >= 5 {
                heldBits -= 5
                text.append(alphabet[held >> heldBits & 31])
            }
        }
        if heldBits > 0 { text.append(alphabet[held << (5 - heldBits) & 31]) }
        while !text.count.isMultiple(of: 8) { text.append(UInt8(ascii: "=")) }
        return String(decoding: text, as: UTF8.self)
    }

    /// `sha256:` and hexadecimal digits, or `sha1:` and base 32 as WARC files have it.
    package var labelled: String {
        switch algorithm {
        case .sha256: "sha256:" + hex
        case .sha1: "sha1:" + base32
        }
    }
}

import Glibc

/// Decodes the encodings from before Unicode, with the C library's converter where the WHATWG
/// Encoding standard agrees with it and by the standard where it does not.
enum LegacyDecoder {
    static func decode(_ bytes: [UInt8], from encoding: TextEncoding) -> TextDecoder.Decoded {
        if encoding == .windows1252 {
            return decodeSingleBytes(bytes, windows1252Scalars, encoding)
        }
        if encoding == .userDefined {
            let scalars = (0x80...0xFF).map { Unicode.Scalar(0xF700 + UInt32($0)) }
            return decodeSingleBytes(bytes, scalars, encoding)
        }
        guard var converter = Converter(converterName(of: encoding)) else {
            var decoded = decodeSingleBytes(bytes, windows1252Scalars, .windows1252)
            decoded.warnings.append(.encodingUnavailable)
            return decoded
        }
        if isMultibyte(encoding) {
            let (text, isMalformed) = converter.convert(bytes)
            let warnings: [ParseWarning] = isMalformed ? [.malformedText] : []
            return TextDecoder.Decoded(text: text, encoding: encoding, warnings: warnings)
        }
        return decodeSingleBytes(bytes, scalars(of: encoding, &converter), encoding)
    }

    private static func isMultibyte(_ encoding: TextEncoding) -> Bool {
        switch encoding {
        case .gbk, .gb18030, .big5, .eucJP, .iso2022JP, .shiftJIS, .eucKR: true
        default: false
        }
    }

    /// The C library's name of the encoding that reads what the standard reads.
    private static func converterName(of encoding: TextEncoding) -> String {
        switch encoding {
        case .gbk: "GB18030"
        case .big5: "BIG5-HKSCS"
        case .eucJP: "EUC-JP-MS"
        case .shiftJIS: "CP932"
        case .eucKR: "UHC"
        case .iso8859x8i: "ISO-8859-8"
        case .macCyrillic: "MAC-CYRILLIC"
        case .windows874: "CP874"
        case .koi8U: "KOI8-U"
        default: encoding.rawValue.replacingPrefix("windows-", with: "CP").uppercased()
        }
    }

    // MARK: - Single bytes

    private static let windows1252Scalars: [Unicode.Scalar?] =
        Tokenizer.windows1252Controls.map { Unicode.Scalar(UInt32($0)) }
        + (0xA0...0xFF).map { Unicode.Scalar(UInt32($0)) }

    /// What the bytes from 0x80 on stand for; `nil` if for nothing.
    private static func scalars(
        of encoding: TextEncoding,
        _ converter: inout Converter
    ) -> [Unicode.Scalar?] {
        (UInt8(0x80)...0xFF).map { byte in
            if let scalar = deviations[encoding]?[byte] {
                return scalar
            }
            let (text, isMalformed) = converter.convert([byte])
            if !isMalformed, let scalar = String(decoding: text, as: UTF8.self).unicodeScalars.first
            {
                return scalar
            }
            // The standard gives bytes without a character in this range to the C1 controls.
            return byte < 0xA0 ? Unicode.Scalar(byte) : nil
        }
    }

    /// Where the standard's tables differ from the C library's.
    private static let deviations: [TextEncoding: [UInt8: Unicode.Scalar]] = [
        .macintosh: [0xC6: "\u{2206}", 0xDB: "\u{20AC}", 0xF0: "\u{F8FF}"],
        .windows1255: [0xCA: "\u{5BA}"],
        .macCyrillic: [0xFF: "\u{20AC}"],
        .koi8U: [0xAE: "\u{45E}", 0xBE: "\u{40E}"],
    ]

    private static func decodeSingleBytes(
        _ bytes: [UInt8],
        _ scalars: [Unicode.Scalar?],
        _ encoding: TextEncoding
    ) -> TextDecoder.Decoded {
        let encoded = scalars.map { scalar in
            Array(scalar.flatMap(UTF8.encode) ?? UTF8.encodedReplacementCharacter)
        }
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        var isMalformed = false
        for byte in bytes {
            if byte < 0x80 {
                text.append(byte)
            } else {
                text += encoded[Int(byte) - 0x80]
                isMalformed = isMalformed || scalars[Int(byte) - 0x80] == nil
            }
        }
        let warnings: [ParseWarning] = isMalformed ? [.malformedText] : []
        return TextDecoder.Decoded(text: text, encoding: encoding, warnings: warnings)
    }
}

extension String {
    fileprivate func replacingPrefix(_ prefix: String, with replacement: String) -> String {
        hasPrefix(prefix) ? replacement + dropFirst(prefix.count) : self
    }
}

/// One `iconv` conversion to UTF-8. The only place of this target that handles pointers: they stay
/// within one call each and never leave the arrays they come from.
@safe private struct Converter: ~Copyable {
    private let descriptor: iconv_t
    /// Whether ASCII bytes can stand for something else behind an escape sequence.
    private let hasEscapes: Bool

    init?(_ name: String) {
        hasEscapes = name.hasPrefix("ISO-2022")
        guard let opened = unsafe iconv_open("UTF-8", name),
            unsafe opened != iconv_t(bitPattern: -1)
        else { return nil }
        unsafe descriptor = opened
    }

    deinit {
        unsafe iconv_close(descriptor)
    }

    /// Size of the steps in which output is fetched.
    private static let chunkBytes = 16_384

    mutating func convert(_ bytes: [UInt8]) -> (text: [UInt8], isMalformed: Bool) {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 2)
        var chunk = [UInt8](repeating: 0, count: Self.chunkBytes)
        var isMalformed = false
        var consumed = 0
        unsafe _ = iconv(descriptor, nil, nil, nil, nil)
        while consumed < bytes.count {
            let step = convertStep(bytes, from: consumed, into: &chunk)
            text += chunk[..<step.written]
            consumed += step.read
            switch step.outcome {
            case .finished, .chunkFull:
                continue
            case .malformed:
                consumed += replaceMalformed(bytes, at: consumed, in: &text)
                isMalformed = true
            case .incomplete:
                text += UTF8.encodedReplacementCharacter
                return (text, true)
            }
        }
        // Some converters hold a character back until they know what follows.
        let step = convertStep([], from: 0, into: &chunk)
        text += chunk[..<step.written]
        return (text, isMalformed)
    }

    /// Writes what stands for unreadable bytes and gives their number: a lead byte takes its trail
    /// byte with it. ASCII is never lost, as it may be markup, except to escape sequences.
    private func replaceMalformed(_ bytes: [UInt8], at index: Int, in text: inout [UInt8]) -> Int {
        text += UTF8.encodedReplacementCharacter
        let byte = bytes[index]
        if byte < 0x80 {
            if !hasEscapes {
                text.append(byte)
            }
            return 1
        }
        return index + 1 < bytes.count && bytes[index + 1] >= 0x80 ? 2 : 1
    }

    private enum Outcome {
        case finished, chunkFull, malformed, incomplete
    }

    private func convertStep(
        _ bytes: [UInt8],
        from start: Int,
        into chunk: inout [UInt8]
    ) -> (read: Int, written: Int, outcome: Outcome) {
        var inputLeft = bytes.count - start
        var outputLeft = chunk.count
        var failure: Int32 = 0
        unsafe bytes.withUnsafeBytes { input in
            unsafe chunk.withUnsafeMutableBytes { output in
                // `iconv` takes the input as mutable by its old signature and only reads it.
                var inputPointer = unsafe UnsafeMutableRawPointer(mutating: input.baseAddress)
                    .map { unsafe ($0 + start).assumingMemoryBound(to: CChar.self) }
                var outputPointer = unsafe output.baseAddress?.assumingMemoryBound(to: CChar.self)
                let isFlush = bytes.isEmpty
                let converted =
                    isFlush
                    ? unsafe iconv(descriptor, nil, nil, &outputPointer, &outputLeft)
                    : unsafe iconv(
                        descriptor,
                        &inputPointer,
                        &inputLeft,
                        &outputPointer,
                        &outputLeft
                    )
                failure = converted < 0 ? errno : 0
            }
        }
        let outcome: Outcome =
            switch failure {
            case 0: .finished
            case E2BIG: .chunkFull
            case EILSEQ: .malformed
            default: .incomplete
            }
        return (bytes.count - start - inputLeft, chunk.count - outputLeft, outcome)
    }
}

/// The bytes that are percent-encoded in one part of an address (URL standard, 1.3).
struct EncodeSet: Sendable {
    private let isMember: [Bool]

    static let control = EncodeSet("")
    static let fragment = EncodeSet(" \"<>`")
    static let query = EncodeSet(" \"#<>")
    static let specialQuery = EncodeSet(" \"#<>'")
    static let path = EncodeSet(" \"#<>?^`{}")
    static let userInformation = EncodeSet(" \"#<>?^`{}/:;=@[\\]|")

    private init(_ characters: String) {
        let listed = Set(characters.utf8)
        isMember = (UInt8.min...UInt8.max).map { $0 < 0x20 || $0 > 0x7E || listed.contains($0) }
    }

    /// Bytes with the members of the set percent-encoded.
    func encoded(_ bytes: ArraySlice<UInt8>) -> String {
        guard bytes.contains(where: { isMember[Int($0)] }) else {
            return String(decoding: bytes, as: UTF8.self)
        }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        for byte in bytes {
            if isMember[Int(byte)] {
                output += [
                    UInt8(ascii: "%"), Self.digits[Int(byte >> 4)], Self.digits[Int(byte & 15)],
                ]
            } else {
                output.append(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static let digits = Array("0123456789ABCDEF".utf8)
}

/// Percent-encoding undone.
package enum PercentEncoding {
    /// The bytes that a text means; `%` without two hexadecimal digits behind it stays.
    package static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        guard bytes.contains(UInt8(ascii: "%")) else { return Array(bytes) }
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        var rest = bytes
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let high = digits.first?.hexadecimalValue,
                let low = digits.dropFirst().first?.hexadecimalValue
            {
                output.append(high << 4 | low)
                rest = rest.dropFirst(2)
            } else {
                output.append(byte)
            }
        }
        return output
    }
}

/// The ASCII classes of the URL standard.
extension UInt8 {
    var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
    var isDigit: Bool { self &- 0x30 < 10 }
    var lowercased: UInt8 { self &- 0x41 < 26 ? self | 0x20 : self }

    /// The value of a hexadecimal digit.
    var hexadecimalValue: UInt8? {
        if isDigit { return self &- 0x30 }
        let letter = (self | 0x20) &- 0x61
        return letter < 6 ? letter + 10 : nil
    }
}

/// One line of a head: a name and a value, of a WARC record or of HTTP.
package struct HeaderField: Sendable, Equatable {
    /// The name as written; compared without regard to case.
    package let name: String
    /// The value without surrounding white space.
    package let value: String

    /// Makes a field that is safe to write: line ends and other control characters in either part
    /// become spaces, and a name does not begin with one, or its line would fold into that before.
    package init(_ name: String, _ value: String) {
        self.name = String(Self.singleLine(name).drop { $0 == " " })
        self.value = Self.singleLine(value)
    }

    private static func singleLine(_ text: String) -> String {
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return text }
        let bytes = text.utf8.map { $0 < 0x20 || $0 == 0x7F ? 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [HeaderField] {
    /// The value of the first field with this name, in any case.
    package subscript(name: String) -> String? {
        first { $0.name.isEqualIgnoringCase(to: name) }?.value
    }

    /// The lines `Name: value`, each ended with CR LF, without the empty line.
    var lines: [UInt8] {
        var bytes: [UInt8] = []
        for field in self {
            bytes.append(contentsOf: field.name.utf8)
            bytes.append(contentsOf: ": ".utf8)
            bytes.append(contentsOf: field.value.utf8)
            bytes.append(contentsOf: "\r\n".utf8)
        }
        return bytes
    }
}

extension String {
    /// Whether two names are the same but for the case of ASCII letters.
    func isEqualIgnoringCase(to other: String) -> Bool {
        utf8.count == other.utf8.count
            && zip(utf8, other.utf8).allSatisfy { $0.asciiLowercased == $1.asciiLowercased }
    }
}

extension UInt8 {
    /// The byte with ASCII capitals made small.
    var asciiLowercased: UInt8 { 0x41...0x5A ~= self ? self | 0x20 : self }
}

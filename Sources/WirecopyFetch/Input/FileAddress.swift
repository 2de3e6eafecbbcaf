/// Turns paths of files into `file:` addresses (RFC 8089).
package enum FileAddress {
    /// What stands for the standard input.
    package static let standardInput = "file:///dev/stdin"

    /// The `file:///` address of a path; a relative one counts from `workingDirectory`. `.` and
    /// `..` are resolved in the text, symbolic links are not followed.
    package static func url(ofPath path: String, workingDirectory: String = "/") -> String {
        let absolute = path.hasPrefix("/") ? path : workingDirectory + "/" + path
        var parts: [Substring] = []
        for part in absolute.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        var output = Array("file://".utf8)
        for part in parts {
            output.append(UInt8(ascii: "/"))
            for byte in part.utf8 {
                isUnreserved(byte) ? output.append(byte) : output.appendPercentEncoded(byte)
            }
        }
        return String(decoding: output, as: UTF8.self)
    }

    /// What may stand unencoded in a path besides the slash (RFC 3986 section 3.3).
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "-._~!$&'()*+,;=:@".utf8.contains(byte)
        }
    }
}

extension [UInt8] {
    /// Appends `%` and two capital hexadecimal digits.
    mutating func appendPercentEncoded(_ byte: UInt8) {
        let digits = Array("0123456789ABCDEF".utf8)
        append(UInt8(ascii: "%"))
        append(digits[Int(byte >> 4)])
        append(digits[Int(byte & 15)])
    }
}

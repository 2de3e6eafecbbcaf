/// Text of articles made safe for where it is shown.
package enum ShownText {
    /// Without control, format and direction-changing characters, which become blanks.
    package static func plain(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }
            )
        )
    }

    /// As text or as a quoted attribute of HTML or SVG.
    package static func html(_ text: String) -> String {
        var escaped = ""
        for scalar in plain(text).unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// As text of Markdown (CommonMark), where none of it is markup.
    package static func markdown(_ text: String) -> String {
        var escaped = ""
        for scalar in plain(text).unicodeScalars {
            if "\\`*_[]<>&#|~$".unicodeScalars.contains(scalar) { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        // "12. " or "- " would begin a list within the list.
        let number = escaped.prefix { $0.isASCII && $0.isNumber }
        if let sign = escaped.dropFirst(number.count).first,
            number.isEmpty ? "-+=".contains(sign) : ".)".contains(sign)
        {
            escaped.insert("\\", at: number.endIndex)
        }
        return escaped
    }

    /// An address that a reader may follow; `nil` for one that could do something else in a page.
    package static func link(_ url: String) -> String? {
        let scheme = url.prefix { $0 != ":" }.lowercased()
        return scheme == "https" || scheme == "http" ? url : nil
    }
}

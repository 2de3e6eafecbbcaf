/// The parts that all pages of explanations share: one document that needs nothing else, runs no
/// script and visits no address.
package enum PageText {
    /// A document; its title is not yet escaped, `sheet` is CSS, `body` HTML.
    package static func document(title: String, sheet: String, body: String) -> String {
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" \
        content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
        form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="referrer" content="no-referrer">
        <title>\(escaped(title))</title>
        <style>
        \(sheet)
        </style>
        </head>
        <body>
        \(body)
        </body>
        </html>

        """
    }

    /// Text as text of HTML: without the five characters that mean something there, and no control
    /// or direction-changing characters.
    package static func escaped(_ text: String) -> String {
        var escaped = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
            case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
            case ">": escaped.append(contentsOf: "&gt;".unicodeScalars)
            case "\"": escaped.append(contentsOf: "&quot;".unicodeScalars)
            case "'": escaped.append(contentsOf: "&#39;".unicodeScalars)
            default: escaped.append(visible(scalar))
            }
        }
        return String(escaped)
    }

    /// Text without control or direction-changing characters: a blank stands in the place of each.
    package static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map(visible)))
    }

    /// A joiner is kept (U+200C, U+200D): Persian words and families of emoji need it.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7F ? " " : scalar }
        if scalar == "\u{200C}" || scalar == "\u{200D}" { return scalar }
        return switch scalar.properties.generalCategory {
        case .control, .format, .surrogate, .lineSeparator, .paragraphSeparator: " "
        default: scalar
        }
    }
}

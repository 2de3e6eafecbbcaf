/// The parts that all pages of explanations share: one document that needs nothing else, runs no
/// script and visits no address.
enum PageText {
    /// A document; its title is not yet escaped, `sheet` is CSS, `body` HTML.
    static func document(title: String, sheet: String, body: String) -> String {
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
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in Terminal.safe(text).unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}

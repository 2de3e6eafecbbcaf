/// Pieces of SVG pictures (SVG 2) that need nothing else: no script, no font, no address.
enum Picture {
    /// A picture with its title and description for those who do not see it (SVG Accessibility API
    /// Mappings): `title` and `desc` name and describe an element with `role="img"`.
    static func svg(
        width: Double,
        height: Double,
        title: String,
        description: String,
        isStandalone: Bool,
        content: String
    ) -> String {
        let size = "\(number(width)) \(number(height))"
        let own =
            isStandalone
            ? """
            <style>svg { color: #1c1d1f; background: #fdfdfb } \
            @media (prefers-color-scheme: dark) \
            { svg { color: #e9e9e6; background: #16181b } }</style>

            """ : ""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \(size)" width="\(number(width))" \
            height="\(number(height))" role="img" font-family="system-ui, sans-serif">
            <title>\(ShownText.html(title))</title>
            <desc>\(ShownText.html(description))</desc>
            \(own)\(content)
            </svg>

            """
    }

    /// A line of text in the colour of the page's text.
    static func text(
        _ text: String,
        x: Double,
        y: Double,
        classes: String,
        size: Double,
        anchor: String = "start"
    ) -> String {
        let opacity = classes == "quiet" ? " fill-opacity=\"0.72\"" : ""
        return """
            <text class="\(classes)" x="\(number(x))" y="\(number(y))" font-size="\(number(size))" \
            text-anchor="\(anchor)" fill="currentColor"\(opacity)>\(ShownText.html(text))</text>
            """
    }

    /// A number with at most one decimal.
    static func number(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }

    /// A text of at most so many characters.
    static func cut(_ text: String, _ characters: Int) -> String {
        let plain = ShownText.plain(text)
        return plain.count <= characters ? plain : plain.prefix(characters - 1) + "…"
    }

    /// A text in lines of about so many characters.
    static func wrapped(_ text: String, _ characters: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in ShownText.plain(text).split(separator: " ") {
            if !line.isEmpty, line.count + word.count + 1 > characters {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + cut(String(word), characters)
        }
        return line.isEmpty ? lines : lines + [line]
    }
}

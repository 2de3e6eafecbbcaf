import WirecopyStorage

/// An article as a Markdown document (CommonMark) with its fields in front, as YAML.
struct MarkdownArticle {
    private let article: ArticleReport

    /// Prepares an article.
    init(_ article: ArticleReport) { self.article = article }

    /// The document, ending with a line break.
    var text: String {
        (["---"] + fields + ["---", ""] + head + body + statements).joined(separator: "\n") + "\n"
    }

    private var fields: [String] {
        [
            Self.field("id", article.id), Self.field("url", article.url),
            Self.field("site", article.siteName ?? article.host),
            Self.field("title", article.title), Self.list("authors", article.authors),
            Self.field("published", article.published), Self.field("modified", article.modified),
            Self.field("language", article.language), Self.field("section", article.section),
            Self.list("tags", article.tags),
        ].compactMap(\.self)
    }

    /// YAML takes JSON's strings as they are.
    private static func quoted(_ value: String) -> String {
        var text = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "\\": text += "\\\(scalar)"
            case "\n": text += "\\n"
            default:
                let isControl = scalar.value < 0x20 || scalar.value == 0x7F
                text.unicodeScalars.append(isControl ? " " : scalar)
            }
        }
        return text + "\""
    }

    private static func field(_ name: String, _ value: String?) -> String? {
        value.map { "\(name): \(quoted($0))" }
    }

    private static func list(_ name: String, _ values: [String]) -> String? {
        values.isEmpty ? nil : "\(name): [\(values.map(quoted).joined(separator: ", "))]"
    }

    private var head: [String] {
        let title = article.title.map { ["# " + Self.escaped($0), ""] } ?? []
        let subtitle = article.subtitle.map { ["*\(Self.escaped($0))*", ""] } ?? []
        return title + subtitle
    }

    private var body: [String] {
        article.paragraphs.flatMap { paragraph -> [String] in
            let text = Self.escaped(paragraph.text)
            switch paragraph.kind {
            case "heading": return ["## " + text, ""]
            case "quote": return ["> " + text, ""]
            case "list": return ["- " + text, ""]
            default: return [text, ""]
            }
        }
    }

    private var statements: [String] {
        let said = article.quotations.filter { $0.kind != "not_speech" }
        guard !said.isEmpty else { return [] }
        return ["## Who said what", ""]
            + said.map { "- **\(Self.escaped($0.speaker ?? "?"))**: \(Self.escaped($0.text))" }
    }

    /// A text of which nothing is read as markup.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            switch character {
            case "\\", "`", "*", "_", "[", "]", "<", ">", "#", "|", "&": escaped += "\\\(character)"
            case "\n", "\r\n": escaped += " "
            default: escaped.append(character)
            }
        }
        return numbered(escaped)
    }

    /// "1. May" and "- so" would begin a list.
    private static func numbered(_ text: String) -> String {
        let digits = text.prefix { $0.isNumber }
        let rest = text.dropFirst(digits.count)
        if !digits.isEmpty, let sign = rest.first, sign == "." || sign == ")" {
            return "\(digits)\\\(rest)"
        }
        guard let first = text.first, first == "-" || first == "+" || first == "=" else {
            return text
        }
        return "\\" + text
    }
}

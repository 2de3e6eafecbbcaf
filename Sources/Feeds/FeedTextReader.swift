import Foundation
import MarkupReader
import WHATWGURL

/// Reads the texts of feeds, which are plain, escaped, inline or in base64.
struct FeedTextReader: Sendable {
    let context: FeedContext

    /// Types that hold text though their names do not say so.
    private static let plainTypes: Set<String> = ["", "text", "text/plain", "plain"]

    /// The text of an element; `nil` when it is empty.
    ///
    /// - Parameters:
    ///   - element: the element.
    ///   - usual: how it is read when it does not say.
    /// - Returns: the text with its language and base.
    func text(_ element: MarkupElement, usual: FeedText.Kind) -> FeedText? {
        let inside = context.entering(element)
        let type = (element.attribute("type") ?? "").lowercased().feedTrimmed
        let mode = element.attribute("mode")?.lowercased()
        var (value, kind) = read(element, type: type, mode: mode, usual: usual)
        let source = element.attribute("src").flatMap(inside.address)
        value = value.feedTrimmed
        guard !value.isEmpty || source != nil else { return nil }
        // Titles of RSS and of those who write Atom like RSS are said to be plain and are HTML.
        let isDoubtful = kind == .plain && usual == .plain && type.isEmpty
        if isDoubtful, FeedText.looksLikeHTML(value) { kind = .html }
        return FeedText(
            value: value,
            kind: kind,
            language: inside.language,
            base: inside.base?.href,
            source: source
        )
    }

    private func read(
        _ element: MarkupElement,
        type: String,
        mode: String?,
        usual: FeedText.Kind
    ) -> (String, FeedText.Kind) {
        let kind = kind(type: type, usual: usual)
        let isBinary = mode == nil && !isTextual(type)
        if mode == "base64" || isBinary, let decoded = Self.decoded(element.text) {
            return (decoded, kind)
        }
        guard mode != "escaped", !element.elements.isEmpty || kind == .xhtml else {
            return (element.text, kind)
        }
        let isDivOutside = context.format == .atom10 || context.format == .atom
        let markup = FeedMarkup.markup(inside: element, dropsOuterDiv: isDivOutside)
        return (markup, kind == .plain ? .html : kind)
    }

    private func kind(type: String, usual: FeedText.Kind) -> FeedText.Kind {
        if type.isEmpty { return usual }
        if Self.plainTypes.contains(type) { return .plain }
        if type == "xhtml" || type.hasPrefix("application/xhtml") { return .xhtml }
        return .html
    }

    private func isTextual(_ type: String) -> Bool {
        Self.plainTypes.contains(type) || type == "html" || type == "xhtml"
            || type.hasPrefix("text/") || type.hasSuffix("+xml") || type.hasSuffix("/xml")
    }

    private static func decoded(_ text: String) -> String? {
        guard let data = Data(base64Encoded: text, options: .ignoreUnknownCharacters) else {
            return nil
        }
        return String(data: data, encoding: .utf8)
    }
}

/// Elements of a feed as markup again.
enum FeedMarkup {
    /// What is inside of an element, without prefixes, whose names HTML does not know.
    static func markup(inside element: MarkupElement, dropsOuterDiv: Bool) -> String {
        var text = ""
        let elements = element.elements
        let outer = elements.count == 1 ? elements.first : nil
        if dropsOuterDiv, let outer, outer.name.local == "div" {
            append(outer.children, to: &text)
        } else {
            append(element.children, to: &text)
        }
        return text
    }

    private static let void: Set<String> = [
        "area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr",
    ]

    // Depth is bounded by `MarkupLimits.depthMax`.
    private static func append(_ children: [MarkupElement.Child], to text: inout String) {
        for child in children {
            switch child {
            case .text(let piece): text += escaped(piece)
            case .element(let element):
                text += "<" + element.name.local
                for attribute in element.attributes where attribute.name.prefix != "xmlns" {
                    let value = escaped(attribute.value).replacing("\"", with: "&quot;")
                    text += " \(attribute.name.qualified)=\"\(value)\""
                }
                guard !void.contains(element.name.local) else {
                    text += " />"
                    continue
                }
                text += ">"
                append(element.children, to: &text)
                text += "</\(element.name.local)>"
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;")
    }
}

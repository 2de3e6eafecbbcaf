import HTMLDocument
import HTMLPath
import WHATWGURL

/// A text of a feed: plain, or markup.
package struct FeedText: Sendable, Hashable {
    /// How the text is to be read.
    package enum Kind: String, Sendable {
        /// As it stands.
        case plain = "text/plain"
        /// As HTML.
        case html = "text/html"
        /// As XHTML that stood in the feed as elements.
        case xhtml = "application/xhtml+xml"
    }

    /// The text as it stands in the feed, references of XML undone.
    package let value: String
    /// How it is to be read.
    package let kind: Kind
    /// BCP 47 as far as it goes.
    package internal(set) var language: String?
    /// What relative addresses in it are relative to.
    package internal(set) var base: String?
    /// Where the text is, when it is not in the feed.
    package internal(set) var source: String?

    /// Attributes that hold addresses.
    private static let addressNames: Set<String> = [
        "href", "src", "cite", "action", "longdesc", "poster", "data", "background", "srcset",
    ]

    /// The text as markup, with absolute addresses where a base is known.
    package var markup: String {
        guard kind != .plain else {
            return value.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        }
        guard let base = base.flatMap({ WebURL($0) }), value.contains("<") else { return value }
        let document = HTMLDocument(parsingFragment: Array(value.utf8))
        guard let root = document.documentElement else { return value }
        let bytes = document.markup(of: Array(document.children(of: root))) { attribute in
            guard Self.addressNames.contains(attribute.name), attribute.name != "srcset" else {
                return attribute.value
            }
            return WebURL(attribute.value, base: base)?.href ?? attribute.value
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The text as a reader sees it: no markup, single spaces.
    package var text: String {
        guard kind != .plain, value.utf8.contains(where: { "<&".utf8.contains($0) }) else {
            return Self.singleSpaced(value)
        }
        let document = HTMLDocument(parsingFragment: Array(value.utf8))
        guard let root = document.documentElement else { return "" }
        var text = ""
        var skipped: NodeID?
        for node in document.descendants(of: root) {
            if let hidden = skipped {
                // What is below a script is its text alone.
                if document.parent(of: node) == hidden { continue }
                skipped = nil
            }
            switch document.kind(of: node) {
            case .text: text += document.text(of: node)
            case .element:
                let tag = document.tag(of: node)
                if tag == .script || tag == .style { skipped = node }
                if !Self.inline.contains(tag) { text += " " }
            default: break
            }
        }
        return Self.singleSpaced(text)
    }

    /// Elements that do not part words.
    private static let inline: Set<Tag> = [
        .a, .abbr, .b, .cite, .code, .em, .font, .i, .mark, .q, .s, .small, .span, .strong, .sub,
        .sup, .u,
    ]

    /// Text with one space for each run of white space and none around it.
    private static func singleSpaced(_ text: String) -> String {
        var output = String.UnicodeScalarView()
        var isAfterSpace = false
        for scalar in text.unicodeScalars {
            if isSpace(scalar) {
                isAfterSpace = true
                continue
            }
            if isAfterSpace, !output.isEmpty { output.append(" ") }
            isAfterSpace = false
            output.append(scalar)
        }
        return String(output)
    }

    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x20, 0x85, 0xA0: true
        // All other white space of Unicode is in here.
        case 0x1680...0x3000: scalar.properties.isWhitespace
        default: false
        }
    }

    /// Whether a text that should be plain is HTML all the same: it has an end tag, an element
    /// without content or a reference. `AT&amp;T` and `<b>a</b>` are, `2 > 1` and `a < b` are not.
    static func looksLikeHTML(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        var index = 0
        while let place = utf8[index...].firstIndex(where: { "<&".utf8.contains($0) }) {
            let rest = utf8[(place + 1)...]
            if utf8[place] == UInt8(ascii: "&") {
                let name = rest.prefix(32).prefix { $0 != UInt8(ascii: ";") && $0 > 0x20 }
                let isClosed = rest.dropFirst(name.count).first == UInt8(ascii: ";")
                if isClosed, name.first == UInt8(ascii: "#") || isCharacter(name) { return true }
            } else {
                let tag = rest.prefix(64).prefix { $0 != UInt8(ascii: ">") }
                let isClosed = rest.dropFirst(tag.count).first == UInt8(ascii: ">")
                if isClosed, tag.first == UInt8(ascii: "/") || tag.last == UInt8(ascii: "/") {
                    return true
                }
                if isClosed, ["br", "p", "img"].contains(String(decoding: tag, as: UTF8.self)) {
                    return true
                }
            }
            index = place + 1
        }
        return false
    }

    private static func isCharacter(_ name: ArraySlice<UInt8>) -> Bool {
        TextEncoding.text(ofCharacterNamed: name) != nil
    }
}

import HTMLDocument
import WirecopyParse

/// A page without the landmarks that sites put around their text: one paragraph after the other.
///
/// Small sites, old ones and pages that programs wrote again have no element, class or structured
/// data that tells an article from the appeals, teasers and lists around it; corpora hardly have
/// such pages. What is left are the words, the links, and what stands before and behind.
struct FlatPage: TreeWalk {
    let document: HTMLDocument
    private var body: [UInt8] = []
    /// Bytes of `body` behind the last paragraph that is done.
    private var paragraphStart = 0
    private var hasText = false
    private var linkDepth = 0
    private var headingDepth = 0

    /// Bytes of a page's title that are kept.
    private static let titleBytesMax = 1_000

    /// Takes a page's landmarks away.
    init(html: [UInt8]) {
        document = HTMLDocument(parsing: html)
        if let start = document.body { walk(start) }
        endParagraph()
    }

    /// The page: its title, and its body as paragraphs.
    var html: [UInt8] {
        var html = Array("<html><head><meta charset=\"utf-8\"><title>".utf8)
        if let title = document.descendants(of: document.root).first(where: isTitle) {
            var text: [UInt8] = []
            document.appendTextContent(of: title, to: &text)
            Self.append(text.prefix(Self.titleBytesMax), to: &html)
        }
        return html + Array("</title></head><body>\n".utf8) + body + Array("</body></html>".utf8)
    }

    private func isTitle(_ node: NodeID) -> Bool { document.htmlTag(of: node) == .title }

    /// Takes a node in; false when nothing below it is shown.
    mutating func enter(_ node: NodeID) -> Bool {
        switch document.kind(of: node) {
        case .text:
            let bytes = document.textBytes(of: node)
            hasText = hasText || bytes.contains { $0 > 0x20 }
            Self.append(bytes, to: &body)
            return false
        case .element: break
        default: return false
        }
        guard let tag = document.htmlTag(of: node), !CopiedPage.isUnseen(tag),
            !CopiedPage.isHidden(node, in: document)
        else { return false }
        switch tag {
        case .br:
            body += Array("<br>".utf8)
        case .a:
            linkDepth += 1
            body += Array("<a href=\"#\">".utf8)
        default:
            guard CopiedPage.margin(of: tag) != nil else { return true }
            endParagraph()
            if tag == .h1 { headingDepth += 1 }
        }
        return true
    }

    mutating func leave(_ node: NodeID) {
        guard let tag = document.htmlTag(of: node), !CopiedPage.isUnseen(tag),
            !CopiedPage.isHidden(node, in: document)
        else { return }
        if tag == .a {
            linkDepth -= 1
            body += Array("</a>".utf8)
        } else if CopiedPage.margin(of: tag) != nil {
            endParagraph()
            if tag == .h1 { headingDepth -= 1 }
        }
    }

    /// Puts what came since the last one into an element of its own; a link may go on behind it.
    private mutating func endParagraph() {
        let text = Array(body[paragraphStart...])
        body.removeSubrange(paragraphStart...)
        if hasText {
            let tag = headingDepth > 0 ? "h1" : "p"
            body += Array("<\(tag)>".utf8) + text
            if linkDepth > 0 { body += Array("</a>".utf8) }
            body += Array("</\(tag)>\n".utf8)
        }
        paragraphStart = body.count
        hasText = false
        if linkDepth > 0 { body += Array("<a href=\"#\">".utf8) }
    }

    private static func append(_ text: ArraySlice<UInt8>, to html: inout [UInt8]) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): html += Array("&lt;".utf8)
            case UInt8(ascii: "&"): html += Array("&amp;".utf8)
            default: html.append(byte)
            }
        }
    }
}

import HTMLDocument
import WirecopyParse

/// A page as a person gets it who selects all of it and copies: its lines of text without markup.
///
/// The rules are those of `innerText` (HTML standard, "the rendered text collection steps"), as far
/// as a page tells them without its style sheets: each block begins a line, paragraphs stand
/// between empty lines, cells of a row between tabs. What only style sheets hide is shown.
struct CopiedPage: TreeWalk {
    /// Without trailing spaces; empty lines stand around paragraphs.
    private(set) var lines: [String] = []

    let document: HTMLDocument
    private var text: [UInt8] = []
    private var emptyLines = 0
    private var preDepth = 0

    /// Lines of a page; a longer page is cut.
    private static let linesMax = 20_000

    /// Copies a page of HTML.
    init(html: [UInt8]) {
        document = HTMLDocument(parsing: html)
        if let body = document.body { walk(body) }
        breakLine(emptyLines: 0)
    }

    /// The lines without those that are empty: how many programs hand on what was copied.
    var tightLines: [String] { lines.filter { !$0.isEmpty } }

    /// Takes a node in; false when nothing below it is shown.
    mutating func enter(_ node: NodeID) -> Bool {
        switch document.kind(of: node) {
        case .text:
            append(document.textBytes(of: node))
            return false
        case .element: break
        default: return false
        }
        let tag = document.tag(of: node)
        guard document.namespace(of: node) == .html, !Self.isUnseen(tag), !isHidden(node) else {
            return false
        }
        if tag == .br { breakLine(emptyLines: 0, always: true) }
        if tag == .pre { preDepth += 1 }
        if let margin = Self.margin(of: tag) { breakLine(emptyLines: margin) }
        return true
    }

    mutating func leave(_ node: NodeID) {
        guard document.kind(of: node) == .element, document.namespace(of: node) == .html else {
            return
        }
        let tag = document.tag(of: node)
        guard !Self.isUnseen(tag), !isHidden(node) else { return }
        if tag == .pre { preDepth -= 1 }
        if tag == .td || tag == .th { text.append(0x09) }
        if let margin = Self.margin(of: tag) { breakLine(emptyLines: margin) }
    }

    private func isHidden(_ node: NodeID) -> Bool { Self.isHidden(node, in: document) }

    /// Whether an element says itself that readers do not see it.
    static func isHidden(_ node: NodeID, in document: HTMLDocument) -> Bool {
        if document.hasAttribute("hidden", of: node) { return true }
        let style = document.attributeBytes("style", of: node) ?? []
        guard style.count < 400 else { return false }
        let folded = String(decoding: style.filter { $0 > 0x20 }, as: UTF8.self).lowercased()
        return folded.contains("display:none") || folded.contains("visibility:hidden")
    }

    // MARK: - Lines

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        for byte in bytes {
            if preDepth > 0, byte == 0x0A {
                breakLine(emptyLines: 0, always: true)
            } else if byte <= 0x20 {
                if let last = text.last, last > 0x20 { text.append(0x20) }
            } else {
                text.append(byte)
            }
        }
    }

    /// Ends the line; some empty ones stand before the next.
    private mutating func breakLine(emptyLines: Int, always: Bool = false) {
        while let last = text.last, last <= 0x20 { text.removeLast() }
        if !text.isEmpty || (always && !lines.isEmpty) {
            guard lines.count < Self.linesMax else { return text.removeAll() }
            if self.emptyLines > 0, !lines.isEmpty, lines.last?.isEmpty == false {
                lines.append("")
            }
            self.emptyLines = 0
            lines.append(String(decoding: text, as: UTF8.self))
            text.removeAll(keepingCapacity: true)
        }
        self.emptyLines = max(self.emptyLines, emptyLines)
    }

    // MARK: - Elements

    /// Whether nothing of an element is shown as text.
    static func isUnseen(_ tag: Tag) -> Bool {
        switch tag {
        case .script, .style, .noscript, .template, .iframe, .object, .embed, .video, .audio,
            .canvas, .select, .option, .input, .textarea, .map, .head, .title, .datalist,
            .progress, .meter, .noembed, .noframes, .applet, .rp:
            true
        default: false
        }
    }

    /// Empty lines around an element; `nil` for one that stands in a line.
    static func margin(of tag: Tag) -> Int? {
        switch tag {
        case .p: 1
        case .address, .article, .aside, .blockquote, .body, .caption, .center, .dd, .details,
            .dialog, .dir, .div, .dl, .dt, .fieldset, .figcaption, .figure, .footer, .form, .h1,
            .h2, .h3, .h4, .h5, .h6, .header, .hgroup, .hr, .legend, .li, .listing, .main, .menu,
            .nav, .ol, .optgroup, .pre, .section, .summary, .table, .tbody, .tfoot, .thead, .tr,
            .ul:
            0
        default: nil
        }
    }
}

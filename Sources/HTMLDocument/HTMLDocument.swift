/// A parsed page: a tree of nodes in flat arrays, with all text in one buffer.
///
/// Parsing follows the WHATWG HTML standard with scripting disabled and never fails: any sequence
/// of bytes gives a tree, in time and space proportional to its length and bounded by
/// `ParseLimits`. A document is immutable. It is a class only so that passing it around costs one
/// reference count; two documents share nothing.
package final class HTMLDocument: Sendable {
    /// The encoding the page was decoded from.
    package let sourceEncoding: TextEncoding
    /// What keeps the tree from being the whole page, each at most once, in order of appearance.
    package let warnings: [ParseWarning]
    /// Whether the page asked, by its document type or for want of one, for quirks mode.
    package let isInQuirksMode: Bool

    let nodes: [Node]
    let text: TextStore
    let attributes: [Attribute]
    let customNames: CustomNames
    let templateContents: [NodeID: NodeID]
    let doctype: Doctype?

    /// Parses a whole page.
    ///
    /// - Parameters:
    ///   - bytes: The page as received, in any encoding.
    ///   - encoding: What the transport says of the encoding; only a byte order mark outranks it.
    ///   - believesContent: Whether a page in UTF-8 beyond ASCII is that, whatever it declares,
    ///     unless the transport says otherwise. Saved pages are often converted to UTF-8 and keep a
    ///     declaration of what they were; text in another encoding that is valid UTF-8 beyond ASCII
    ///     does not occur.
    ///   - limits: What the page may cost.
    package convenience init(
        parsing bytes: [UInt8],
        encoding: TextEncoding? = nil,
        believesContent: Bool = false,
        limits: ParseLimits = .default
    ) {
        var parser = PageParser(limits: limits)
        parser.believesContent = believesContent
        self.init(parser.parse(bytes, transportEncoding: encoding))
    }

    /// Parses a piece of UTF-8 markup as if it stood inside an element, as `innerHTML` does.
    ///
    /// The nodes become children of `documentElement`.
    package convenience init(
        parsingFragment bytes: [UInt8],
        inside context: Tag = .body,
        limits: ParseLimits = .default
    ) {
        let element = FragmentContext(name: context.name, namespace: .html)
        self.init(PageParser(limits: limits).parseFragment(bytes, context: element))
    }

    init(_ parsed: ParsedPage) {
        sourceEncoding = parsed.encoding
        warnings = parsed.warnings
        isInQuirksMode = parsed.isInQuirksMode
        nodes = parsed.tree.nodes
        templateContents = parsed.tree.templateContents
        text = parsed.text
        attributes = parsed.attributes
        customNames = parsed.customNames
        doctype = parsed.doctype
    }

    // MARK: - Landmarks

    /// The document node, the root of the tree.
    package var root: NodeID { NodeTree.root }

    /// The `html` element; every parsed page has one unless a limit prevented it.
    package var documentElement: NodeID? {
        children(of: root).first { kind(of: $0) == .element }
    }

    /// The `head` element.
    package var head: NodeID? {
        documentElement.flatMap { child(of: $0, where: .head) }
    }

    /// The `body` element, or `frameset` in its place.
    package var body: NodeID? {
        documentElement.flatMap { child(of: $0, where: .body) ?? child(of: $0, where: .frameset) }
    }

    /// Nodes in the document, contents of templates and detached nodes included.
    package var nodeCount: Int { nodes.count }

    private func child(of parent: NodeID, where tag: Tag) -> NodeID? {
        children(of: parent).first { self.tag(of: $0) == tag }
    }

    func node(_ id: NodeID) -> Node {
        nodes[Int(id.index)]
    }
}

/// What a node is.
package enum NodeKind: UInt8, Sendable {
    /// The root of every document.
    case document
    /// The document type declaration; at most one, a child of the document.
    case doctype
    /// An element with a name, attributes and children.
    case element
    /// A run of text; never empty.
    case text
    /// A comment.
    case comment
    /// The inert contents of a `template` element; a root of its own without a parent.
    case fragment
}

/// The vocabulary an element belongs to.
package enum Namespace: UInt8, Sendable {
    /// HTML, which nearly every element is.
    case html
    /// SVG, inside an `svg` element.
    case svg
    /// MathML, inside a `math` element.
    case mathML
}

/// One entry of the arena. Links are indices into the same array.
///
/// `content` is the text of text nodes and comments, as a range of the text store, and the
/// attributes of elements, as a range of the attribute array.
struct Node: Sendable {
    let kind: NodeKind
    var namespace = Namespace.html
    var name = ElementName(tag: .other, customIndex: 0)
    var parent = NodeID.none
    var firstChild = NodeID.none
    var lastChild = NodeID.none
    var previousSibling = NodeID.none
    var nextSibling = NodeID.none
    var content = TextRange(start: 0, end: 0)
    /// How far the text may grow in place; see `NodeTree.append(_:toText:)`.
    var contentCapacityEnd: UInt32 = 0

    init(kind: NodeKind) {
        self.kind = kind
    }
}

/// The parts of a document type declaration.
struct Doctype: Sendable {
    var name: [UInt8]?
    var publicID: [UInt8]?
    var systemID: [UInt8]?
    var forcesQuirks = false
}

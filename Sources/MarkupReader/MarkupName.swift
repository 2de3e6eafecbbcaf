/// A name in the namespaces of XML.
package struct MarkupName: Sendable, Hashable {
    /// Address of the namespace; empty for none.
    package let namespace: String
    /// What stands in front of the colon; empty for none.
    package let prefix: String
    /// The name without prefix, as it is written.
    package let local: String

    /// Makes a name.
    package init(namespace: String = "", prefix: String = "", local: String) {
        self.namespace = namespace
        self.prefix = prefix
        self.local = local
    }

    /// The name as it is written.
    package var qualified: String { prefix.isEmpty ? local : prefix + ":" + local }
}

/// An attribute, its value without references.
package struct MarkupAttribute: Sendable, Hashable {
    /// The name; attributes without prefix are in no namespace.
    package let name: MarkupName
    /// The value.
    package let value: String

    /// Makes an attribute.
    package init(_ name: MarkupName, _ value: String) {
        self.name = name
        self.value = value
    }
}

/// What comes next in a document.
package enum MarkupEvent: Sendable, Hashable {
    /// A start tag. Each is followed by its end, an empty element's at once.
    case start(MarkupName, [MarkupAttribute])
    /// The end of the innermost open element, written or concluded.
    case end(MarkupName)
    /// Text, references undone; neighbours are not joined.
    case text(String)
}

/// What a document may cost.
package enum MarkupLimits {
    /// Elements inside of each other; deeper ones are passed over with their content kept. Feeds
    /// have some ten, pages inside of feeds some fifty.
    package static let depthMax = 200
    /// Attributes of one element; more are passed over. Media elements of feeds have about fifteen.
    package static let attributesMax = 100
    /// Entities that a document declares itself; more are passed over.
    package static let entitiesMax = 100
    /// Bytes of one entity's text; longer ones are not known.
    package static let entityMaxBytes = 4096
    /// Bytes that entities of the document may stand for in all: a small document stays small.
    package static let entityTextMaxBytes = 1 << 20
}

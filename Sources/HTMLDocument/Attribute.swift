/// An attribute as a document stores it: name and value are ranges of its text.
struct Attribute: Sendable {
    /// Hash of the name's bytes, compared before the bytes are.
    var nameHash: UInt32
    var name: TextRange
    var value: TextRange
    var prefix: AttributePrefix = .none
}

/// The namespace of the few attributes of SVG and MathML that have one.
enum AttributePrefix: UInt8, Sendable {
    case none, xlink, xml, xmlns
}

/// Hash of attribute and element names (FNV-1a). Not proof against chosen collisions: wherever it
/// is used, a collision costs one comparison of bytes among a bounded number of names.
struct NameHash {
    private(set) var value: UInt32 = 2_166_136_261

    @inline(__always)
    mutating func add(_ byte: UInt8) {
        value = (value ^ UInt32(byte)) &* 16_777_619
    }

    static func of(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var hash = NameHash()
        for byte in bytes {
            hash.add(byte)
        }
        return hash.value
    }
}

/// The name of an attribute as look-ups compare it; made once, a look-up compares numbers.
package struct AttributeName: Sendable {
    let bytes: [UInt8]
    let hash: UInt32

    /// Takes a name in lower case, as HTML attributes have it.
    package init(_ name: String) {
        bytes = Array(name.utf8)
        hash = NameHash.of(bytes)
    }
}

/// An attribute as the package sees it.
package struct HTMLAttribute: Sendable, Equatable {
    /// Lower-case name; SVG and MathML names in their own spelling, `xlink:href` as `href`.
    package let name: String
    /// Value with character references resolved; empty if there was none.
    package let value: String
}

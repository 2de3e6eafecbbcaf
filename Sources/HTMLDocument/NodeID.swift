/// The address of one node in the document that made it; meaningless in any other document.
package struct NodeID: Hashable, Sendable {
    /// Index into the document's node array.
    let index: UInt32

    /// Stands for "no node" inside the arena; the package sees `nil` instead.
    static var none: NodeID { NodeID(index: .max) }

    var isNone: Bool { index == .max }

    /// The same address as the package sees it.
    var asOptional: NodeID? { isNone ? nil : self }
}

package import HTMLDocument

/// Walks a part of a page's tree in document order; depth never costs stack.
package protocol TreeWalk {
    /// The page.
    var document: HTMLDocument { get }

    /// Takes a node in; false when what is below it does not count.
    mutating func enter(_ node: NodeID) -> Bool

    /// Takes leave of a node, behind what is below it.
    mutating func leave(_ node: NodeID)
}

extension TreeWalk {
    /// Enters and leaves each node below `start`, which itself is neither entered nor left.
    package mutating func walk(_ start: NodeID) {
        var next = document.firstChild(of: start)
        var current = start
        while true {
            if let node = next {
                current = node
                next = enter(node) ? document.firstChild(of: node) : nil
                if next != nil { continue }
                leave(node)
            } else {
                guard current != start, let parent = document.parent(of: current),
                    parent != start
                else { return }
                current = parent
                leave(parent)
            }
            next = document.nextSibling(of: current)
        }
    }
}

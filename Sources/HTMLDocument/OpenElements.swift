/// The stack of open elements (WHATWG HTML, 13.2.4.2), outermost first.
///
/// Its height is bounded by `ParseLimits.depth`, so every search ends soon; counts by tag answer
/// most questions for elements that are not open without a search.
struct OpenElements {
    struct Entry {
        var node: NodeID
        var name: ElementName
        /// The name as the tag wrote it, which for SVG can differ from the element's.
        var tagName: ElementName
        var namespace: Namespace
        var traits: TagTraits

        var tag: Tag { name.tag }

        func isHTML(_ tag: Tag) -> Bool { name.tag == tag && namespace == .html }
    }

    private(set) var entries: [Entry] = []
    private var counts = [UInt16](repeating: 0, count: Tag.allCases.count)
    let htmlTraits = TagTraits.ofHTML

    var count: Int { entries.count }
    var isEmpty: Bool { entries.isEmpty }

    /// The innermost open element. The `html` element is never popped while tokens are read.
    var current: Entry? { entries.last }

    @inline(__always)
    func currentIs(_ tag: Tag) -> Bool {
        entries.last?.isHTML(tag) ?? false
    }

    // MARK: - Changes

    mutating func push(_ entry: Entry) {
        entries.append(entry)
        counts[Int(entry.tag.rawValue)] += 1
    }

    @discardableResult
    mutating func pop() -> Entry? {
        guard let entry = entries.popLast() else { return nil }
        counts[Int(entry.tag.rawValue)] -= 1
        return entry
    }

    mutating func remove(at index: Int) {
        let entry = entries.remove(at: index)
        counts[Int(entry.tag.rawValue)] -= 1
    }

    mutating func remove(_ node: NodeID) {
        if let index = index(of: node) {
            remove(at: index)
        }
    }

    mutating func insert(_ entry: Entry, at index: Int) {
        entries.insert(entry, at: index)
        counts[Int(entry.tag.rawValue)] += 1
    }

    mutating func replaceNode(at index: Int, with node: NodeID) {
        entries[index].node = node
    }

    /// Pops until `count` elements are left.
    mutating func pop(downTo count: Int) {
        while entries.count > count {
            pop()
        }
    }

    /// Pops until an HTML element with this name has been popped; all but the root without one.
    mutating func popThrough(_ tag: Tag) {
        while entries.count > 1, let entry = pop() {
            if entry.isHTML(tag) {
                return
            }
        }
    }

    mutating func popThroughHeading() {
        while entries.count > 1, let entry = pop() {
            if entry.namespace == .html, entry.traits.contains(.heading) {
                return
            }
        }
    }

    /// Pops until the current node is an HTML element with one of these names.
    mutating func popBack(to tags: [Tag]) {
        while entries.count > 1, let entry = entries.last {
            if entry.namespace == .html, tags.contains(entry.tag) {
                return
            }
            pop()
        }
    }

    /// Pops elements whose end tags the standard implies.
    mutating func generateImpliedEndTags(except tag: Tag = .other, thoroughly: Bool = false) {
        let trait: TagTraits = thoroughly ? .thoroughlyImpliedEnd : .impliedEnd
        while let entry = entries.last, entry.traits.contains(trait), !entry.isHTML(tag) {
            pop()
        }
    }

    // MARK: - Questions

    func index(of node: NodeID) -> Int? {
        entries.lastIndex { $0.node == node }
    }

    func contains(_ node: NodeID) -> Bool {
        index(of: node) != nil
    }

    /// Whether an element with this tag is open, in any namespace.
    @inline(__always)
    func mayContain(_ tag: Tag) -> Bool {
        counts[Int(tag.rawValue)] > 0
    }

    func containsHTML(_ tag: Tag) -> Bool {
        mayContain(tag) && entries.contains { $0.isHTML(tag) }
    }

    func lastIndex(ofHTML tag: Tag) -> Int? {
        mayContain(tag) ? entries.lastIndex { $0.isHTML(tag) } : nil
    }

    /// What ends a search for an open element.
    enum Scope {
        case element, listItem, button, table
    }

    func hasInScope(_ tag: Tag, _ scope: Scope = .element) -> Bool {
        guard mayContain(tag) else { return false }
        for entry in entries.reversed() {
            if entry.isHTML(tag) {
                return true
            }
            if ends(scope, at: entry) {
                return false
            }
        }
        return false
    }

    func hasInScope(node: NodeID) -> Bool {
        for entry in entries.reversed() {
            if entry.node == node {
                return true
            }
            if ends(.element, at: entry) {
                return false
            }
        }
        return false
    }

    func hasHeadingInScope() -> Bool {
        for entry in entries.reversed() {
            if entry.traits.contains(.heading) {
                return true
            }
            if ends(.element, at: entry) {
                return false
            }
        }
        return false
    }

    private func ends(_ scope: Scope, at entry: Entry) -> Bool {
        switch scope {
        case .element:
            entry.traits.contains(.scope)
        case .listItem:
            entry.traits.contains(.scope) || entry.isHTML(.ol) || entry.isHTML(.ul)
        case .button:
            entry.traits.contains(.scope) || entry.isHTML(.button)
        case .table:
            entry.isHTML(.html) || entry.isHTML(.table) || entry.isHTML(.template)
        }
    }
}

/// The list of active formatting elements (WHATWG HTML, 13.2.4.3), oldest first.
///
/// The standard sets no bound; here the oldest element is forgotten when the list is as long as the
/// stack of open elements may be high.
struct ActiveFormattingElements {
    struct Entry {
        /// `.none` for a marker.
        var node: NodeID
        var token: TagToken
        /// Hash of the attributes that does not depend on their order; made when first needed.
        var attributesHash: Int?

        var isMarker: Bool { node.isNone }
    }

    /// "Noah's Ark": as many equal elements may be in the list after the last marker.
    private static let equalElementsMax = 3

    private(set) var entries: [Entry] = []
    let limit: Int

    init(limit: Int) {
        self.limit = limit
    }

    var isEmpty: Bool { entries.isEmpty }
    var last: Entry? { entries.last }

    mutating func pushMarker() {
        makeRoom()
        let nothing = TagToken(name: ElementName(.other))
        entries.append(Entry(node: .none, token: nothing))
    }

    /// Adds an element; removes the oldest of three equal ones.
    mutating func push(
        _ element: Entry,
        hash: (TagToken) -> Int,
        isEqual: (Entry, Entry) -> Bool
    ) {
        var element = element
        var equalCount = 0
        var oldest: Int?
        for index in entries.indices.reversed() {
            if entries[index].isMarker {
                break
            }
            guard entries[index].token.name == element.token.name else { continue }
            let otherHash = entries[index].attributesHash ?? hash(entries[index].token)
            entries[index].attributesHash = otherHash
            let elementHash = element.attributesHash ?? hash(element.token)
            element.attributesHash = elementHash
            if otherHash == elementHash, isEqual(entries[index], element) {
                equalCount += 1
                oldest = index
            }
        }
        if equalCount >= Self.equalElementsMax, let oldest {
            entries.remove(at: oldest)
        }
        makeRoom()
        entries.append(element)
    }

    private mutating func makeRoom() {
        if entries.count >= limit {
            entries.removeFirst()
        }
    }

    mutating func clearToLastMarker() {
        while let entry = entries.popLast(), !entry.isMarker {}
    }

    mutating func remove(_ node: NodeID) {
        if let index = index(of: node) {
            entries.remove(at: index)
        }
    }

    mutating func remove(at index: Int) {
        entries.remove(at: index)
    }

    mutating func insert(_ entry: Entry, at index: Int) {
        entries.insert(entry, at: min(index, entries.count))
    }

    mutating func replaceNode(at index: Int, with node: NodeID) {
        entries[index].node = node
    }

    func index(of node: NodeID) -> Int? {
        entries.lastIndex { $0.node == node }
    }

    /// The youngest element with this name after the last marker.
    func lastIndex(of tag: Tag) -> Int? {
        for index in entries.indices.reversed() {
            if entries[index].isMarker {
                return nil
            }
            if entries[index].token.tag == tag {
                return index
            }
        }
        return nil
    }
}

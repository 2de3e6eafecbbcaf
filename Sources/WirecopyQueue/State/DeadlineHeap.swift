/// A binary min-heap of places, or of lanes, by rank; for deadlines the rank is the instant in
/// milliseconds.
///
/// Entries are never removed in the middle: the owner checks on taking one whether it still holds.
struct DeadlineHeap: Sendable {
    /// A rank and the message or lane that it belongs to.
    struct Element: Sendable, Equatable {
        let rank: Int
        let position: Int

        static func < (left: Element, right: Element) -> Bool {
            (left.rank, left.position) < (right.rank, right.position)
        }
    }

    private var elements: [Element] = []

    /// The element of the lowest rank.
    var first: Element? { elements.first }

    /// Adds an element in O(log n).
    mutating func insert(rank: Int, position: Int) {
        elements.append(Element(rank: rank, position: position))
        var child = elements.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard elements[child] < elements[parent] else { return }
            elements.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the element of the lowest rank in O(log n).
    mutating func removeFirst() -> Element? {
        guard let last = elements.popLast() else { return nil }
        guard let first = elements.first else { return last }
        elements[0] = last
        sink()
        return first
    }

    private mutating func sink() {
        var parent = 0
        while true {
            var least = 2 * parent + 1
            guard least < elements.count else { return }
            if least + 1 < elements.count, elements[least + 1] < elements[least] { least += 1 }
            guard elements[least] < elements[parent] else { return }
            elements.swapAt(least, parent)
            parent = least
        }
    }
}

import WirecopyMessages

/// What one transaction of the index changes about pages, so that each page is written once.
struct PageBatch {
    /// The first message of a page.
    struct Entry {
        let root: MessageID
        let subject: String
        let lane: Int
        let at: Instant
    }

    /// How a page's way stands.
    enum End {
        /// As it was.
        case unchanged
        /// It goes on.
        case inFlight
        /// It ended.
        case ended(EndRecord, at: Instant)
    }

    /// One page.
    struct Change {
        let position: Int
        /// Set for a page that enters in this transaction.
        var entry: Entry?
        var end = End.unchanged
        /// By how many its open messages grew.
        var opened = 0
        /// Places of further messages, ascending.
        var steps: [Int] = []
    }

    private(set) var changes: [Change] = []
    private var firstPosition = 0
    /// Places in `changes` of pages that entered since `firstPosition`, or -1.
    private var recent: [Int32] = []
    private var older: [Int: Int] = [:]

    /// Begins a transaction behind these messages.
    mutating func begin(at nextPosition: Int) {
        changes.removeAll(keepingCapacity: true)
        recent.removeAll(keepingCapacity: true)
        older.removeAll(keepingCapacity: true)
        firstPosition = nextPosition
    }

    mutating func enter(_ position: Int, _ entry: Entry) {
        let index = slot(of: position)
        changes[index].entry = entry
    }

    mutating func addStep(_ position: Int, to page: Int) {
        let index = slot(of: page)
        changes[index].steps.append(position)
    }

    mutating func opened(_ page: Int, _ count: Int) {
        let index = slot(of: page)
        changes[index].opened += count
    }

    mutating func setEnd(_ page: Int, _ end: End) {
        let index = slot(of: page)
        changes[index].end = end
    }

    private mutating func slot(of page: Int) -> Int {
        guard page >= firstPosition else {
            if let index = older[page] { return index }
            older[page] = changes.count
            changes.append(Change(position: page))
            return changes.count - 1
        }
        let offset = page - firstPosition
        while recent.count <= offset { recent.append(-1) }
        if recent[offset] >= 0 { return Int(recent[offset]) }
        recent[offset] = Int32(changes.count)
        changes.append(Change(position: page))
        return changes.count - 1
    }
}

/// Places of a page's messages behind its first, as the index holds them: the distance of each
/// from the one before, seven bits a byte, least significant first, the eighth for "goes on".
struct PageSteps {
    /// A page that is replayed daily for a year has fewer steps; older ones are forgotten.
    static let stepsMax = 2000

    private(set) var positions: [Int]
    private let page: Int

    init(page: Int, _ bytes: [UInt8] = []) {
        self.page = page
        var positions: [Int] = []
        var (last, value, shift) = (page, 0, 0)
        for byte in bytes {
            value |= Int(byte & 127) << shift
            shift = min(shift + 7, 56)
            guard byte < 128 else { continue }
            last += value
            positions.append(last)
            (value, shift) = (0, 0)
        }
        self.positions = positions
    }

    mutating func append(_ steps: [Int]) {
        positions += steps
        if positions.count > Self.stepsMax {
            positions.removeFirst(positions.count - Self.stepsMax)
        }
    }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        var last = page
        for position in positions {
            var value = position - last
            while value > 127 {
                bytes.append(UInt8(truncatingIfNeeded: value & 127 | 128))
                value >>= 7
            }
            bytes.append(UInt8(truncatingIfNeeded: value))
            last = position
        }
        return bytes
    }
}

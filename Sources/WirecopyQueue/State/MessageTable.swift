/// The open messages in memory, by place and by slot, and the lists that link them.
///
/// A slab: messages stay in their slot from `insert` to `remove`, slots are used again, and moving
/// a message from one list to another allocates nothing. Each message is in one list at most.
struct MessageTable: Sendable {
    /// Where a message lies in memory.
    typealias Slot = Int32

    private var slots: [OpenMessage] = []
    private var free: [Slot] = []
    private var places: [Int: Slot] = [:]

    /// Messages in memory.
    var count: Int { places.count }

    /// The slot of the message at a place of the journal; `nil` when it is not in memory.
    func slot(at position: Int) -> Slot? { places[position] }

    subscript(slot: Slot) -> OpenMessage {
        _read { yield slots[Int(slot)] }
        _modify { yield &slots[Int(slot)] }
    }

    /// Takes a message in; none of its place may be here.
    mutating func insert(_ message: OpenMessage) -> Slot {
        let slot = free.popLast() ?? Slot(slots.count)
        if Int(slot) == slots.count {
            slots.append(message)
        } else {
            slots[Int(slot)] = message
        }
        places[message.position] = slot
        return slot
    }

    /// Lets a message go, which must be in no list.
    mutating func remove(_ slot: Slot) {
        places[slots[Int(slot)].position] = nil
        slots[Int(slot)].killers = []
        free.append(slot)
    }
}

/// Messages in the order in which they shall go, linked through the table.
struct MessageList: Sendable {
    fileprivate(set) var first: MessageTable.Slot?
    fileprivate(set) var last: MessageTable.Slot?
    fileprivate(set) var count: Int32 = 0

    var isEmpty: Bool { count == 0 }
}

extension MessageTable {
    /// Puts a message behind all others of a list.
    mutating func append(_ slot: Slot, to list: inout MessageList) {
        self[slot].previous = list.last
        self[slot].next = nil
        if let last = list.last { self[last].next = slot } else { list.first = slot }
        list.last = slot
        list.count += 1
    }

    /// Puts a message before all others of a list.
    mutating func prepend(_ slot: Slot, to list: inout MessageList) {
        self[slot].previous = nil
        self[slot].next = list.first
        if let first = list.first { self[first].previous = slot } else { list.last = slot }
        list.first = slot
        list.count += 1
    }

    /// Takes a message out of the list that it is in.
    mutating func remove(_ slot: Slot, from list: inout MessageList) {
        let (previous, next) = (self[slot].previous, self[slot].next)
        if let previous { self[previous].next = next } else { list.first = next }
        if let next { self[next].previous = previous } else { list.last = previous }
        list.count -= 1
    }

    /// The slots of a list from its first to its last.
    func slots(of list: MessageList) -> [Slot] {
        var slots: [Slot] = []
        slots.reserveCapacity(Int(list.count))
        var next = list.first
        while let slot = next {
            slots.append(slot)
            next = self[slot].next
        }
        return slots
    }
}

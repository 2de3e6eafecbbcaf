import WirecopyBroker
import WirecopyQueue

/// Something that happens at a moment.
enum SimulationEvent {
    /// The first frames of a direction of a connection may be due.
    case pump(connection: Int, Direction)
    /// A connection that is not there yet is tried.
    case establish(connection: Int)
    /// The broker of this life ends a turn.
    case brokerTurn(life: Int)
    /// The broker of this life wanted to be woken.
    case brokerTick(life: Int)
    /// The journal's thread takes what waits.
    case store(life: Int)
    /// The journal's thread answers.
    case stored(life: Int, [JournalJobAnswer])
    /// The reading thread is done with its first job.
    case load(life: Int)
    /// The admin thread is done with its first question.
    case answer(life: Int)
    /// A peer wanted to be woken.
    case wakePeer(Int)
    /// A process of a peer starts.
    case startPeer(Int)
    /// The broker's process starts.
    case startBroker
    /// Something goes wrong.
    case fault(Fault)
    /// Nothing goes wrong any more.
    case heal
    /// Is everything done?
    case checkRest
}

/// From a peer to the broker, or back.
enum Direction {
    case up, down
}

/// What will happen, by time; of equal times in the order of entering.
struct EventQueue {
    private struct Entry {
        let time: Int
        let order: Int
        let event: SimulationEvent

        func isBefore(_ other: Entry) -> Bool {
            time == other.time ? order < other.order : time < other.time
        }
    }

    private var heap: [Entry] = []
    private var lastOrder = 0

    /// Enters an event at a moment in milliseconds.
    mutating func insert(_ event: SimulationEvent, at time: Int) {
        lastOrder += 1
        heap.append(Entry(time: time, order: lastOrder, event: event))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].isBefore(heap[parent]) else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    /// Takes the next event and its moment.
    mutating func removeFirst() -> (time: Int, event: SimulationEvent)? {
        guard let last = heap.popLast() else { return nil }
        guard let first = heap.first else { return (last.time, last.event) }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].isBefore(heap[least]) { least = child }
            }
            guard least != parent else { return (first.time, first.event) }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}

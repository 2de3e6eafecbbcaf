import ArgumentParser
import Foundation
import Glibc
import WirecopyMessages
import WirecopyQueue

/// `wirecopy-bench state-machine`: the decisions of the queue alone, without disk and sockets.
///
/// Each message is published, leased, finished and settled, in turns as the broker has them under
/// load. The figure is processor time of this thread a message.
struct StateMachineBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state-machine",
        abstract: "The queue's decisions alone: publish, lease, done."
    )

    @Option(help: "Messages of each case.")
    var messages = 1_000_000

    /// Messages of one turn, as a busy broker has them.
    private static let turn = 512

    func run() throws {
        // First, while no memory lies free that it could use again.
        try measureMemory()
        try measure("one-lane", stage: .parse, lanes: 1, blocked: 0)
        try measure("hosts-2000", stage: .fetch, lanes: 2000, blocked: 0)
        try measure("hosts-2000-blocked-100000", stage: .fetch, lanes: 2000, blocked: 100_000)
        try measureReplay()
    }

    /// What so many open messages of 2,000 hosts cost in memory.
    private func measureMemory() throws {
        let before = Self.residentBytes()
        var desk = Desk(limits: QueueLimits(), stage: .fetch, workers: 8)
        for number in 0..<messages { desk.publish(lane: "host-\(number % 2000).example") }
        try BenchCase(
            "queue/state-machine/memory-open-\(messages)",
            Double(Self.residentBytes() - before) / 1_000_000,
            "MB"
        ).print()
        desk.leaveLeased()
    }

    private static func residentBytes() -> Int {
        let pages = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
            .split(separator: " ")
            .dropFirst().first.flatMap { Int($0) }
        return (pages ?? 0) * 4096
    }

    /// Messages of so many hosts in turn, behind so many of a host that takes nothing.
    private func measure(_ name: String, stage: StageName, lanes: Int, blocked: Int) throws {
        let limits = QueueLimits()
        let hosts = (0..<lanes).map { "host-number-\($0).example" }
        var desk = Desk(limits: limits, stage: stage, workers: 8)
        for _ in 0..<blocked { desk.publish(lane: "blocked.example", priority: .live) }
        desk.leaveLeased()
        let start = Self.threadNanoseconds()
        var published = 0
        while published < messages {
            for _ in 0..<Self.turn {
                desk.publish(lane: hosts[published % lanes], priority: .live)
                published += 1
            }
            desk.finish(desk.deliver())
        }
        let nanoseconds = Self.threadNanoseconds() - start
        try BenchCase(
            "queue/state-machine/\(name)",
            Double(nanoseconds) / Double(published) / 1000,
            "us/message"
        ).print()
    }

    /// Live messages while a replay of all messages waits on disk: half of each turn is its.
    private func measureReplay() throws {
        var desk = Desk(limits: QueueLimits(), stage: .parse, workers: 8)
        for _ in 0..<messages { desk.publish(lane: "archive", priority: .replay) }
        let start = Self.threadNanoseconds()
        var count = 0
        while count < messages / 2 {
            for _ in 0..<(Self.turn / 2) { desk.publish(lane: "news", priority: .live) }
            let actions = desk.deliver(countMax: Self.turn)
            count += actions.reduce(0) { $0 + $1.deliveries.count }
            desk.finish(actions)
        }
        let nanoseconds = Self.threadNanoseconds() - start
        try BenchCase(
            "queue/state-machine/live-beside-replay",
            Double(nanoseconds) / Double(count) / 1000,
            "us/message"
        ).print()
    }

    private static func threadNanoseconds() -> Int {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

/// A queue with workers that take everything; the journal's part is played by memory.
private struct Desk {
    private var machine: QueueStateMachine
    private let stage: StageName
    private let now = Instant(milliseconds: 1_795_000_000_000)
    private var lastPosition = 0
    /// Entries by place, as the journal would keep those that are not in memory.
    private var entries: [QueueEntry] = []

    init(limits: QueueLimits, stage: StageName, workers: Int) {
        machine = QueueStateMachine(limits: limits)
        self.stage = stage
        for number in 0..<workers {
            let name = "\(stage.rawValue)/bench-host-4711-k\(number)"
            _ = machine.join(.init(peer: name, stage: stage), for: stage, now: now)
            machine.grant(.init(messagesTotal: Int.max / 2, bytesTotal: Int.max / 2), to: name)
        }
    }

    /// Publishes a message that the journal does not keep: only the queue's memory counts.
    mutating func publish(lane: String) {
        lastPosition += 1
        let entry = QueueEntry(
            position: lastPosition,
            stage: stage,
            priority: .live,
            bytes: 2000,
            lane: lane,
            queuedAt: now
        )
        machine.published(entry, now: now)
    }

    mutating func publish(lane: String, priority: MessageClass) {
        lastPosition += 1
        let entry = QueueEntry(
            position: lastPosition,
            stage: stage,
            priority: priority,
            bytes: 2000,
            lane: lane,
            queuedAt: now
        )
        if !machine.published(entry, now: now) { entries.append(entry) }
    }

    /// Leases what may go once, and leaves it.
    mutating func leaveLeased() { _ = machine.deliveries(countMax: 1_000_000, now: now) }

    mutating func deliver(countMax: Int = 1_000_000) -> [QueueStateMachine.DeliverAction] {
        for request in machine.refills() {
            let next = entries.partitioningIndex { $0.position > request.after }
            let found = entries[next...].lazy
                .filter { request.lane == nil || $0.lane == request.lane }
                .filter { $0.priority == request.priority }
                .prefix(request.limit)
            machine.refilled(request, Array(found), now: now)
        }
        return machine.deliveries(countMax: countMax, now: now)
    }

    mutating func finish(_ actions: [QueueStateMachine.DeliverAction]) {
        for action in actions {
            let completions = action.deliveries.map {
                QueueCommand.Completion(lease: $0.lease, outputs: [])
            }
            machine.done(completions, by: action.worker, now: now)
            for completion in completions {
                machine.settled(completion.lease.position, isFirst: true)
            }
        }
    }
}

extension [QueueEntry] {
    /// The first index whose element fulfils this, in an array where all later ones do too.
    fileprivate func partitioningIndex(where isBehind: (QueueEntry) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

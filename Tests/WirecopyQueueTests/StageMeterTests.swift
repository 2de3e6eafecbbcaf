import Testing
import WirecopyMessages
import WirecopyMetrics

@testable import WirecopyQueue

/// Counts close: leased = finished + in flight, whatever happens in whatever order.
struct StageMeterTests {
    /// Workers and messages that do what a seeded generator says.
    private struct Fleet {
        var machine = QueueStateMachine()
        var generator: SeededGenerator
        var now = Instant(milliseconds: 1_000_000)
        var credit: [String: Int] = [:]
        var held: [(lease: LeaseID, worker: String)] = []
        /// Deliveries whose end is on the way to the disk.
        var settling: [LeaseID] = []
        var failing: [FailedDelivery] = []
        var lastPosition = 0

        init(seed: UInt64) { generator = SeededGenerator(state: seed) }

        mutating func step() {
            now = now + .milliseconds(Int.random(in: 0...2000, using: &generator))
            switch Int.random(in: 0..<12, using: &generator) {
            case 0, 1: publish()
            case 2, 3: grantAndDeliver()
            case 4, 5: done()
            case 6: settle()
            case 7: fail()
            case 8: storeFailure()
            case 9: comeOrGo()
            case 10: release()
            default: tick()
            }
        }

        private static func entry(_ position: Int) -> QueueEntry {
            QueueEntry(
                position: position,
                stage: .parse,
                priority: .live,
                bytes: 10,
                lane: "news.example",
                queuedAt: Instant(milliseconds: 1)
            )
        }

        private func worker(_ number: Int) -> String { "parse/\(number)" }

        private mutating func anyWorker() -> String {
            worker(Int.random(in: 0..<3, using: &generator))
        }

        private mutating func anyHeld() -> (lease: LeaseID, worker: String)? {
            held.randomElement(using: &generator)
        }

        private mutating func publish() {
            lastPosition += 1
            _ = machine.published(Self.entry(lastPosition), now: now)
        }

        private mutating func grantAndDeliver() {
            let name = anyWorker()
            credit[name, default: 0] += 2
            machine.grant(
                QueueCommand.Credit(messagesTotal: credit[name] ?? 0, bytesTotal: 1 << 40),
                to: name
            )
            for action in machine.deliveries(countMax: 8, now: now) {
                held += action.deliveries.map { ($0.lease, action.worker) }
            }
        }

        /// Of any lease that was ever held, so late ones and doubled ones are among them.
        private mutating func done() {
            guard let (lease, worker) = anyHeld() else { return }
            let completion = QueueCommand.Completion(lease: lease, outputs: [])
            machine.done([completion], by: worker, now: now)
            settling.append(lease)
        }

        private mutating func settle() {
            guard !settling.isEmpty else { return }
            let lease = settling.removeFirst()
            if Int.random(in: 0..<5, using: &generator) == 0 {
                machine.postponed(lease.position, now: now)
            } else {
                let isFirst = Bool.random(using: &generator)
                machine.settled(lease.position, isFirst: isFirst)
            }
        }

        private mutating func fail() {
            guard let (lease, worker) = anyHeld() else { return }
            let reason =
                Bool.random(using: &generator)
                ? StageFailure(.httpGone, .bury, "Gone.")
                : StageFailure(.connectionFailed, .retry(after: nil), "Again.")
            let failure = QueueCommand.Failure(lease: lease, reason)
            let action = machine.fail(failure, by: worker, now: now, using: &generator)
            if case .persist(let failure) = action { failing.append(failure) }
        }

        private mutating func storeFailure() {
            guard !failing.isEmpty else { return }
            let failure = failing.removeFirst()
            let isOpen = Int.random(in: 0..<4, using: &generator) > 0
            machine.failed(failure, isOpen: isOpen, now: now)
        }

        private mutating func comeOrGo() {
            let name = anyWorker()
            guard Bool.random(using: &generator) else { return machine.leave(name, now: now) }
            let named = held.filter { $0.worker == name && Bool.random(using: &generator) }
            let hello = QueueCommand.Hello(
                peer: name,
                stage: .parse,
                stageVersion: "1",
                held: named.suffix(3).map(\.lease)
            )
            credit[name] = 0
            let action = machine.join(hello, for: .parse, now: now)
            let entries = action.unknown.prefix(1).map { Self.entry($0.position) }
            _ = machine.reclaim(action.unknown, by: name, open: Array(entries), now: now)
        }

        private mutating func release() {
            guard let (lease, worker) = anyHeld() else { return }
            machine.release([lease], by: worker, now: now)
        }

        private mutating func tick() {
            for name in (0..<3).map({ worker($0) }) where Bool.random(using: &generator) {
                machine.heard(name, now: now)
            }
            failing += machine.tick(now: now, using: &generator).failures
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `deliveries are accounted for at every moment`(_ seed: UInt64) throws {
        var fleet = Fleet(seed: seed)
        for step in 0..<600 {
            fleet.step()
            let figures = try #require(
                fleet.machine.figures(now: fleet.now).first { $0.stage == .parse }
            )
            let (leased, ended) = (figures.meter.leasedTotal, figures.meter.finished.total)
            #expect(
                leased == ended + figures.inFlight,
                "Seed \(seed), step \(step): \(leased) ≠ \(ended) + \(figures.inFlight)"
            )
        }
    }

    @Test func `every way to end a delivery is reached`() {
        var ends = CountTable<DeliveryEnd>()
        for seed in 0..<20 as Range<UInt64> {
            var fleet = Fleet(seed: seed)
            for _ in 0..<600 { fleet.step() }
            for figures in fleet.machine.figures(now: fleet.now) {
                for end in DeliveryEnd.allCases { ends[end] += figures.meter.finished[end] }
            }
        }
        for end in DeliveryEnd.allCases { #expect(ends[end] > 15, "\(end): \(ends[end])") }
    }
}

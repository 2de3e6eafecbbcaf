import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// Failures that are the machine's trouble spend none of the message's attempts.
@Suite struct ExcusedTests {
    @Test func `a locked store spends no attempt however long it lasts`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        for attempt in 1...50 {
            let lease = try #require(try desk.deliver().first)
            #expect(lease.attempt == attempt)
            let failed = try #require(try desk.fail(lease, .storeBusy))
            #expect(failed.excused == attempt)
            #expect(failed.priority == .live)
            try desk.tick(at: desk.now + 10_000)
        }
        let figures = desk.machine.figures(now: .ms(desk.now))[0]
        #expect(figures.excusedTotal == 50)
        #expect(figures.dead == 0)
        // What it spends after that is its own.
        for attempt in 51...55 {
            let lease = try #require(try desk.deliver().first)
            #expect(lease.attempt == attempt)
            let failed = try #require(try desk.fail(lease, .stageFailed))
            #expect((failed.next == .dead) == (attempt == 55))
            #expect(failed.excused == 50)
            try desk.tick(at: desk.now + 60_000)
        }
        #expect(desk.machine.figures(now: .ms(desk.now))[0].dead == 1)
    }

    @Test func `a message keeps what it was excused over a restart`() throws {
        let directory = try TemporaryDirectory()
        var maker = MessageMaker()
        let codes: [ErrorCode] = [.storeBusy, .stageFailed, .storeFull, .storeBusy]
        do {
            let journal = try LogJournal(directory: directory.path)
            _ = try journal.commit([.append(maker.request())], now: .ms(1))
            var excused = 0
            for (index, code) in codes.enumerated() {
                if code.isExcused { excused += 1 }
                var failure = FailedDelivery(
                    LeaseID(position: 1, attempt: index + 1),
                    by: "store/one",
                    code: code,
                    message: "It failed.",
                    next: .delayed(until: .ms(9)),
                    priority: .live
                )
                failure.excused = excused
                #expect(try journal.commit([.fail(failure)], now: .ms(2)) == [.failed])
            }
            #expect(try journal.openEntries(at: [1]).first?.excused == 3)
            try journal.close()
        }
        let journal = try LogJournal(directory: directory.path)
        let entry = try #require(try journal.openEntries(at: [1]).first)
        #expect(entry.attempts == 4)
        #expect(entry.excused == 3)
        let trace = try journal.reports.trace(
            TraceRequest(url: "https://news.example/a"),
            now: .ms(10)
        )
        let attempts = try #require(trace.lineages.first?.steps.first?.attempts)
        #expect(attempts.map(\.code) == ["store_busy", "stage_failed", "store_full", "store_busy"])
        #expect(attempts.map(\.excused) == [1, nil, 1, 1])
    }

    @Test func `a trace tells troubles of the machine in a row once, with their number`() throws {
        var maker = MessageMaker()
        let journal = try LogJournal(simulatedOn: SimulatedDisk(), options: .small)
        _ = try journal.commit([.append(maker.request())], now: .ms(1))
        for attempt in 1...30 {
            var failure = FailedDelivery(
                LeaseID(position: 1, attempt: attempt),
                by: "store/one",
                code: .storeBusy,
                message: "It is locked.",
                next: .delayed(until: .ms(9)),
                priority: .live
            )
            failure.excused = attempt
            _ = try journal.commit([.fail(failure)], now: .ms(attempt))
        }
        let trace = try journal.reports.trace(
            TraceRequest(url: "https://news.example/a"),
            now: .ms(10)
        )
        let attempts = try #require(trace.lineages.first?.steps.first?.attempts)
        #expect(attempts.map(\.attempt) == [30])
        #expect(attempts.map(\.excused) == [30])
    }

    @Test func `a message that alone meets trouble without end is given up`() {
        var generator = SeededGenerator()
        let policy = RetryPolicy()
        let busy = StageFailure(.storeBusy, .retry(after: nil), "It is locked.")
        func next(_ attempt: Int, excused: Int) -> FailedDelivery.Next {
            policy.next(
                after: busy,
                attempt: attempt,
                excused: excused,
                now: .ms(0),
                using: &generator
            )
        }
        #expect(next(10_000, excused: 9999) != .dead)
        #expect(next(10_004, excused: 10_000) != .dead)
        #expect(next(10_005, excused: 10_000) == .dead)
        let final = StageFailure(.storeBusy, .bury, "It is locked.")
        #expect(!policy.excuses(final, excused: 0))
    }

    @Test func `pauses after troubles of the machine grow by their own number`() {
        var generator = SeededGenerator()
        let policy = RetryPolicy()
        let busy = StageFailure(.storeBusy, .retry(after: nil), "It is locked.")
        var longest = Duration.zero
        for _ in 0..<200 {
            let next = policy.next(
                after: busy,
                attempt: 4,
                excused: 0,
                now: .ms(0),
                using: &generator
            )
            guard case .delayed(let until) = next else { continue }
            longest = max(longest, until - .ms(0))
        }
        #expect(longest <= RetryPolicy.backoff(of: .storeBusy).first)
    }

    @Test func `a name that comes back for another stage keeps none of its leases`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        let hello = QueueCommand.Hello(peer: desk.worker, stage: .parse, held: [lease])
        let action = desk.machine.join(hello, for: .parse, now: .ms(desk.now))
        #expect(action.held.isEmpty)
        #expect(!desk.machine.holds(lease, desk.worker))
        #expect(desk.machine.extend([lease], by: desk.worker, now: .ms(desk.now)) == [lease])
        #expect(!desk.machine.mayFinish(lease, as: .parse))
        #expect(desk.machine.mayFinish(lease, as: .fetch))
    }

    @Test func `a number that was never given is no claim`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        let inflated = LeaseID(position: lease.position, attempt: LeaseID.attemptMax)
        let hello = QueueCommand.Hello(peer: desk.worker, stage: .fetch, held: [inflated])
        #expect(desk.machine.join(hello, for: .fetch, now: .ms(desk.now)).held.isEmpty)
    }

    @Test func `a crawl delay rests its host over a restart and is forgotten when it is over`()
        throws
    {
        var desk = LaneDesk()
        try desk.publish("slow.example", 3)
        try desk.publish("quick.example", 3)
        let leases = try desk.deliver()
        #expect(try desk.lanes(leases) == ["slow.example", "quick.example"])
        for lease in leases {
            let isSlow = try desk.lanes([lease]) == ["slow.example"]
            try desk.finish([lease], pause: isSlow ? .seconds(20) : .milliseconds(200))
        }
        let holds = try desk.journal.state().laneHolds
        #expect(holds.map(\.lane) == ["slow.example"])
        try desk.restart(at: desk.now + 1000)
        try desk.tick(at: desk.now + 2000)
        #expect(try desk.lanes(try desk.deliver()) == ["quick.example"])
        try desk.tick(at: desk.now + 17_000)
        #expect(try desk.lanes(try desk.deliver()) == ["slow.example"])
        #expect(try desk.journal.state().laneHolds.isEmpty)
    }
}

import Testing
import WirecopyMessages

@testable import WirecopyQueue

@Suite struct LaneTests {
    @Test func `a host has no more than its limit under lease, whoever fetches`() throws {
        var desk = LaneDesk()
        desk.join("fetch/two")
        try desk.publish("a.example", 6)
        try desk.finish(try desk.deliver())
        let first = try desk.deliver()
        #expect(first.count == 2)
        try desk.finish([first[0]])
        #expect(try desk.deliver().count == 1)
    }

    @Test func `of a host that nobody knows yet one goes at a time`() throws {
        var desk = LaneDesk()
        try desk.publish("a.example", 6)
        let first = try desk.deliver()
        #expect(first.count == 1)
        try desk.fail(first[0], .connectionFailed, after: .zero)
        #expect(try desk.deliver().count == 1)
    }

    @Test func `hosts take turns`() throws {
        var desk = LaneDesk()
        try desk.publish("a.example", 3)
        try desk.publish("b.example", 3)
        try desk.publish("c.example", 1)
        let first = try desk.deliver()
        #expect(try desk.lanes(first) == ["a.example", "b.example", "c.example"])
        try desk.finish(first)
        let second = try desk.lanes(try desk.deliver())
        #expect(second == ["a.example", "b.example", "a.example", "b.example"])
    }

    @Test func `a blocked host with thousands of messages in front costs others nothing`() throws {
        var desk = LaneDesk()
        try desk.publish("blocked.example", 4000)
        #expect(try desk.deliver().count == 1)
        try desk.publish("other.example", 1)
        #expect(try desk.lanes(try desk.deliver()) == ["other.example"])
        #expect(desk.machine.messages.count < 100)
        #expect(desk.machine.stageReports(now: .ms(desk.now))[0].ready == 3999)
    }

    @Test func `after a restart others are found behind a blocked host`() throws {
        var desk = LaneDesk { $0.windowMax = 500 }
        try desk.publish("blocked.example", 3000)
        try desk.publish("other.example", 1)
        try desk.restart(at: desk.now)
        try desk.tick(at: desk.now + 1500)
        let lanes = try desk.lanes(try desk.deliver())
        #expect(lanes.sorted() == ["blocked.example", "other.example"])
        #expect(desk.readCount < 4000)
    }

    @Test func `everything of a host is delivered in order although little of it is in memory`()
        throws
    {
        var desk = LaneDesk { $0.windowMax = 2000 }
        try desk.publish("a.example", 300)
        try desk.publish("b.example", 10)
        var delivered: [Int] = []
        var leases = try desk.deliver()
        while !leases.isEmpty {
            delivered += leases.map(\.position)
            try desk.finish(leases)
            leases = try desk.deliver()
        }
        #expect(delivered.count == 310)
        let ofA = delivered.filter { $0 <= 300 }
        #expect(ofA == Array(1...300))
        #expect(desk.machine.messages.count == 0)
        #expect(desk.machine.queues[0].windows[0].waitingCount == 0)
        #expect(desk.machine.queues[0].lanes.slot(of: "a.example") == nil)
    }

    @Test(arguments: [ErrorCode.httpRateLimited, .httpServerError])
    func `a host that asks for patience rests for all fetchers`(_ code: ErrorCode) throws {
        var desk = LaneDesk()
        desk.join("fetch/two")
        try desk.publish("slow.example", 10)
        try desk.publish("other.example", 3)
        let leases = try desk.deliver()
        let slow = try #require(
            try zip(leases, desk.lanes(leases)).first { $0.1 == "slow.example" }
        )
        let failure = try #require(try desk.fail(slow.0, code, after: .seconds(60)))
        let until = Instant.ms(desk.now + 60_000)
        #expect(failure.hold == .init(stage: .fetch, lane: "slow.example", until: until))
        try desk.finish(leases.filter { $0 != slow.0 })
        let other = try desk.deliver()
        #expect(try desk.lanes(other) == ["other.example", "other.example"])
        try desk.finish(other)
        #expect(desk.machine.stageReports(now: .ms(desk.now))[0].restingLanes == 1)
        try desk.tick(at: desk.now + 59_999)
        #expect(try desk.deliver().isEmpty)
        let action = try desk.tick(at: desk.now + 1)
        #expect(action.endedHolds == [.holdLane(.fetch, lane: "slow.example", until: nil)])
        #expect(try desk.lanes(try desk.deliver()) == ["slow.example"])
        #expect(try desk.journal.state().laneHolds.isEmpty)
    }

    @Test func `a host rests on after a restart, and not for years when the clock went back`()
        throws
    {
        var desk = LaneDesk()
        try desk.publish("slow.example", 3)
        try desk.publish("other.example", 1)
        try desk.fail(try desk.deliver()[0], .httpRateLimited, after: .seconds(3600))
        try desk.restart(at: desk.now + 1000)
        try desk.tick(at: desk.now + 1500)
        #expect(try desk.lanes(try desk.deliver()) == ["other.example"])
        try desk.restart(at: -31_000_000_000)
        try desk.tick(at: desk.now + 86_399_000)
        #expect(!(try desk.lanes(try desk.deliver()).contains("slow.example")))
        try desk.tick(at: desk.now + 1000)
        #expect(try desk.lanes(try desk.deliver()).contains("slow.example"))
    }

    @Test func `a failure without a wish for patience rests nothing`() throws {
        var desk = LaneDesk()
        try desk.publish("a.example", 2)
        try desk.publish("b.example", 2)
        let leases = try desk.deliver()
        #expect(try desk.fail(leases[0], .httpServerError)?.hold == nil)
        #expect(try desk.fail(leases[1], .connectionFailed, after: .seconds(60))?.hold == nil)
        #expect(try desk.deliver().count == 2)
    }

    @Test func `a crawl delay rests the host from the end of a fetch on`() throws {
        var desk = LaneDesk()
        try desk.publish("a.example", 4)
        try desk.publish("b.example", 4)
        let leases = try desk.deliver()
        try desk.finish(Array(leases.prefix(1)), pause: .seconds(2))
        #expect(try desk.deliver().isEmpty)
        try desk.finish(Array(leases.dropFirst(1)))
        #expect(try desk.lanes(try desk.deliver()) == ["b.example", "b.example"])
        #expect(desk.machine.nextDeadline == .ms(desk.now + 2000))
        try desk.tick(at: desk.now + 2000)
        // One at a time, so that no two fetchers come to it at once.
        #expect(try desk.lanes(try desk.deliver()) == ["a.example"])
        #expect(try desk.journal.state().laneHolds.isEmpty)
    }

    @Test func `a resting host keeps next to nothing in memory`() throws {
        var desk = LaneDesk()
        for host in 1...400 { try desk.publish("host-\(host).example", 10) }
        for lease in try desk.deliver() {
            try desk.fail(lease, .httpRateLimited, after: .seconds(600))
        }
        // One ready and two delayed of each.
        #expect(desk.machine.messages.count <= 1200)
        try desk.tick(at: desk.now + 600_000)
        #expect(try desk.deliver().count == 400)
    }

    @Test func `many slow hosts leave room for a quick one behind them`() throws {
        var desk = LaneDesk { $0.windowMax = 1000 }
        for host in 1...300 { try desk.publish("slow-\(host).example", 20) }
        #expect(try desk.deliver().count == 300)
        try desk.publish("quick.example", 10)
        var count = 0
        var leases = try desk.deliver()
        while !leases.isEmpty {
            count += leases.count
            try desk.finish(leases)
            leases = try desk.deliver()
        }
        #expect(count == 10)
        #expect(desk.machine.messages.count <= 1600)
    }

    @Test func `stages without a limit have no lanes`() throws {
        var desk = LaneDesk { $0.laneLeasedMax = [:] }
        try desk.publish("a.example", 100)
        let leases = try desk.deliver()
        #expect(leases.count == 100)
        #expect(try desk.fail(leases[0], .httpRateLimited, after: .seconds(60))?.hold == nil)
    }
}

@Suite struct DelayedMessageTests {
    @Test func `a delayed message goes when its moment comes, also after a restart`() throws {
        var desk = LaneDesk()
        let moment = desk.now + 600_000
        try desk.publish("a.example", notBefore: moment)
        #expect(try desk.deliver().isEmpty)
        #expect(desk.machine.stageReports(now: .ms(desk.now))[0].delayed == 1)
        try desk.restart(at: desk.now + 1000)
        try desk.tick(at: moment - 1)
        #expect(try desk.deliver().isEmpty)
        try desk.tick(at: moment)
        #expect(try desk.deliver().count == 1)
    }

    @Test func `delayed messages beyond what fits in memory go in their time all the same`()
        throws
    {
        var desk = LaneDesk { $0.delayedMax = 10 }
        let moment = desk.now + 60_000
        for number in 0..<50 { try desk.publish("h\(number).example", notBefore: moment + number) }
        #expect(desk.machine.messages.count == 10)
        #expect(desk.machine.stageReports(now: .ms(desk.now))[0].delayed == 50)
        try desk.publish("now.example")
        let leases = try desk.deliver()
        #expect(leases.count == 1)
        try desk.finish(leases)
        var count = 0
        for number in 0..<50 {
            try desk.tick(at: moment + number)
            count += try desk.deliver().count
        }
        #expect(count == 50)
    }

    @Test func `failures of one host beyond what fits in memory stop no other host`() throws {
        var desk = LaneDesk { $0.delayedMax = 10 }
        try desk.publish("down.example", 40)
        for _ in 1...40 {
            for lease in try desk.deliver() {
                try desk.fail(lease, .connectionFailed, after: .seconds(300))
            }
        }
        try desk.publish("other.example", 1)
        let others = try desk.deliver()
        #expect(try desk.lanes(others) == ["other.example"])
        try desk.finish(others)
        try desk.tick(at: desk.now + 300_000)
        var count = 0
        var leases = try desk.deliver()
        while !leases.isEmpty {
            count += leases.count
            try desk.finish(leases)
            leases = try desk.deliver()
        }
        #expect(count == 40)
    }
}

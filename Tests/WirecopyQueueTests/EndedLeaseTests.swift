import Testing
import WirecopyMessages

@testable import WirecopyQueue

/// What a simulation found about leases that end while something else is on its way.
@Suite struct EndedLeaseTests {
    @Test func `nobody gets a message while a late acknowledgement is on the way`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        desk.now += 30_000
        desk.machine.heard(desk.worker, now: .ms(desk.now))
        // The end of the lease is on the way to the disk when the worker says DONE after all.
        let ended = desk.machine.tick(now: .ms(desk.now), using: &desk.generator).failures
        #expect(ended.map(\.lease) == [lease])
        desk.machine.done([.init(lease: lease, outputs: [])], by: desk.worker, now: .ms(desk.now))
        desk.machine.failed(ended[0], isOpen: true, now: .ms(desk.now))
        #expect(try desk.deliver().isEmpty)
        try desk.tick(at: desk.now + 100_000)
        #expect(try desk.deliver().isEmpty)
        desk.machine.settled(lease.position, isFirst: true)
        #expect(desk.machine.state(of: lease.position) == nil)
        #expect(desk.machine.unfinishedCount == 0)
    }

    @Test func `a late acknowledgement that does not fit makes the message ready again`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        desk.now += 30_000
        desk.machine.heard(desk.worker, now: .ms(desk.now))
        let ended = desk.machine.tick(now: .ms(desk.now), using: &desk.generator).failures
        desk.machine.done([.init(lease: lease, outputs: [])], by: desk.worker, now: .ms(desk.now))
        desk.machine.failed(ended[0], isOpen: true, now: .ms(desk.now))
        desk.machine.postponed(lease.position, now: .ms(desk.now))
        try desk.tick(at: desk.now + 100_000)
        #expect(try desk.deliver() == [LeaseID(position: lease.position, attempt: 2)])
    }

    @Test func `a late acknowledgement that does not fit shortens no delay`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        try desk.fail(lease, .stageFailed, after: .seconds(60))
        let failedAt = desk.now
        desk.machine.done([.init(lease: lease, outputs: [])], by: desk.worker, now: .ms(desk.now))
        desk.machine.postponed(lease.position, now: .ms(desk.now))
        try desk.tick(at: failedAt + 59_000)
        #expect(try desk.deliver().isEmpty)
        try desk.tick(at: failedAt + 60_000)
        #expect(try desk.deliver().count == 1)
    }

    @Test func `a delivery that was given back cannot be claimed`() throws {
        var desk = LaneDesk()
        try desk.publish("news.example")
        let lease = try #require(try desk.deliver().first)
        try desk.fail(lease, .stageFailed, after: .seconds(10))
        desk.join(desk.worker, held: [lease])
        #expect(!desk.machine.holds(lease, desk.worker))
        #expect(desk.machine.state(of: lease.position) == .delayed)
        #expect(try desk.deliver().isEmpty)
    }
}

import Testing
import WirecopyMessages

@testable import WirecopyWorker

@Suite struct LeaseKeeperTests {
    @Test func `several reports that wait travel in one command of each kind`() {
        var keeper = keeper(holding: 5)
        for position in [1, 3, 5] { _ = keeper.finish(lease(position), .done([])) }
        let failure = StageFailure(.httpGone, .bury, "Gone.")
        for position in [2, 4] { _ = keeper.finish(lease(position), .failed(failure)) }
        let expected: [QueueCommand] = [
            .done([1, 3, 5].map { .init(lease: lease($0), outputs: []) }),
            .fail([2, 4].map { .init(lease: lease($0), failure) }),
        ]
        #expect(keeper.takeReports() == expected)
        #expect(keeper.takeReports() == [])
    }

    @Test func `outputs beyond a command's limits travel in the next one`() {
        var keeper = keeper(holding: 3)
        let many = (1...600).map { request("ok", $0) }
        for position in 1...3 { _ = keeper.finish(lease(position), .done(many)) }
        let counts = keeper.takeReports().map { command -> [Int] in
            guard case .done(let completions) = command else { return [] }
            return completions.map(\.outputs.count)
        }
        #expect(counts == [[600], [600], [600]])
    }

    @Test func `large outputs are spread over commands by their bytes`() {
        var keeper = keeper(holding: 3)
        let half = [UInt8](repeating: 0, count: LeaseKeeper.commandBytesMax / 2)
        let message = Message(envelope: request("ok").envelope, data: half)
        for position in 1...3 { _ = keeper.finish(lease(position), .done([message])) }
        let counts = keeper.takeReports().map { command -> Int in
            if case .done(let completions) = command { completions.count } else { 0 }
        }
        #expect(counts == [2, 1])
    }

    @Test func `a report counts as held until it is settled`() {
        var keeper = keeper(holding: 2)
        _ = keeper.finish(lease(1), .done([]))
        #expect(keeper.held == [lease(1), lease(2)])
        #expect(keeper.extendable == [lease(2)])
        _ = keeper.takeReports()
        #expect(keeper.held == [lease(1), lease(2)])
        keeper.settle([.init(lease: lease(1), isFirst: true)])
        #expect(keeper.held == [lease(2)])
        #expect(!keeper.isQuiet)
    }

    @Test func `a delivery that comes twice is begun once`() {
        var keeper = LeaseKeeper(messagesMax: 10, bytesMax: 1000)
        let delivery = BrokerReply.Delivery(lease: lease(1), priority: .live, message: request("a"))
        keeper.receive([delivery])
        keeper.receive([delivery])
        #expect(keeper.start()?.lease == lease(1))
        #expect(keeper.start() == nil)
        keeper.receive([delivery])
        #expect(keeper.start() == nil)
    }

    @Test func `work that was given back is not reported a second time`() {
        var keeper = keeper(holding: 1)
        let failure = StageFailure(.stageTimedOut, .retry(after: nil), "Too long.")
        #expect(keeper.giveBack(lease(1), failure) == true)
        #expect(keeper.giveBack(lease(1), failure) == false)
        #expect(keeper.finish(lease(1), .done([])) == .ignoreForfeited)
        #expect(keeper.takeReports() == [.fail([.init(lease: lease(1), failure)])])
    }

    @Test func `losing a finished delivery does not take its report back`() {
        var keeper = keeper(holding: 1)
        _ = keeper.finish(lease(1), .done([]))
        #expect(keeper.lose([lease(1)]) == [])
        let report: [QueueCommand] = [.done([.init(lease: lease(1), outputs: [])])]
        #expect(keeper.takeReports() == report)
        #expect(keeper.restart(held: []) == [])
        #expect(keeper.takeReports() == report)
    }

    @Test func `credit counts bytes and shrinks by neither loss nor settlement`() {
        var keeper = LeaseKeeper(messagesMax: 4, bytesMax: 100)
        #expect(keeper.takeCredit() == .init(messagesTotal: 4, bytesTotal: 100))
        #expect(keeper.takeCredit() == nil)
        let message = Message(envelope: request("a").envelope, data: Array("0123456789".utf8))
        keeper.receive([.init(lease: lease(1), priority: .live, message: message)])
        #expect(keeper.takeCredit() == nil)
        _ = keeper.start()
        _ = keeper.finish(lease(1), .done([]))
        #expect(keeper.takeCredit() == .init(messagesTotal: 5, bytesTotal: 110))
        _ = keeper.restart(held: [])
        #expect(keeper.takeCredit() == .init(messagesTotal: 4, bytesTotal: 100))
    }

    @Test func `unsettled work holds credit back so that memory stays bounded`() {
        var keeper = keeper(holding: 40, of: 40)
        _ = keeper.takeCredit()
        for position in 1...40 { _ = keeper.finish(lease(position), .done([])) }
        _ = keeper.takeReports()
        #expect(keeper.takeCredit()?.messagesTotal == 70)
        keeper.settle((1...40).map { .init(lease: lease($0), isFirst: true) })
        #expect(keeper.takeCredit()?.messagesTotal == 80)
    }

    /// A keeper whose first deliveries are all in work.
    private func keeper(holding count: Int, of messagesMax: Int = 10) -> LeaseKeeper {
        var keeper = LeaseKeeper(messagesMax: messagesMax, bytesMax: 1 << 20)
        keeper.receive(
            (1...count).map {
                .init(lease: lease($0), priority: .live, message: request("ok", $0))
            }
        )
        for _ in 1...count { _ = keeper.start() }
        return keeper
    }
}

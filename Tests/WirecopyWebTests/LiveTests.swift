import Synchronization
import Testing
import WirecopyClient
import WirecopyMessages

@testable import WirecopyWeb

struct LiveTests {
    @Test func `a reader gets the latest event at once and then each new one`() async throws {
        let board = LiveBoard()
        board.publish([1])
        let reader = try #require(board.subscribe())
        board.publish([2])
        board.close()
        var got: [[UInt8]] = []
        for await event in reader.events { got.append(event) }
        #expect(got == [[1], [2]])
    }

    @Test func `a reader that takes nothing is dropped, and the others go on`() async throws {
        let board = LiveBoard(waitingMax: 2)
        let slow = try #require(board.subscribe())
        let quick = try #require(board.subscribe())
        var iterator = quick.events.makeAsyncIterator()
        for number in UInt8(0)..<5 {
            board.publish([number])
            #expect(await iterator.next() == [number])
        }
        #expect(board.readerCount == 1)
        #expect(board.droppedCount == 1)
        var got: [[UInt8]] = []
        for await event in slow.events { got.append(event) }
        #expect(got == [[0], [1]], "What waited is still given, then the stream ends.")
    }

    @Test func `no more readers are taken than there is room for`() throws {
        let board = LiveBoard(readersMax: 2)
        let readers = [board.subscribe(), board.subscribe()]
        #expect(readers.allSatisfy { $0 != nil })
        #expect(board.subscribe() == nil)
        board.close()
        #expect(board.subscribe() == nil)
    }

    @Test func `a reader that is let go makes room`() async throws {
        let board = LiveBoard(readersMax: 1)
        do {
            let reader = try #require(board.subscribe())
            let task = Task { for await _ in reader.events {} }
            task.cancel()
            await task.value
        }
        #expect(board.readerCount == 0)
        #expect(board.subscribe() != nil)
    }

    @Test func `a reader that leaves is forgotten at once`() async throws {
        let board = LiveBoard(readersMax: 1)
        let reader = try #require(board.subscribe())
        reader.leave()
        #expect(board.readerCount == 0)
        for await _ in reader.events { Issue.record("Nothing was sent.") }
    }

    @Test func `a watch keeps what a broker says, and what it does not`() async throws {
        let queue = ScriptedQueue()
        let watch = QueueWatch(queue)
        #expect(await watch.lookOnce().health.word == "away")
        queue.script.withLock { $0.status = .balanced(at: 1000, done: 0) }
        #expect(await watch.lookOnce().health.word == "balanced")
        queue.script.withLock { $0.status = .balanced(at: 2000, done: 30) }
        let event = LiveEvent(await watch.lookOnce())
        #expect(event.text["stage.parse.out"] == "30")
        #expect(event.text["stage.parse.state"] == "idle")
        queue.script.withLock { $0.status = nil }
        let look = await watch.lookOnce()
        #expect(look.health.word == "away")
        #expect(look.history.latest != nil, "What was known last is still shown.")
    }

    @Test func `an event is one line of data that ends with an empty line`() async throws {
        let queue = ScriptedQueue()
        let watch = QueueWatch(queue)
        queue.script.withLock { $0.status = .balanced() }
        let text = String(decoding: try LiveEvent(await watch.lookOnce()).bytes(), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 4)
        #expect(lines[0] == "event: look")
        #expect(lines[1].hasPrefix("data: {"))
        #expect(lines[2].isEmpty && lines[3].isEmpty)
    }

    @Test func `the highest rate touches the top of its line`() {
        #expect(LiveEvent.points([0, 5, 10]) == "57,23.0 58,12.0 59,1.0")
        #expect(LiveEvent.points([]) == "")
        #expect(LiveEvent.points([0]) == "59,23.0")
    }

    @Test func `a page's stream is refused when there is no room`() async throws {
        try await SiteFixture.with { fixture in
            let answer = await fixture.get("/events")
            #expect(answer.status == 200)
            #expect(answer.header("content-type") == "text/event-stream; charset=utf-8")
            fixture.watch.board.close()
            #expect(await fixture.get("/events").status == 503)
        }
    }
}

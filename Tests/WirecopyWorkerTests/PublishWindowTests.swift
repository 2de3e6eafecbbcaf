import Testing
import WirecopyMessages

@testable import WirecopyClient

@Suite struct PublishWindowTests {
    private func messages(_ count: Int, bytes: Int) -> [Message] {
        var generator = SeededGenerator(state: 7)
        return (1...count).map { number in
            let envelope = Envelope(
                entering: .fetchRequest,
                id: MessageID(milliseconds: number, using: &generator),
                subject: "https://news.example/\(number)",
                lane: "news.example",
                source: "/test",
                madeAt: Instant(milliseconds: number)
            )
            return Message(envelope: envelope, data: [UInt8](repeating: 32, count: bytes))
        }
    }

    private func count(of command: QueueCommand?) -> Int? {
        guard case .publish(_, let messages) = command else { return nil }
        return messages.count
    }

    @Test func `no more messages than the window are unconfirmed`() {
        var window = PublishWindow()
        _ = window.add(1, messages(10, bytes: 1))
        #expect(count(of: window.next(window: 4)) == 4)
        #expect(window.next(window: 4) == nil)
        _ = window.confirm(1, Array(repeating: .accepted, count: 4))
        #expect(count(of: window.next(window: 4)) == 4)
    }

    @Test func `only the last command exceeds the bytes`() {
        var window = PublishWindow()
        _ = window.add(1, messages(8, bytes: 3 << 20))
        #expect(count(of: window.next(window: 100, bytes: 10 << 20)) == 2)
        #expect(count(of: window.next(window: 100, bytes: 10 << 20)) == 2)
        #expect(window.next(window: 100, bytes: 10 << 20) == nil)
        _ = window.confirm(1, [.accepted, .duplicate])
        #expect(count(of: window.next(window: 100, bytes: 10 << 20)) == 2)
    }

    @Test func `a message larger than the window moves when nothing else does`() {
        var window = PublishWindow()
        _ = window.add(1, messages(2, bytes: 100))
        #expect(count(of: window.next(window: 1, bytes: 10)) == 1)
        #expect(window.next(window: 2, bytes: 10) == nil)
    }

    @Test func `after a reconnection nothing counts as unconfirmed`() {
        var window = PublishWindow()
        _ = window.add(1, messages(2, bytes: 100))
        _ = window.next(window: 10, bytes: 150)
        window.restart()
        #expect(count(of: window.next(window: 10, bytes: 150)) == 2)
    }
}

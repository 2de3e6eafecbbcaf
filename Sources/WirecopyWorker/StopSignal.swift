/// Tells a slot that its work will not be reported, so that it stops; raised once, waited for once.
struct StopSignal: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream(of: Never.self)
    }

    func raise() { continuation.finish() }

    /// Returns when the signal is raised or the waiting task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}

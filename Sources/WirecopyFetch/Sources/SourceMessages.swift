package import WirecopyMessages

/// Makes the messages with which sources enter the queue.
package enum SourceMessages {
    /// The first poll of a source, due at once; `nil` when it has no address of the web.
    package static func poll(
        of url: String,
        _ poll: SourcePoll,
        _ mint: MessageMint
    ) -> Message? {
        guard let address = WebAddress(url) else { return nil }
        let now = mint.now()
        var envelope = Envelope(
            entering: .fetchRequest,
            id: mint.makeID(at: now),
            subject: address.url,
            lane: address.host,
            source: "/command/watch",
            madeAt: now
        )
        envelope.key = SourcePoll.key(of: address.url)
        let request = FetchRequest(url: address.url, origin: "url", poll: poll)
        return Message(envelope: envelope, payload: request)
    }
}

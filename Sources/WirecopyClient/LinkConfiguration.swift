package import WirecopyKeys

/// Where the broker is, as whom to speak to it, and how patient to be.
package struct LinkConfiguration: Sendable, Equatable {
    /// ZeroMQ address of the broker, such as `tcp://127.0.0.1:5577`.
    package var endpoint: String
    /// Name of this peer; it stays the same over reconnections and is unique.
    package var peer: String
    /// The peer's key and the broker's; `nil` for a broker that does not encrypt.
    package var keys: LinkKeys?
    /// Lets the peer talk in plain text to a broker on another machine.
    package var allowsPlaintext = false
    /// How long to wait for WELCOME before the next attempt.
    package var welcomeTimeout: Duration = .seconds(3)
    /// A broker that says nothing for so many heartbeats is taken for gone.
    package var silentHeartbeats = 3
    /// Waits between attempts.
    package var backoff = Backoff()
    /// How long a closed connection may still send what it has taken.
    package var linger: Duration = .seconds(2)

    /// Names a broker and a peer.
    package init(endpoint: String, peer: String) {
        self.endpoint = endpoint
        self.peer = peer
    }
}

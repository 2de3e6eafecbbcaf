/// How a socket behaves; everything is set before it binds or connects.
package struct SocketOptions: Sendable, Equatable {
    /// ZeroMQ's own sign of life on each connection; it finds a peer that vanished without a word.
    package struct Heartbeat: Sendable, Equatable {
        /// Time between two signs of life.
        package var interval: Duration
        /// How long to wait for an answer before the connection is closed.
        package var timeout: Duration

        /// Makes a heartbeat.
        package init(interval: Duration, timeout: Duration) {
            self.interval = interval
            self.timeout = timeout
        }
    }

    /// Name under which a router knows this socket, 1 to 255 bytes that do not start with 0; `nil`
    /// lets the router make one for each connection.
    package var identity: [UInt8]?
    /// How long a closed socket goes on sending what it has taken.
    package var linger: Duration = .seconds(2)
    /// Most messages that wait to be sent to one peer; 0 is no limit.
    package var sendLimit = 1000
    /// Most messages from one peer that wait to be received; 0 is no limit.
    package var receiveLimit = 1000
    /// Largest frame that is taken from a peer, in bytes, what encryption adds not counted; the
    /// connection that sends more is closed.
    package var frameBytesMax = 64 << 20
    /// Router only: sending to an unknown peer gives `hostUnreachable` instead of silence.
    package var isMandatory = true
    /// Router only: a new connection with a known identity takes over from the old one.
    package var handsOver = true
    /// Signs of life; `nil` sends none.
    package var heartbeat: Heartbeat?
    /// Wait before a lost connection is tried again; libzmq adds a random part of up to the same
    /// length to each wait, so that peers do not come back all at once.
    package var reconnectInterval: Duration = .milliseconds(100)
    /// The wait doubles with each attempt up to this.
    package var reconnectIntervalMax: Duration = .seconds(2)

    /// How long a connection may take until it is ready; one that says nothing is closed then, so
    /// that callers who only hold the line cost a descriptor for this long and no more.
    package var handshakeTimeout: Duration = .seconds(10)
    /// Connections that may wait until the socket takes them; the kernel's own limit holds too
    /// (`net.core.somaxconn`).
    package var backlog = 1024
    /// How connections are protected.
    package var security = SocketSecurity.none

    /// Makes the usual options.
    package init() {}
}

/// What one server allows its clients.
package struct WireLimits: Sendable {
    /// Connections at once; far below the usual limit of 1,024 descriptors. As many again may be
    /// about to end, because others took their place.
    package var connections: Int
    /// How long a connection may say nothing before it is closed.
    package var idleSeconds: Int
    /// How long the head of a request may take to come, however it is dripped.
    package var requestSeconds: Int
    /// How long one piece of an answer may take to go, however slowly it is read.
    package var answerSeconds: Int
    /// Requests answered on one connection before it is closed.
    package var requestsPerConnection: Int

    /// Joins the limits; those that are left out suit a public website.
    package init(
        connections: Int = 256,
        idleSeconds: Int = 15,
        requestSeconds: Int = 60,
        answerSeconds: Int = 60,
        requestsPerConnection: Int = 10_000
    ) {
        self.connections = connections
        self.idleSeconds = idleSeconds
        self.requestSeconds = requestSeconds
        self.answerSeconds = answerSeconds
        self.requestsPerConnection = requestsPerConnection
    }

    /// By when a request that begins now must have come.
    var requestDeadline: ContinuousClock.Instant { .now + .seconds(requestSeconds) }
}

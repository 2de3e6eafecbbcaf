import Curl

/// How long a host is left alone after a request.
enum HostPause {
    /// A server that is slower than this is busy, perhaps with us.
    private static let slow = Duration.seconds(1)
    /// What a busy server is given at most, beyond what it asks for.
    private static let slowPauseMax = Duration.seconds(30)

    /// The longest of what the site asks for, what the operator wants between two requests to any
    /// site, and, when it answers slowly, as long as it took: so that at most half of its time is
    /// ours.
    ///
    /// - Returns: `nil` for no pause.
    static func after(
        _ elapsed: Duration,
        crawlDelay: Duration?,
        usual: Duration
    ) -> Duration? {
        let busy = elapsed > slow ? min(elapsed, slowPauseMax) : .zero
        let pause = max(crawlDelay ?? .zero, usual, busy)
        return pause > .zero ? pause : nil
    }

    /// Whether a host is this machine, which nobody needs to spare.
    static func isOwnMachine(_ host: String) -> Bool {
        host == "localhost" || host.hasSuffix(".localhost")
            || IPAddress(host).map(isLoopback) ?? false
    }

    private static func isLoopback(_ address: IPAddress) -> Bool {
        loopback.contains { $0.contains(address) }
    }

    private static let loopback = ["127.0.0.0/8", "::1/128"].compactMap { IPNetwork($0) }
}

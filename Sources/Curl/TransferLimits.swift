/// How much time and room one exchange with a server may take.
package struct TransferLimits: Sendable, Equatable {
    /// Finding the address, connecting, and agreeing on TLS.
    package var connectTimeout: Duration = .seconds(10)
    /// From the request to the first line of the answer; slow content systems need up to 20 s.
    package var firstByteTimeout: Duration = .seconds(30)
    /// The whole exchange; below the 60 s that a stage may work on a message.
    package var totalTimeout: Duration = .seconds(45)
    /// Fewer bytes than this in a `paceWindow` are a stalled server.
    package var paceWindowMinBytes = 2048
    /// How long the pace is watched before it is judged.
    package var paceWindow: Duration = .seconds(15)
    /// Bytes of the body after decoding; real pages stay below 10 MiB.
    package var bodyBytes = 32 << 20
    /// Whether a longer body is cut there and counts as an answer, instead of being a failure.
    package var cutsBody = false
    /// Bytes of the body for each byte that came, beyond `swellFreeBytes`: pages and sitemaps
    /// shrink to a fiftieth at most, bombs to a thousandth.
    package var swellMax = 100
    /// Bytes of a body that may swell at will: small ones do no harm.
    package var swellFreeBytes = 1 << 20
    /// Bytes of all lines of the head; browsers stop at 256 KB, real answers stay below 32 KB.
    package var headerBytes = 128 << 10
    /// Lines of the head; real answers have fewer than a hundred.
    package var headerCount = 500

    /// Makes the usual limits.
    package init() {}
}

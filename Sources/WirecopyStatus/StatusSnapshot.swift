package import WirecopyMetrics

/// What a program tells of itself at one moment: taken on its socket loop, written elsewhere.
package struct StatusSnapshot: Sendable {
    /// Why the program takes no work at this moment, as full sentences; empty when it is ready.
    package var obstacles: [String]
    /// How long taking the snapshot held the socket loop up.
    package var loopTime: Duration
    /// Writes the program's own metrics; called on the server's thread.
    package var write: @Sendable (inout MetricPage) -> Void

    /// Joins the parts.
    package init(
        obstacles: [String],
        loopTime: Duration,
        write: @escaping @Sendable (inout MetricPage) -> Void
    ) {
        self.obstacles = obstacles
        self.loopTime = loopTime
        self.write = write
    }
}

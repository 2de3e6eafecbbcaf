import WirecopyMessages

/// Counts what happened in the last minute, to the nearest five seconds.
struct RecentCount: Sendable {
    /// What the count covers.
    static let span = Duration.seconds(60)
    private static let sliceMilliseconds = 5000
    private static let sliceCount = 12

    private var slices = [Int](repeating: 0, count: sliceCount)
    /// Number of the newest slice since 1970.
    private var newest = 0

    /// Counts one event at an instant; instants need not ascend.
    mutating func add(at now: Instant) {
        move(to: now)
        slices[newest % Self.sliceCount] += 1
    }

    /// Events of the last minute.
    mutating func total(at now: Instant) -> Int {
        move(to: now)
        return slices.reduce(0, +)
    }

    private mutating func move(to now: Instant) {
        let slice = max(0, now.milliseconds) / Self.sliceMilliseconds
        // A clock that was set back counts into the newest slice until it has caught up.
        guard slice > newest else { return }
        for number in max(newest + 1, slice - Self.sliceCount + 1)...slice {
            slices[number % Self.sliceCount] = 0
        }
        newest = slice
    }
}

/// Counts values in fixed buckets, for ever: what Prometheus wants, so that rates and percentiles
/// over any time can be taken from the differences.
///
/// Adding costs some 10 ns. Values are whole numbers of the scale's unit.
package struct Histogram: Sendable, Equatable {
    /// Where the buckets end and what a value means.
    package let scale: HistogramScale
    private let bounds: [Int]
    /// Values by bucket; the last is for those above the highest bound.
    package private(set) var counts: [Int]
    /// Sum of all values.
    package private(set) var sum = 0

    /// Makes an empty histogram.
    package init(_ scale: HistogramScale) {
        self.scale = scale
        bounds = scale.bounds
        counts = Array(repeating: 0, count: scale.bounds.count + 1)
    }

    /// Values added so far.
    package var count: Int { counts.reduce(0, +) }

    /// Adds a value in the scale's unit; a negative one counts as 0.
    package mutating func add(_ value: Int) {
        let value = max(0, value)
        var bucket = 0
        while bucket < bounds.count, value > bounds[bucket] { bucket += 1 }
        counts[bucket] += 1
        sum &+= value
    }

    /// Adds a duration; only for scales of time.
    package mutating func add(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        let fraction = attoseconds / (1_000_000_000_000_000_000 / Int64(scale.unitsPerOne))
        add(Int(seconds) * scale.unitsPerOne + Int(fraction))
    }
}

/// Where the buckets of a histogram end; closed, so that histograms of one name can be summed.
package enum HistogramScale: Sendable {
    /// Time in a queue or a stage: 1 ms to 1 h, in milliseconds.
    case work
    /// Age of a page at its end: 10 ms to 1 week, in milliseconds.
    case age
    /// Time of a disk: 50 µs to 5 s, in microseconds.
    case disk
    /// Things at a time: 1 to 4,096.
    case batch

    /// Upper bounds in ascending order, in the unit of the values; what is above is counted too.
    package var bounds: [Int] {
        switch self {
        case .work: Self.workBounds
        case .age: Self.ageBounds
        case .disk: Self.diskBounds
        case .batch: Self.batchBounds
        }
    }

    /// How many units of the values are one of the exported unit, seconds or things.
    package var unitsPerOne: Int {
        switch self {
        case .work, .age: 1000
        case .disk: 1_000_000
        case .batch: 1
        }
    }

    private static let workBounds = [
        1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000,
        900_000, 3_600_000,
    ]
    private static let ageBounds = [
        10, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000, 60_000, 300_000, 900_000,
        3_600_000, 21_600_000, 86_400_000, 604_800_000,
    ]
    private static let diskBounds = [
        50, 100, 250, 500, 1000, 2500, 5000, 10_000, 25_000, 50_000, 100_000, 250_000, 500_000,
        1_000_000, 5_000_000,
    ]
    private static let batchBounds = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 4096]
}

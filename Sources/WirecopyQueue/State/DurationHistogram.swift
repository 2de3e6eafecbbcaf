/// Counts durations in buckets that grow by a quarter, and forgets slowly.
///
/// Percentiles are off by at most an eighth, which is enough to see where time goes. When
/// `countMax` durations are in, all counts are halved, so that the percentiles follow the present.
struct DurationHistogram: Sendable {
    /// Four buckets a doubling from 1 ms on reach 18 hours.
    private static let bucketCount = 4 * 26
    /// Durations after which the past counts half.
    private static let countMax = 4096

    private var buckets = [Int](repeating: 0, count: bucketCount)
    private var count = 0

    /// Adds a duration in milliseconds; a negative one counts as 0.
    mutating func add(milliseconds: Int) {
        buckets[Self.bucket(of: max(0, milliseconds))] += 1
        count += 1
        guard count >= Self.countMax else { return }
        buckets = buckets.map { $0 / 2 }
        count = buckets.reduce(0, +)
    }

    /// The duration in milliseconds below which this share of durations lies; 0 without any.
    func percentile(_ percent: Int) -> Int {
        let wanted = (count * percent + 99) / 100
        var seen = 0
        for (index, bucket) in buckets.enumerated() where bucket > 0 {
            seen += bucket
            if seen >= wanted { return Self.middle(of: index) }
        }
        return 0
    }

    /// Below 4 ms each millisecond has its bucket; above, a doubling has four.
    private static func bucket(of milliseconds: Int) -> Int {
        guard milliseconds >= 4 else { return milliseconds }
        let exponent = Int.bitWidth - 1 - milliseconds.leadingZeroBitCount
        let quarter = milliseconds >> (exponent - 2) & 3
        return min(bucketCount - 1, 4 * (exponent - 1) + quarter)
    }

    private static func middle(of bucket: Int) -> Int {
        guard bucket >= 4 else { return bucket }
        let exponent = bucket / 4 + 1
        let width = 1 << (exponent - 2)
        return (4 + bucket % 4) * width + width / 2
    }
}

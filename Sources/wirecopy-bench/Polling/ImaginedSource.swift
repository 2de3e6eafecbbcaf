import Glibc
import SplitMix
import WirecopyMessages

/// A source as newsrooms have them, from a seed: how much it publishes, when, and what its server
/// answers.
///
/// Rates are spread as they are among feeds of the web, over three powers of ten (log-normal, half
/// of them below six articles a day); articles come by chance (Poisson), less at night and, with
/// most, at weekends; one in five servers knows no conditional requests.
struct ImaginedSource {
    /// Moments of publication, ascending.
    let published: [Instant]
    /// Whether the server answers "not modified".
    let isConditional: Bool
    /// The hours, counted from the start, in which it does not answer.
    let outage: Range<Int>

    /// Articles that the document shows at a time, the latest ones.
    static let shown = 30
    /// Half of all sources publish less in a day.
    private static let medianPerDay = 6.0
    private static let spread = 1.5
    private static let mostPerDay = 400.0
    /// Share of the day's activity by local hour: a newsroom that sleeps from 23 to 6.
    private static let activity: [Double] = [
        0.1, 0.05, 0.05, 0.05, 0.1, 0.3, 0.8, 1.2, 1.6, 1.7, 1.7, 1.6,
        1.5, 1.5, 1.6, 1.6, 1.7, 1.7, 1.5, 1.2, 1, 0.8, 0.5, 0.25,
    ]

    /// Imagines a source over so many days from `start`, which is midnight UTC of a Monday.
    init(seed: UInt64, start: Instant, days: Int) {
        var random = SplitMix64(seed: seed)
        let normal = Self.normal(&random)
        let perDay = min(Self.mostPerDay, Self.medianPerDay * exp(Self.spread * normal))
        let shift = Int.random(in: 0..<24, using: &random)
        let weekend = Double.random(in: 0..<1, using: &random) < 0.7 ? 0.4 : 1
        isConditional = Double.random(in: 0..<1, using: &random) < 0.8
        let down = Int.random(in: 0..<(24 * days), using: &random)
        let isUnreliable = Double.random(in: 0..<1, using: &random) < 0.1
        outage = down..<(isUnreliable ? down + Int.random(in: 1...12, using: &random) : down)
        let total = Self.activity.reduce(0, +)
        var published: [Instant] = []
        for hour in 0..<(24 * days) {
            let day = (hour + shift) / 24 % 7
            let share = Self.activity[(hour + shift) % 24] / total * (day >= 5 ? weekend : 1)
            for _ in 0..<Self.poisson(perDay * share, &random) {
                let offset = Int.random(in: 0..<3_600_000, using: &random)
                published.append(start + .milliseconds(hour * 3_600_000 + offset))
            }
        }
        self.published = published.sorted()
    }

    /// Box and Muller's way (1958).
    private static func normal(_ random: inout SplitMix64) -> Double {
        let (first, second) = (
            Double.random(in: Double.leastNonzeroMagnitude..<1, using: &random),
            Double.random(in: 0..<1, using: &random)
        )
        return sqrt(-2 * log(first)) * cos(2 * .pi * second)
    }

    /// Knuth's way, for the small means of an hour.
    private static func poisson(_ mean: Double, _ random: inout SplitMix64) -> Int {
        let limit = exp(-mean)
        var (count, product) = (0, Double.random(in: 0..<1, using: &random))
        while product > limit {
            count += 1
            product *= Double.random(in: 0..<1, using: &random)
        }
        return count
    }
}

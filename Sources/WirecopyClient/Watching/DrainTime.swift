/// When a queue will be empty if it goes on like this.
package enum DrainTime: Sendable, Equatable {
    /// Nothing waits and nothing is in work.
    case empty
    /// It shrinks, and is empty after so many milliseconds.
    case emptyIn(milliseconds: Int)
    /// As much comes in as goes out.
    case steady
    /// More comes in than goes out.
    case growing
    /// Nothing goes out.
    case standing

    /// Rates closer than this share of each other are the same: they are counts over seconds.
    private static let tolerance = 0.02
    /// A longer time than a year is no estimate.
    private static let millisecondsMax = 365.0 * 86_400_000

    /// Estimates from a backlog and rates a second.
    package init(backlog: Int, inPerSecond: Double, outPerSecond: Double) {
        let net = outPerSecond - inPerSecond
        if backlog == 0 {
            self = .empty
        } else if outPerSecond <= 0 {
            self = inPerSecond > 0 ? .growing : .standing
        } else if net > outPerSecond * Self.tolerance {
            let milliseconds = Double(backlog) / net * 1000
            self = .emptyIn(milliseconds: Int(min(milliseconds, Self.millisecondsMax)))
        } else {
            self = net < -outPerSecond * Self.tolerance ? .growing : .steady
        }
    }

    /// The estimate in milliseconds; `nil` when there is none.
    package var milliseconds: Int? {
        switch self {
        case .empty: 0
        case .emptyIn(let milliseconds): milliseconds
        case .steady, .growing, .standing: nil
        }
    }

    /// A few words.
    package var text: String {
        switch self {
        case .empty: "empty"
        case .emptyIn(let milliseconds): "empty in \(Self.rounded(milliseconds))"
        case .steady: "steady"
        case .growing: "grows"
        case .standing: "stands still"
        }
    }

    /// An estimate needs no seconds beside its minutes.
    private static func rounded(_ milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1000: "1 s"
        case ..<90_000: "\((milliseconds + 500) / 1000) s"
        case ..<5_400_000: "\((milliseconds + 30_000) / 60_000) min"
        case ..<129_600_000: "\((milliseconds + 1_800_000) / 3_600_000) h"
        default: "\((milliseconds + 43_200_000) / 86_400_000) d"
        }
    }
}

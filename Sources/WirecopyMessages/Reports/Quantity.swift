/// Numbers as people read them.
package enum Quantity {
    /// A duration: `840 ms`, `12 s`, `3:05 min`, `2:10 h`, `4 d`.
    package static func duration(milliseconds: Int) -> String {
        switch milliseconds {
        case ..<1000: "\(milliseconds) ms"
        case ..<60_000: "\(milliseconds / 1000) s"
        case ..<3_600_000: "\(milliseconds / 60_000):\(twoDigits(milliseconds / 1000 % 60)) min"
        case ..<86_400_000: "\(milliseconds / 3_600_000):\(twoDigits(milliseconds / 60_000 % 60)) h"
        default: "\(milliseconds / 86_400_000) d"
        }
    }

    /// A size: `512 B`, `18.3 kB`, `4.0 MB`.
    package static func bytes(_ count: Int) -> String {
        let units = ["B", "kB", "MB", "GB", "TB"]
        var (value, unit) = (Double(count), 0)
        while value >= 1000, unit < units.count - 1 {
            value /= 1000
            unit += 1
        }
        return unit == 0 ? "\(count) B" : "\(decimal(value)) \(units[unit])"
    }

    /// A rate or share with one decimal below ten, none above.
    package static func rate(_ value: Double) -> String {
        value < 10 ? decimal(value) : "\(Int(value.rounded()))"
    }

    /// A clock of minutes and seconds: `00:12`, `75:03`.
    package static func clock(_ duration: Duration) -> String {
        let seconds = Int(duration.components.seconds)
        return "\(twoDigits(seconds / 60)):\(twoDigits(seconds % 60))"
    }

    /// A count with its noun: `1 page`, `2 pages`.
    package static func count(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
        "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
    }

    private static func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10)"
    }

    private static func twoDigits(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}

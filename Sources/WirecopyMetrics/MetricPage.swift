/// A page of metrics in Prometheus' text format 0.0.4.
///
/// Metrics are written in one piece, one after the other; the page holds that each stands on it
/// once, with exactly the labels that its entry in `Metric` names.
package struct MetricPage: Sendable {
    /// What the page is called in HTTP.
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    /// The page so far, UTF-8.
    package private(set) var bytes: [UInt8] = []
    private var written: Set<Metric> = []

    /// Makes an empty page.
    package init() { bytes.reserveCapacity(32 << 10) }

    /// One value of a metric with labels; `labels` are the values in the order of `Metric.labels`.
    package struct Sample: Sendable {
        let labels: [String]
        let value: Value

        /// Values are whole, or have a fraction.
        enum Value: Sendable {
            case whole(Int)
            case fraction(Double)
            case histogram(Histogram)
        }

        /// A count.
        package init(_ labels: [String] = [], _ value: Int) {
            self.labels = labels
            self.value = .whole(value)
        }

        /// A quantity, such as seconds.
        package init(_ labels: [String] = [], _ value: Double) {
            self.labels = labels
            self.value = .fraction(value)
        }

        /// A distribution.
        package init(_ labels: [String] = [], _ value: Histogram) {
            self.labels = labels
            self.value = .histogram(value)
        }
    }

    /// Adds a metric with all its values.
    package mutating func add(_ metric: Metric, _ samples: [Sample]) {
        precondition(written.insert(metric).inserted, "\(metric.name) stands on the page already.")
        text("# HELP \(metric.name) \(Self.escaped(metric.help, quotes: false))\n")
        text("# TYPE \(metric.name) \(metric.kind.rawValue)\n")
        for sample in samples { add(metric, sample) }
    }

    /// Adds a metric that has one value and no labels.
    package mutating func add(_ metric: Metric, _ value: Int) {
        add(metric, [Sample([], value)])
    }

    private mutating func add(_ metric: Metric, _ sample: Sample) {
        precondition(
            sample.labels.count == metric.labels.count,
            "\(metric.name) has \(metric.labels.count) labels."
        )
        let labels = zip(metric.labels, sample.labels).map { label, value in
            "\(label.rawValue)=\"\(Self.escaped(value, quotes: true))\""
        }
        switch sample.value {
        case .whole(let value): line(metric.name, labels, "\(value)")
        case .fraction(let value): line(metric.name, labels, Self.number(value))
        case .histogram(let histogram): add(metric, labels, histogram)
        }
    }

    private mutating func add(_ metric: Metric, _ labels: [String], _ histogram: Histogram) {
        let units = Double(histogram.scale.unitsPerOne)
        var total = 0
        for (bound, count) in zip(histogram.scale.bounds, histogram.counts) {
            total += count
            let limit = Self.number(Double(bound) / units)
            line(metric.name + "_bucket", labels + ["le=\"\(limit)\""], "\(total)")
        }
        total += histogram.counts.last ?? 0
        line(metric.name + "_bucket", labels + ["le=\"+Inf\""], "\(total)")
        line(metric.name + "_sum", labels, Self.number(Double(histogram.sum) / units))
        line(metric.name + "_count", labels, "\(total)")
    }

    private mutating func line(_ name: String, _ labels: [String], _ value: String) {
        let list = labels.isEmpty ? "" : "{\(labels.joined(separator: ","))}"
        text("\(name)\(list) \(value)\n")
    }

    private mutating func text(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Whole numbers without a fraction, so that bounds read as people write them.
    private static func number(_ value: Double) -> String {
        if let whole = Int(exactly: value) { return "\(whole)" }
        return "\(value)"
    }

    /// Backslash, line feed and, in a label's value, the quotation mark are escaped.
    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

/// A page of metrics, read as strictly as Prometheus' text format 0.0.4 is written down:
/// https://prometheus.io/docs/instrumenting/exposition_formats/.
struct Exposition {
    struct Fault: Error, CustomStringConvertible {
        let line: Int
        let description: String
    }

    struct Sample: Equatable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    struct Family {
        var help: String
        var type = ""
        var samples: [Sample] = []
    }

    private(set) var families: [String: Family] = [:]

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Fault(line: 0, description: "No last line feed.") }
        var current = ""
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        for (index, line) in lines.enumerated() {
            func fault(_ text: String) -> Fault { Fault(line: index + 1, description: text) }
            if line.hasPrefix("# HELP ") {
                let words = line.dropFirst(7).split(separator: " ", maxSplits: 1)
                guard words.count == 2 else { throw fault("HELP without a sentence.") }
                current = String(words[0])
                guard families[current] == nil else { throw fault("\(current) comes twice.") }
                guard Self.isName(current) else { throw fault("\(current) is no name.") }
                families[current] = Family(help: String(words[1]))
            } else if line.hasPrefix("# TYPE ") {
                let words = line.dropFirst(7).split(separator: " ")
                guard words.count == 2, words[0] == current else { throw fault("TYPE of another.") }
                guard ["counter", "gauge", "histogram"].contains(words[1]) else {
                    throw fault("There is no type \(words[1]).")
                }
                guard families[current]?.type == "" else { throw fault("TYPE comes twice.") }
                families[current]?.type = String(words[1])
            } else {
                guard let sample = Self.sample(line) else { throw fault("No sample: \(line)") }
                guard let family = families[current], Self.belongs(sample, to: current, family)
                else { throw fault("\(sample.name) does not belong to \(current).") }
                let isNew = !family.samples.contains {
                    $0.name == sample.name && $0.labels == sample.labels
                }
                guard isNew else { throw fault("\(line) comes twice.") }
                families[current]?.samples.append(sample)
            }
        }
        for (name, family) in families { try Self.check(name, family) }
    }

    /// The value of one sample.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        families.values.lazy.flatMap(\.samples)
            .first { $0.name == name && $0.labels == labels }?.value
    }

    /// The sum of all samples of a name that have these labels.
    func sum(_ name: String, _ labels: [String: String] = [:]) -> Double {
        families.values.lazy.flatMap(\.samples)
            .filter { sample in
                sample.name == name && labels.allSatisfy { sample.labels[$0.key] == $0.value }
            }
            .reduce(0) { $0 + $1.value }
    }

    private static func belongs(_ sample: Sample, to name: String, _ family: Family) -> Bool {
        guard family.type == "histogram" else { return sample.name == name }
        return ["_bucket", "_sum", "_count"].contains { sample.name == name + $0 }
            && (sample.labels["le"] != nil) == sample.name.hasSuffix("_bucket")
    }

    private static func isName(_ text: some StringProtocol) -> Bool {
        guard let first = text.utf8.first, !(48...57).contains(first) else { return false }
        return text.utf8.allSatisfy { byte in
            (97...122).contains(byte) || (65...90).contains(byte) || (48...57).contains(byte)
                || byte == 95 || byte == 58
        }
    }

    /// `name{label="value",...} number`, nothing else.
    private static func sample(_ line: Substring) -> Sample? {
        let name = line.prefix { $0 != "{" && $0 != " " }
        guard isName(name) else { return nil }
        var rest = line.dropFirst(name.count)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest = rest.dropFirst()
            while rest.first != "}" {
                guard let (label, value) = label(&rest), labels[label] == nil else { return nil }
                labels[label] = value
                if rest.first == "," {
                    rest = rest.dropFirst()
                    guard rest.first != "}" else { return nil }
                }
            }
            rest = rest.dropFirst()
        }
        guard rest.first == " ", let value = number(rest.dropFirst()) else { return nil }
        return Sample(name: String(name), labels: labels, value: value)
    }

    private static func label(_ rest: inout Substring) -> (String, String)? {
        let name = rest.prefix { $0 != "=" }
        guard isName(name), !name.contains(":") else { return nil }
        rest = rest.dropFirst(name.count + 1)
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst()
        var value = ""
        while let character = rest.first, character != "\"" {
            rest = rest.dropFirst()
            guard character == "\\" else {
                value.append(character)
                continue
            }
            switch rest.first {
            case "\\": value += "\\"
            case "n": value += "\n"
            case "\"": value += "\""
            default: return nil
            }
            rest = rest.dropFirst()
        }
        guard rest.first == "\"" else { return nil }
        rest = rest.dropFirst()
        return (String(name), value)
    }

    private static func number(_ text: Substring) -> Double? {
        switch text {
        case "+Inf": .infinity
        case "NaN", "-Inf": nil
        default: Double(text)
        }
    }

    private static func check(_ name: String, _ family: Family) throws {
        func fault(_ text: String) -> Fault { Fault(line: 0, description: "\(name): \(text)") }
        guard !family.type.isEmpty else { throw fault("no TYPE.") }
        guard family.type != "counter" || name.hasSuffix("_total") else {
            throw fault("a counter must end in _total.")
        }
        guard family.type != "gauge" || !name.hasSuffix("_total") else {
            throw fault("a gauge must not end in _total.")
        }
        for sample in family.samples where family.type != "gauge" && sample.value < 0 {
            throw fault("\(sample.value) is below 0.")
        }
        guard family.type == "histogram" else { return }
        let groups = Dictionary(grouping: family.samples) { sample in
            sample.labels.filter { $0.key != "le" }
        }
        for (labels, samples) in groups {
            let buckets = samples.filter { $0.name.hasSuffix("_bucket") }
            let bounds = try buckets.map { bucket in
                guard let bound = bucket.labels["le"].flatMap({ number($0[...]) }) else {
                    throw fault("\(labels) has a bucket without a bound.")
                }
                return bound
            }
            guard bounds == bounds.sorted(), Set(bounds).count == bounds.count,
                bounds.last == .infinity
            else { throw fault("\(labels) has bounds \(bounds).") }
            let values = buckets.map(\.value)
            guard values == values.sorted() else { throw fault("\(labels) is not cumulative.") }
            let count = samples.first { $0.name.hasSuffix("_count") }?.value
            guard let count, count == values.last,
                samples.contains(where: { $0.name.hasSuffix("_sum") })
            else { throw fault("\(labels) has no count and sum that fit.") }
        }
    }
}

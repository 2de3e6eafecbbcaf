import Foundation

/// One measured figure, as one JSON line.
struct BenchCase: Codable {
    /// What was measured: `pipeline/articles`.
    var `case`: String
    /// The figure.
    var value: Double
    /// Its unit: `articles/s`, `MB`, `ms`.
    var unit: String
    /// What it is compared with, measured in the same run.
    var reference: String?
    /// The reference's figure, in the same unit.
    var referenceValue: Double?
    /// The figure divided by the reference's.
    var ratio: Double?
    /// Of a queue's load: messages for each sync of the journal's files.
    var messagesPerSync: Double?
    /// Of a load: processor time of all processes together, in microseconds a message or article.
    var cpuMicroseconds: Double?

    /// Makes a figure without a reference.
    init(_ name: String, _ value: Double, _ unit: String) {
        self.case = name
        self.value = value
        self.unit = unit
    }

    /// Makes a figure with a reference measured in the same run.
    init(_ name: String, _ value: Double, _ unit: String, against other: String, _ figure: Double) {
        self.init(name, value, unit)
        reference = other
        referenceValue = figure
        ratio = figure > 0 ? value / figure : nil
    }

    /// Writes the line to standard output.
    func print() throws {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let line = try encoder.encode(self) + Data("\n".utf8)
        try FileHandle.standardOutput.write(contentsOf: line)
    }
}

extension Array {
    /// The middle value of a figure; zero of none.
    func median(_ path: KeyPath<Element, Double>) -> Double {
        let sorted = map { $0[keyPath: path] }.sorted()
        return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
    }
}

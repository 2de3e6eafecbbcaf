import Foundation
import WirecopyEntities

/// Names found and right, by source: exact bounds, four coarse types and all types.
struct NameScore {
    private var gold: [String: Int] = [:]
    private var found: [String: Int] = [:]
    private var right: [String: Int] = [:]
    private var rightFine: [String: Int] = [:]

    mutating func add(_ document: NameDocument, _ names: [NameDocument.Name], as source: String) {
        gold[source, default: 0] += document.names.count
        found[source, default: 0] += names.count
        let known = Dictionary(
            document.names.map { ($0.range, $0.types) },
            uniquingKeysWith: { one, _ in one }
        )
        for name in names {
            guard let types = known[name.range], let type = name.types.first else { continue }
            if types.contains(where: { NameDocument.coarse($0) == NameDocument.coarse(type) }) {
                right[source, default: 0] += 1
            }
            if types.contains(type) { rightFine[source, default: 0] += 1 }
        }
    }

    private func f1(_ right: Int, _ source: String) -> Double {
        let sum = gold[source, default: 0] + found[source, default: 0]
        return sum == 0 ? 0 : 200 * Double(right) / Double(sum)
    }

    /// A line a source.
    var lines: [String] {
        gold.keys.sorted().map { source in
            let (hits, fine) = (right[source, default: 0], rightFine[source, default: 0])
            let precision = 100 * Double(hits) / Double(max(found[source, default: 0], 1))
            let recall = 100 * Double(hits) / Double(max(gold[source, default: 0], 1))
            return String(
                format: "%@ gold %d P %.1f R %.1f F1 %.2f fine %.2f",
                source.padding(toLength: 28, withPad: " ", startingAt: 0),
                gold[source, default: 0],
                precision,
                recall,
                f1(hits, source),
                f1(fine, source)
            )
        }
    }
}

import Foundation

/// A site's `/.well-known/tdmrep.json`: which pages' rights of text and data mining are reserved
/// (TDM Reservation Protocol, W3C community group, 2024).
package struct MiningFile: Sendable {
    /// One entry: pages and what holds for them.
    package struct Rule: Sendable, Hashable {
        /// The paths that it is about.
        package let pattern: RobotsPattern
        /// Whether rights are reserved.
        package let isReserved: Bool
        /// Address of the terms, when the publisher gives one.
        package let policy: String?
    }

    /// Longer files are not read; real ones have some hundred bytes.
    package static let sizeMaxBytes = 256 << 10
    /// Entries that are read.
    package static let rulesMax = 1000

    /// The entries in the order of the file, of which the first that matches holds.
    package let rules: [Rule]

    /// Reads a file; `nil` when it is none.
    package init?(_ bytes: [UInt8]) {
        guard bytes.count <= Self.sizeMaxBytes,
            let entries = try? JSONDecoder().decode([Entry].self, from: Data(bytes))
        else { return nil }
        rules = entries.prefix(Self.rulesMax).compactMap(\.rule)
    }

    /// The entry that holds for a page; `nil` when none does, and then nothing is reserved.
    package func rule(for path: RobotsPath) -> Rule? {
        var budget = RobotsRules.comparisonsMax
        return rules.first { $0.pattern.matches(path, .plain, budget: &budget) ?? true }
    }

    private struct Entry: Decodable {
        let rule: Rule?

        private enum CodingKeys: String, CodingKey {
            case location
            case reservation = "tdm-reservation"
            case policy = "tdm-policy"
        }

        /// Entries that are incomplete or of other types are passed over one by one.
        init(from decoder: any Decoder) throws {
            guard let values = try? decoder.container(keyedBy: CodingKeys.self),
                let location = try? values.decode(String.self, forKey: .location)
            else {
                rule = nil
                return
            }
            let number = try? values.decode(Int.self, forKey: .reservation)
            let text = try? values.decode(String.self, forKey: .reservation)
            rule = Rule(
                pattern: RobotsPattern(location),
                isReserved: number == 1 || text == "1",
                policy: try? values.decode(String.self, forKey: .policy)
            )
        }
    }
}

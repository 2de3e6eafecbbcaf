import Foundation

/// What became of a fault; printed as one JSON line.
struct FaultResult: Encodable {
    /// Name of the fault.
    let fault: String
    /// Seed of its moments and victims.
    let seed: UInt64
    /// Pages that entered.
    var pages = 0
    /// Pages that are in the store.
    var stored = 0
    /// Pages that were given up, with a reason.
    var dead = 0
    /// Pages without an end.
    var lost = 0
    /// Pages that the store holds more than once.
    var storedTwice = 0
    /// Programs that trapped, aborted or said that they were at fault.
    var crashes = 0
    /// Figures of the fault itself, such as how often it was caused.
    var figures: [String: Int] = [:]
    /// Wall time.
    var seconds = 0.0
    /// Why the fault was not caused.
    var skipped: String?
    /// What did not hold, in sentences.
    var broken: [String] = []

    /// Makes the result of a fault that was not caused yet.
    init(fault: String, seed: UInt64) {
        self.fault = fault
        self.seed = seed
    }

    /// Whether everything held that must.
    var holds: Bool { broken.isEmpty && lost == 0 && storedTwice == 0 && crashes == 0 }

    /// The result on one line.
    func line() throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// Adds to a figure.
    mutating func count(_ figure: String, _ more: Int = 1) { figures[figure, default: 0] += more }

    /// Notes programs that ended as they must not.
    mutating func note(crashes all: [String]) {
        crashes += all.count
        broken += all
    }

    /// Adds the balance of one installation, of which this many pages are expected.
    mutating func note(_ balance: Balance, expecting count: Int, dead range: ClosedRange<Int>) {
        pages += count
        stored += balance.stored
        dead += balance.dead
        storedTwice += balance.storedTwice
        lost += max(balance.lostByLedger, count - balance.stored - balance.dead)
        broken += balance.breaches
        if !balance.isBalanced { broken.append("The ledger does not balance: \(balance).") }
        if !(range ~= balance.dead) {
            broken.append("\(balance.dead) pages were given up: \(balance.reasons).")
        }
    }

    /// Notes a sentence unless something is true.
    mutating func expect(_ isTrue: Bool, _ sentence: String) {
        if !isTrue { broken.append(sentence) }
    }
}

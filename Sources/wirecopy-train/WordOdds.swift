import Foundation

/// Learns how strongly words speak for a block's being text: each site has one vote a word.
struct WordOdds {
    /// Words that fewer sites use are names of something, and say nothing of other sites.
    private let sitesMin: Int
    private var votes: [String: [String: (yes: Float, no: Float)]] = [:]

    init(sitesMin: Int) { self.sitesMin = sitesMin }

    mutating func add(_ words: Set<String>, site: String, answer: Float, weight: Float) {
        guard weight > 0 else { return }
        for word in words where word.utf8.count <= 24 {
            votes[word, default: [:]][site, default: (0, 0)].yes += answer * weight
            votes[word, default: [:]][site, default: (0, 0)].no += (1 - answer) * weight
        }
    }

    /// Log-odds by word, rounded so that they are short to write.
    func weights(without left: (String) -> Bool) -> [String: Float] {
        var weights: [String: Float] = [:]
        for (word, sites) in votes {
            let counted = sites.filter { !left($0.key) }
            guard counted.count >= sitesMin else { continue }
            var (yes, no) = (Float(0), Float(0))
            for (_, vote) in counted.sorted(by: { $0.key < $1.key }) {
                let share = vote.yes / (vote.yes + vote.no)
                yes += share
                no += 1 - share
            }
            let odds = log((yes + 0.5) / (no + 0.5))
            weights[word] = (odds * 100).rounded() / 100
        }
        return weights
    }
}

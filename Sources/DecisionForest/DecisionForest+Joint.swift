import Foundation

extension DecisionForest {
    /// Turns log-odds of questions of which at most one is yes into probabilities: each one's share
    /// of a whole that is theirs and that of none, whose log-odds are zero (the softmax function).
    package static func shareOut(_ odds: inout ArraySlice<Float>) {
        let largest = max(0, odds.max() ?? 0)
        var whole = exp(-largest)
        for index in odds.indices {
            odds[index] = exp(odds[index] - largest)
            whole += odds[index]
        }
        for index in odds.indices { odds[index] /= whole }
    }
}

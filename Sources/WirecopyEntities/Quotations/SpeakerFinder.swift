import DecisionForest

/// Finds who says each utterance of a text, in the text's order: who spoke before is evidence.
struct SpeakerFinder {
    let numbers: SpeakerNumbers

    /// Asks about all utterances; `choose` says which candidate of a question is the speaker, or
    /// `nil` for none.
    func speakers(
        of utterances: [Utterance],
        choose: (SpeakerQuestion, _ utterance: Int) -> Int?
    ) -> [SpeakerCandidate?] {
        var history = SpeechHistory()
        return utterances.enumerated().map { index, utterance in
            let question = numbers.question(utterance, history)
            let speaker =
                question.isPlain
                ? question.candidates.first
                : choose(question, index).map { question.candidates[$0] }
            history.append(utterance, speaker)
            return speaker
        }
    }
}

extension SpeakerQuestion {
    /// The candidate that a model believes in; `nil` when nobody is likelier than each of them.
    func answer(_ model: DecisionForest) -> Int? {
        guard !rows.isEmpty else { return nil }
        let odds = model.logOdds(ofAll: rows.flatMap(\.self))
        guard let best = odds.indices.max(by: { odds[$0] < odds[$1] }),
            odds[best] > Self.nobodyOdds
        else { return nil }
        return best
    }

    /// Log-odds against nobody below which no speaker is named: a reader is better served by none
    /// than by one that is wrong three times out of four.
    private static let nobodyOdds: Float = -1
}

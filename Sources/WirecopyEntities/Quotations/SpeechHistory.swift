/// Who has spoken so far in a text.
struct SpeechHistory {
    /// The utterance before; nil at the beginning.
    private(set) var last: Utterance?
    /// Who said it, if that is known.
    private(set) var speaker: SpeakerCandidate?
    private var counts: [SpeakerCandidate: Int] = [:]

    /// Remembers an utterance and who said it.
    mutating func append(_ utterance: Utterance, _ speaker: SpeakerCandidate?) {
        last = utterance
        self.speaker = speaker
        if let speaker { counts[speaker, default: 0] += 1 }
    }

    /// How often a candidate has spoken.
    func count(_ candidate: SpeakerCandidate) -> Int { counts[candidate] ?? 0 }

    /// The entity that spoke last, if it was one.
    var entity: Int? {
        if case .entity(let entity) = speaker { entity } else { nil }
    }
}

/// Words that somebody says, with the cues beside them: what the search for a speaker starts from.
struct Utterance {
    /// Its tokens, with quotation marks if it has any.
    var tokens: Range<Int>
    /// Index of its line in `TextLines`.
    var line: Int
    /// The cue that stands before the words, if any.
    var before: Attribution?
    /// The cue that stands behind the words, if any.
    var after: Attribution?
    /// Whether the next paragraph goes on with it.
    var isUnclosed = false

    /// The cue that is believed to say who speaks: the one before, unless it names nobody.
    var attribution: Attribution? {
        if let before, before.speaker != nil { return before }
        return after ?? before
    }
}

/// Who may have said an utterance.
enum SpeakerCandidate: Hashable {
    /// An entity of the text, by its index.
    case entity(Int)
    /// Somebody without a name, by the tokens that describe them.
    case described(Range<Int>)
}

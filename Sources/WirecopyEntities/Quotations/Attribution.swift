/// Who or what stands as the speaker beside a cue, before it is resolved to an entity.
enum SpeakerPhrase: Equatable {
    /// A name: an index into the spans.
    case name(Int)
    /// A pronoun, by its token.
    case pronoun(Int)
    /// A description such as "a police spokesman", by its tokens.
    case description(Range<Int>)
}

/// A cue with the phrase that says who speaks.
struct Attribution: Equatable {
    /// Where the cue stands relative to the statement.
    enum Side {
        case before, after
    }

    var cue: Range<Int>
    var speaker: SpeakerPhrase?
    var side: Side
    /// Whether the cue only labels a phrase: `called it "a disgrace"`.
    var isLabel: Bool
    /// Whether the cue is passive: `was described as "a disgrace"`.
    var isPassive = false
    /// Whether "by" names the speaker of a passive cue: `described by Quill as "a disgrace"`.
    var hasAgent = false
}

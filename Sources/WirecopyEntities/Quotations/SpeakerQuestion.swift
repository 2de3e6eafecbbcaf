import WirecopyMessages

/// Who of a few candidates said an utterance: each candidate with what is known of it as numbers.
struct SpeakerQuestion {
    /// Candidates; at most `candidatesMax`.
    let candidates: [SpeakerCandidate]
    /// For each candidate `SpeakerNumbers.count` numbers; empty where the text is so plain that
    /// there is one candidate and nothing to ask.
    let rows: [[Float]]

    /// Candidates that are asked about; beyond the nearest two dozen nobody speaks.
    static let candidatesMax = 24

    /// Whether the text itself gives the answer.
    var isPlain: Bool { rows.isEmpty && candidates.count == 1 }
}

/// What a search over the names around an utterance finds out about one of their entities.
struct NearbyMentions {
    /// The nearest mention before the words that is not inside of a quotation.
    var before: Int?
    /// The first mention in the sentence of that one.
    var leftmost: Int?
    /// How many entities of the same kind were mentioned more recently.
    var rank = 0
    /// Its mention nearest to the cue before the words.
    var besideBefore: CuedMention?
    /// Its mention nearest to the cue behind the words.
    var besideAfter: CuedMention?
    /// Its first mention behind the words in their line.
    var behind: Int?
    /// Whether the words themselves mention it.
    var isInside = false
    /// Sentences since one whose first person it is; 99 for none.
    var sentencesSinceSubject = 99
}

/// A mention beside a cue.
struct CuedMention {
    /// Index of the name.
    var name: Int
    /// Words between the two; negative when the mention stands behind the cue.
    var gap: Int
    /// Other names between the two.
    var namesBetween: Int
}

/// Looks at the names around an utterance, at a bounded number of them.
struct NearbySearch {
    /// Names before an utterance that are looked at.
    private static let namesBackMax = 60
    /// Names behind an utterance that are looked at.
    private static let namesAheadMax = 12
    /// Words between a cue and the name of the speaker.
    static let gapMax = 30

    let quoted: QuotedText

    /// What is known of each entity that is mentioned near an utterance, nearest first.
    func mentions(near utterance: Utterance) -> [(entity: Int, nearby: NearbyMentions)] {
        var order: [Int] = []
        var found: [Int: NearbyMentions] = [:]
        lookBack(from: utterance, &order, &found)
        lookAhead(from: utterance, &order, &found)
        return order.map { ($0, found[$0] ?? NearbyMentions()) }
    }

    private func lookBack(
        from utterance: Utterance,
        _ order: inout [Int],
        _ found: inout [Int: NearbyMentions]
    ) {
        let names = quoted.names
        let end = names.firstSpanIndex(fromToken: utterance.tokens.lowerBound)
        let sentence = quoted.text.sentenceIndex(ofToken: utterance.tokens.lowerBound) ?? 0
        var persons = 0
        var others = 0
        for index in stride(from: end - 1, through: max(0, end - Self.namesBackMax), by: -1)
        where !quoted.isQuoted[index] {
            let entity = names.entityOfSpan[index]
            if found[entity]?.before == nil {
                guard order.count < SpeakerQuestion.candidatesMax else { break }
                let isPerson = names.entities[entity].type == .person
                order.append(entity)
                found[entity] = NearbyMentions(before: index, rank: isPerson ? persons : others)
                if isPerson { persons += 1 } else { others += 1 }
            }
            if let nearest = found[entity]?.before,
                quoted.sentences[nearest] == quoted.sentences[index]
            {
                found[entity]?.leftmost = index
            }
            if quoted.isFirstPerson(index), found[entity]?.sentencesSinceSubject == 99 {
                found[entity]?.sentencesSinceSubject = sentence - quoted.sentences[index]
            }
            guard let cue = utterance.before?.cue, let mention = mention(index, beside: cue),
                abs(mention.gap) < abs(found[entity]?.besideBefore?.gap ?? .max)
            else { continue }
            found[entity]?.besideBefore = mention
        }
    }

    private func lookAhead(
        from utterance: Utterance,
        _ order: inout [Int],
        _ found: inout [Int: NearbyMentions]
    ) {
        let names = quoted.names
        let line = quoted.lines.tokens[utterance.line]
        var index = names.firstSpanIndex(fromToken: utterance.tokens.lowerBound)
        let end = min(names.spans.count, index + 2 * Self.namesAheadMax)
        while index < end, names.spans[index].tokens.lowerBound < line.upperBound {
            defer { index += 1 }
            let entity = names.entityOfSpan[index]
            let isInside = names.spans[index].tokens.lowerBound < utterance.tokens.upperBound
            if isInside {
                found[entity]?.isInside = true
                continue
            }
            guard !quoted.isQuoted[index] else { continue }
            if found[entity] == nil {
                guard order.count < SpeakerQuestion.candidatesMax else { break }
                order.append(entity)
                found[entity] = NearbyMentions()
            }
            if found[entity]?.behind == nil { found[entity]?.behind = index }
            guard let cue = utterance.after?.cue, let mention = mention(index, beside: cue),
                abs(mention.gap) < abs(found[entity]?.besideAfter?.gap ?? .max)
            else { continue }
            found[entity]?.besideAfter = mention
        }
    }

    private func mention(_ name: Int, beside cue: Range<Int>) -> CuedMention? {
        let span = quoted.names.spans[name]
        return gap(between: span.start..<span.tokens.upperBound, and: cue).map {
            CuedMention(name: name, gap: $0.words, namesBetween: $0.names)
        }
    }

    /// Words and names between a phrase and a cue; `nil` when they are far from each other.
    ///
    /// The number of words is negative, and one less, when the phrase stands behind the cue.
    func gap(between phrase: Range<Int>, and cue: Range<Int>) -> (words: Int, names: Int)? {
        let isLeft = phrase.lowerBound < cue.lowerBound
        let between =
            isLeft
            ? phrase.upperBound..<max(phrase.upperBound, cue.lowerBound)
            : min(cue.upperBound, phrase.lowerBound)..<phrase.lowerBound
        guard between.count <= Self.gapMax else { return nil }
        let words = quoted.text.tokens[between].count {
            !SpeechWords.betweenSubjectAndVerb.contains($0)
        }
        let first = quoted.names.firstSpanIndex(fromToken: between.lowerBound)
        let last = quoted.names.firstSpanIndex(fromToken: between.upperBound)
        return (isLeft ? words : -1 - words, max(0, last - first))
    }
}

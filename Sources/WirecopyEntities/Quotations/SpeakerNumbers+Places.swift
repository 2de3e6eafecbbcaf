/// Where a phrase stands: beside a cue, in its sentence, behind which words.
extension SpeakerNumbers {
    func gap(_ tokens: Range<Int>, _ cue: Range<Int>) -> Int? {
        NearbySearch(quoted: quoted).gap(between: tokens, and: cue)?.words
    }

    /// Whether it stands directly beside the cue before (1), behind the words (2), or both (3).
    func touch(_ before: Int?, _ after: Int?) -> Float {
        (before == 0 || before == -1 ? 1 : 0) + (after == 0 || after == -1 ? 2 : 0)
    }

    /// The preposition a few words before a phrase: "for the news agency Quill Media".
    func governor(of start: Int) -> Float {
        var index = start - 1
        let limit = max(-1, start - 1 - Self.apposedMax)
        while index > limit {
            let token = text.tokens[index]
            guard token.kind == .word, !SpeechWords.verb.contains(token) else { return 0 }
            if Self.belonging.contains(token) { return 1 }
            if Self.direction.contains(token) { return 2 }
            if Self.by.contains(token) { return 3 }
            index -= 1
        }
        return 0
    }

    /// Whether a phrase stands behind "which" or "who" of its clause.
    func isRelative(_ start: Int) -> Bool {
        var index = start - 1
        let limit = max(-1, start - 9)
        while index > limit {
            let token = text.tokens[index]
            if token.kind == .mark { return false }
            if Self.relative.contains(token) { return true }
            index -= 1
        }
        return false
    }

    // Where its nearest earlier mention stands.
    func place(_ name: Int?, _ scene: SpeechScene) -> [Float] {
        guard let name else { return [Self.none, Self.none, Self.none, 0, 0, 0, 0, 0] }
        let span = names.spans[name]
        let sentence = quoted.sentences[name]
        let firstName = names.firstSpanIndex(
            fromToken: text.sentenceTokens[sentence].lowerBound
        )
        return place(
            span.tokens,
            sentence: sentence,
            namesBefore: max(0, name - firstName),
            isSubject: quoted.isFirstPerson(name),
            scene
        )
    }

    func place(described tokens: Range<Int>, _ scene: SpeechScene) -> [Float] {
        guard tokens.upperBound <= scene.utterance.tokens.lowerBound else {
            return place(nil, scene)
        }
        let sentence = text.sentenceIndex(ofToken: tokens.lowerBound) ?? scene.sentence
        let start = text.sentenceTokens[sentence].lowerBound
        let namesBefore =
            names.firstSpanIndex(fromToken: tokens.lowerBound)
            - names.firstSpanIndex(fromToken: start)
        return place(
            tokens,
            sentence: sentence,
            namesBefore: namesBefore,
            isSubject: tokens.lowerBound == start,
            scene
        )
    }

    func place(
        _ tokens: Range<Int>,
        sentence: Int,
        namesBefore: Int,
        isSubject: Bool,
        _ scene: SpeechScene
    ) -> [Float] {
        let start = text.sentenceTokens[sentence].lowerBound
        let line = quoted.lines.tokens[scene.utterance.line].lowerBound
        return [
            Float(min(scene.sentence - sentence, 20)),
            sentence == scene.sentence
                ? Float(min(scene.utterance.tokens.lowerBound - tokens.upperBound, 60))
                : Self.none,
            Float(min(namesBefore, 9)),
            isSubject ? 1 : 0,
            preposition(before: tokens.lowerBound),
            follower(at: tokens.upperBound),
            tokens.lowerBound >= line ? 1 : 0,
            Float(min(tokens.lowerBound - start, 40)),
        ]
    }

    func beside(_ mention: CuedMention?) -> [Float] {
        guard let mention else { return [Self.none, Self.none, 0, 0] }
        let span = names.spans[mention.name]
        return [
            Float(mention.gap),
            Float(min(mention.namesBetween, 9)),
            preposition(before: span.start),
            follower(at: span.tokens.upperBound),
        ]
    }

    func beside(described tokens: Range<Int>, _ cue: Range<Int>?) -> [Float] {
        guard let cue,
            let gap = NearbySearch(quoted: quoted).gap(between: tokens, and: cue)
        else { return beside(nil) }
        return [
            Float(gap.words),
            Float(min(gap.names, 9)),
            preposition(before: tokens.lowerBound),
            follower(at: tokens.upperBound),
        ]
    }

    // How far behind the words it stands, and beside what.
    func behind(_ tokens: Range<Int>?, _ scene: SpeechScene) -> [Float] {
        guard let tokens, tokens.lowerBound >= scene.utterance.tokens.upperBound else {
            return [Self.none, Self.none, 0, 0]
        }
        let sentence = text.sentenceIndex(ofToken: tokens.lowerBound) ?? scene.sentence
        return [
            Float(min(sentence - scene.sentence, 9)),
            Float(min(tokens.lowerBound - scene.utterance.tokens.upperBound, 40)),
            preposition(before: tokens.lowerBound),
            follower(at: tokens.upperBound),
        ]
    }

    /// What stands before a phrase: 0 nothing special, else the kind of preposition.
    private func preposition(before start: Int) -> Float {
        var index = start - 1
        if index > 0, Self.article.contains(text.tokens[index]) { index -= 1 }
        guard index >= 0 else { return 0 }
        let token = text.tokens[index]
        if Self.belonging.contains(token) { return 1 }
        if Self.direction.contains(token) { return 2 }
        if Self.by.contains(token) { return 3 }
        if token.shape.contains(.possessive) { return 4 }
        if token.isMark(",") { return 5 }
        return 0
    }

    /// What stands behind a phrase: 0 something else, 1 a verb of speech, 2 a possessive, …
    private func follower(at end: Int) -> Float {
        var index = end
        guard index < text.tokens.count else { return 0 }
        let token = text.tokens[index]
        if token.shape.contains(.possessive) { return 2 }
        if token.isMark(",") { return 3 }
        if token.isMark("(") { return 4 }
        if Self.joint.contains(token) { return 5 }
        if Self.belonging.contains(token) { return 6 }
        if token.kind == .word, token.isCapitalised { return 7 }
        let limit = min(text.tokens.count, index + 4)
        while index < limit {
            if SpeechWords.verb.contains(text.tokens[index]) { return 1 }
            if SpeechWords.labelling.contains(text.tokens[index]) { return 1 }
            guard SpeechWords.betweenSubjectAndVerb.contains(text.tokens[index]) else { break }
            index += 1
        }
        return 0
    }

    private static let relative = WordSet("which who whose whom where")
    private static let belonging = WordSet("of for in at from")
    private static let direction = WordSet("to with against about on over that")
    private static let by = WordSet("by")
    private static let joint = WordSet("and or")
}

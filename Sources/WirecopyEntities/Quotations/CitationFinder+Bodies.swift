import WirecopyMessages

/// What can be a source: bodies and outlets, but no place where anybody writes.
extension CitationFinder {
    /// Words of an office between a body's name and a person's.
    private static let roleWordsMax = 4

    // "the Harbour Board's chief Ada Quill": a person's own statement is no source.
    func hasSpokesman(_ span: Int) -> Bool {
        let end = names.spans[span].tokens.upperBound
        guard end < text.tokens.count else { return false }
        if text.tokens[end].shape.contains(.possessive) {
            let limit = min(text.tokens.count, end + 5)
            return !text.tokens[end..<limit].contains { Self.document.contains($0) }
                && names.spanIndex(atToken: end + 1) == nil
        }
        guard text.tokens[end].kind == .word, !text.tokens[end].isCapitalised,
            span + 1 < names.spans.count
        else { return false }
        let next = names.spans[span + 1]
        return next.type == .person && next.start <= end + Self.roleWordsMax
            && !text.tokens[end..<next.start].contains {
                $0.kind == .mark || SpeechWords.verb.contains($0) || Self.breaks.contains($0)
            }
    }

    func isBody(_ span: Int) -> Bool {
        let entity = names.entities[names.entityOfSpan[span]]
        guard !isPlatform(span) else { return false }
        return entity.type == .organisation || entity.type == .work || isMedium(span)
    }

    // Where anybody writes is no source: "via Twitter".
    private func isPlatform(_ span: Int) -> Bool {
        names.spans[span].tokens.count == 1
            && Self.platform.contains(text.tokens[names.spans[span].tokens.lowerBound])
    }

    func isMedium(_ span: Int) -> Bool {
        let tokens = names.spans[span].tokens
        guard !isPlatform(span) else { return false }
        // "The EastQuill": an article that belongs to the name.
        let type = names.spans[span].type
        if type == .organisation || type == .work, tokens.count > 1,
            Self.the.contains(text.tokens[tokens.lowerBound]),
            text.tokens[tokens.lowerBound].isCapitalised,
            !text.sentenceTokens.isEmpty, !opensSentence(tokens.lowerBound)
        {
            return true
        }
        if tokens.contains(where: { isAddress(text.tokens[$0]) }) { return true }
        // "the newspaper Quill Times".
        let before = tokens.lowerBound - 1
        if before >= 0, Self.mediumNoun.contains(text.tokens[before]) { return true }
        let match = lexicon.longestMatch(
            text.tokens,
            from: tokens.lowerBound,
            limit: tokens.upperBound
        )
        if let match, match.tokens == tokens, match.senses.contains(.medium) { return true }
        guard tokens.count > 1 else { return false }
        return Self.mediumHead.contains(text.tokens[tokens.upperBound - 1])
    }

    // "Quill.com": the name of a site.
    private func isAddress(_ token: Token) -> Bool {
        text.bytes[token.start..<token.end].suffix(4).elementsEqual(".com".utf8)
    }

    private func opensSentence(_ token: Int) -> Bool {
        text.sentenceIndex(ofToken: token).map { text.sentenceTokens[$0].lowerBound == token }
            ?? true
    }

    private static let platform = WordSet(
        """
        twitter facebook instagram youtube telegram tiktok weibo whatsapp reddit medium linkedin
        snapchat x mastodon bluesky threads
        """
    )
    private static let mediumHead = WordSet(
        """
        times post herald tribune journal gazette telegraph news press television tv radio magazine
        agency guardian chronicle daily week weekly sport mail express mirror observer independent
        review online bulletin wire
        """
    )
}

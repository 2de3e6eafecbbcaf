import WirecopyMessages

/// What is asked about each candidate for having said an utterance, as numbers for a forest.
///
/// Nothing here decides: cues, phrases beside them and nearness are put side by side, and the
/// forest has learned what they are worth together.
struct SpeakerNumbers {
    /// Numbers of a candidate.
    static let count = 63

    /// Stands for "there is none" where a number is a distance.
    static let none: Float = 99

    let quoted: QuotedText
    let resolver: SpeakerResolver

    var text: AnalysedText { quoted.text }
    var names: LinkedNames { quoted.names }

    /// The question who said an utterance after what was said before.
    func question(_ utterance: Utterance, _ history: SpeechHistory) -> SpeakerQuestion {
        let nearby = NearbySearch(quoted: quoted).mentions(near: utterance)
        let scene = SpeechScene(utterance, history, quoted, resolver)
        if let speaker = scene.plainSpeaker {
            return SpeakerQuestion(candidates: [speaker], rows: [])
        }
        let ranks = pronounRanks(nearby, scene)
        var candidates: [SpeakerCandidate] = []
        var rows: [[Float]] = []
        var isBorne = false
        func ask(_ entity: Int, _ mentions: NearbyMentions) {
            let bearing = bearing(entity, scene)
            isBorne = isBorne || bearing > 1
            candidates.append(.entity(entity))
            rows.append(
                scene.common + entityNumbers(entity, mentions, scene)
                    + [bearing, ranks[entity] ?? Self.none]
                    + issuing(.entity(entity), scene)
            )
        }
        for (entity, mentions) in nearby { ask(entity, mentions) }
        for entity in scene.entities where !candidates.contains(.entity(entity)) {
            ask(entity, NearbyMentions())
        }
        for described in scene.descriptions {
            candidates.append(.described(described))
            rows.append(
                scene.common + descriptionNumbers(described, scene)
                    + [isBorne ? -1 : 0, Self.none] + issuing(.described(described), scene)
            )
        }
        return SpeakerQuestion(candidates: candidates, rows: rows)
    }

    // How plainly it is said to have issued the document that speaks; whether it is itself a
    // document whose issuer is known (2) or not (1).
    private func issuing(_ candidate: SpeakerCandidate, _ scene: SpeechScene) -> [Float] {
        let isIssuer = scene.issuer?.candidate == candidate
        let evidence = isIssuer ? scene.issuer?.evidence ?? .none : .none
        guard case .described(let tokens) = candidate,
            IssuerFinder(quoted: quoted).documentHead(of: tokens) != nil
        else { return [evidence.rawValue, 0] }
        return [evidence.rawValue, scene.issuer == nil ? 1 : 2]
    }

    // MARK: - Entities

    // The persons whom a pronoun can mean, in the order of J. Hobbs (Resolving pronoun references,
    // Lingua 1978): the nearest sentence first, within it from left to right.
    private func pronounRanks(
        _ nearby: [(entity: Int, nearby: NearbyMentions)],
        _ scene: SpeechScene
    ) -> [Int: Float] {
        guard scene.pronoun != .none || scene.head != nil else { return [:] }
        let ordered = nearby.compactMap { entity, nearby -> (Int, Int, Int)? in
            let isMeant =
                scene.pronoun == .none ? isKind(entity, scene) : agreement(entity, scene) > 0
            guard isMeant, let name = nearby.leftmost else { return nil }
            return (-quoted.sentences[name], name, entity)
        }.sorted { $0 < $1 }
        var ranks: [Int: Float] = [:]
        for (rank, place) in ordered.enumerated() { ranks[place.2] = Float(rank) }
        return ranks
    }

    // Whether the word for what speaks, "the actor" or "the company", can mean the entity.
    private func isKind(_ entity: Int, _ scene: SpeechScene) -> Bool {
        guard let head = scene.head else { return false }
        return switch names.entities[entity].type {
        case .person:
            NameWords.title.contains(head)
                || SpeechWords.people.contains(head)
                    && text.bytes[head.end - 1] != UInt8(ascii: "s")
        case .organisation, .politicalPlace: SpeechWords.bodies.contains(head)
        default: false
        }
    }

    /// Whether "the minister" or "the court" beside the cue can mean the entity: 3 by its office,
    /// 2 by its name, 0 no.
    private func bearing(_ entity: Int, _ scene: SpeechScene) -> Float {
        guard let head = scene.head else { return 0 }
        let roles = [head.folded] + SpeakerResolver.roles(like: head)
        if roles.contains(where: { names.titleWords[entity].contains($0) }) { return 3 }
        for name in quoted.mentions[entity].prefix(Self.mentionsMax) {
            let span = names.spans[name].tokens
            if text.tokens[span].contains(where: { $0.folded == head.folded }) { return 2 }
            let before = max(0, span.lowerBound - Self.apposedMax)..<span.lowerBound
            for index in before.reversed() {
                let token = text.tokens[index]
                guard token.kind == .word, names.spanIndex(atToken: index) == nil else { break }
                if roles.contains(token.folded) { return 3 }
            }
            let next = span.upperBound
            guard next < text.tokens.count, text.tokens[next].isMark(",") else { continue }
            for token in text.tokens[(next + 1)...].prefix(Self.apposedMax) {
                guard token.kind == .word, token.start != head.start else { break }
                if roles.contains(token.folded) { return 3 }
            }
        }
        return isKind(entity, scene) ? 1 : 0
    }

    /// Mentions of an entity beside which its office is looked for.
    private static let mentionsMax = 6
    /// Words beside a name in which its bearer's office is looked for.
    static let apposedMax = 6

    private func entityNumbers(
        _ entity: Int,
        _ nearby: NearbyMentions,
        _ scene: SpeechScene
    ) -> [Float] {
        let candidate = SpeakerCandidate.entity(entity)
        var row: [Float] = [
            Self.number(of: names.entities[entity].type),
            scene.isNamed(entity, scene.utterance.before) ? 1 : 0,
            scene.isNamed(entity, scene.utterance.after) ? 1 : 0,
            scene.before == candidate ? 1 : 0,
            scene.after == candidate ? 1 : 0,
            scene.main == candidate ? 1 : 0,
            agreement(entity, scene),
            scene.history.speaker == candidate ? 1 : 0,
            scene.history.speaker == candidate ? scene.sentencesSinceLast : Self.none,
            Float(min(scene.history.count(candidate), 5)),
            Float(min(quoted.mentions[entity].count, 20)),
            Float(nearby.rank),
            nearby.isInside ? 1 : 0,
            scene.believed == candidate ? 1 : 0,
            touch(nearby.besideBefore?.gap, nearby.besideAfter?.gap),
            nearby.before.map { governor(of: names.spans[$0].start) } ?? 0,
            nearby.before.map { isRelative(names.spans[$0].start) } ?? false ? 1 : 0,
            nearby.behind.map { governor(of: names.spans[$0].start) } ?? 0,
        ]
        row += place(nearby.before, scene)
        row += beside(nearby.besideBefore)
        row += beside(nearby.besideAfter)
        row += behind(nearby.behind.map { names.spans[$0].tokens }, scene)
        row += [apposition(nearby, scene), Float(min(nearby.sentencesSinceSubject, 9))]
        row += Array(repeating: 0, count: Self.descriptionCount)
        return row
    }

    /// Whether a pronoun beside the cue can mean the entity: 1 yes, 0 perhaps, -1 no.
    private func agreement(_ entity: Int, _ scene: SpeechScene) -> Float {
        let isPerson = names.entities[entity].type == .person
        switch scene.pronoun {
        case .none: return 0
        case .he, .she:
            guard isPerson else { return -1 }
            let gender = quoted.genders[entity]
            if gender == .unknown { return 0.5 }
            return (gender == .male) == (scene.pronoun == .he) ? 1 : -1
        case .they: return isPerson ? 0 : 0.5
        case .it: return isPerson ? -1 : 0.5
        case .other: return isPerson ? 0.5 : 0
        }
    }

    // "his father, Ada Quill, said": 3 behind the phrase, 2 its end, 4 before it, 1 within it.
    private func apposition(_ nearby: NearbyMentions, _ scene: SpeechScene) -> Float {
        for phrase in scene.descriptions {
            for name in [nearby.before, nearby.besideAfter?.name, nearby.besideBefore?.name] {
                guard let tokens = name.map({ names.spans[$0].tokens }) else { continue }
                if phrase.contains(tokens.lowerBound) {
                    return tokens.upperBound == phrase.upperBound ? 2 : 1
                }
                if tokens.lowerBound == phrase.upperBound + 1,
                    text.tokens[phrase.upperBound].isMark(",")
                {
                    return 3
                }
                if tokens.upperBound + 1 == phrase.lowerBound,
                    text.tokens[tokens.upperBound].isMark(",")
                {
                    return 4
                }
            }
        }
        return 0
    }

    private static func number(of type: EntityType) -> Float {
        switch type {
        case .person: 0
        case .organisation: 1
        case .politicalPlace: 2
        case .work, .law: 3
        case .group: 4
        case .place, .facility: 5
        case .event, .product, .weapon, .other: 6
        }
    }

    // MARK: - Descriptions

    private static let descriptionCount = 6

    private func descriptionNumbers(_ tokens: Range<Int>, _ scene: SpeechScene) -> [Float] {
        let candidate = SpeakerCandidate.described(tokens)
        let words = text.tokens[tokens]
        let isLast = scene.history.speaker == candidate
        var row: [Float] = [
            9,
            scene.utterance.before?.speaker == .description(tokens) ? 1 : 0,
            scene.utterance.after?.speaker == .description(tokens) ? 1 : 0,
            scene.before == candidate ? 1 : 0,
            scene.after == candidate ? 1 : 0,
            scene.main == candidate ? 1 : 0,
            0,
            isLast ? 1 : 0,
            isLast ? scene.sentencesSinceLast : Self.none,
            Float(min(scene.history.count(candidate), 5)),
            0, 0, 0,
            scene.believed == candidate ? 1 : 0,
            touch(
                scene.utterance.before.flatMap { gap(tokens, $0.cue) },
                scene.utterance.after.flatMap { gap(tokens, $0.cue) }
            ),
            governor(of: tokens.lowerBound),
            isRelative(tokens.lowerBound) ? 1 : 0,
            0,
        ]
        row += place(described: tokens, scene)
        row += beside(described: tokens, scene.utterance.before?.cue)
        row += beside(described: tokens, scene.utterance.after?.cue)
        row += behind(tokens, scene) + [0, 0]
        let first = words.first
        let determiner: Float =
            first.map {
                Self.indefinite.contains($0)
                    ? 1
                    : Self.article.contains($0) ? 2 : SpeechWords.determiner.contains($0) ? 3 : 0
            } ?? 0
        row += [
            determiner,
            Float(words.count),
            kind(of: tokens),
            words.contains { IssuerFinder.document.contains($0) } ? 1 : 0,
            words.contains(where: \.isCapitalised) ? 1 : 0,
            words.last?.isCapitalised ?? false ? 1 : 0,
        ]
        return row
    }

    // 2 for people, 1 for a body of people: "the ministry", 0 for anything else.
    private func kind(of phrase: Range<Int>) -> Float {
        let finder = DescriptionFinder(text: text, names: names)
        if finder.isHuman(phrase) { return 2 }
        return finder.isBody(phrase) ? 1 : 0
    }

    static let article = WordSet("the a an")
    private static let indefinite = WordSet("a an one another some several")
}

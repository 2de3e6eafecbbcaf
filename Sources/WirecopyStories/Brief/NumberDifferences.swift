import WirecopyMessages

/// Finds numbers that reports of one episode state otherwise for the same thing.
///
/// The same thing is the same unit, subject and predicate in sentences that are alike. An article
/// that states several numbers for it is only held against others when none of them agrees; and the
/// pair of sentences that are most alike counts.
struct NumberDifferences {
    /// Differences that are shown.
    private static let differencesMax = 6
    /// Numbers of one difference that are shown.
    private static let sidesMax = 5
    /// Claims about one subject that are compared; more are a table.
    private static let claimsMax = 60
    /// Sentences that share no name must share this much of their words.
    private static let likenessMin = 0.12

    private let story: BriefStory

    /// Prepares the search.
    init(_ story: BriefStory) { self.story = story }

    /// The differences, those of harm to people first, then those of most reports.
    func differences() -> [BriefDifference] {
        var found: [(difference: BriefDifference, isCasualty: Bool)] = []
        for (_, claims) in grouped() {
            for cluster in clusters(Array(claims.prefix(Self.claimsMax))) {
                found.append((difference(cluster), cluster[0].subject.isCasualty))
            }
        }
        let sorted = found.sorted { one, other in
            if one.isCasualty != other.isCasualty { return one.isCasualty }
            let (left, right) = (Self.reports(one.difference), Self.reports(other.difference))
            if left != right { return left > right }
            return Self.place(one.difference) < Self.place(other.difference)
        }
        return sorted.prefix(Self.differencesMax).map(\.difference)
    }

    private struct GroupKey: Hashable {
        var episode: Int
        var subject: AmountSubject
    }

    private func grouped() -> [GroupKey: [AmountClaim]] {
        var groups: [GroupKey: [AmountClaim]] = [:]
        for (index, text) in story.texts.enumerated() where story.groups[index] == index {
            for claim in claims(of: text, index) {
                let key = GroupKey(episode: text.member.episode, subject: claim.subject)
                groups[key, default: []].append(claim)
            }
        }
        return groups
    }

    private func claims(of text: MemberText, _ index: Int) -> [AmountClaim] {
        let values = text.article.values.indices.compactMap { value in
            AmountClaim(text, index: index, value: value)
        }
        let tolls = text.sentences.indices.flatMap { sentence in
            HarmReader(text.sentences[sentence], in: text).tolls.map {
                AmountClaim($0, index: index, sentence: sentence)
            }
        }
        return (values + tolls).filter { claim in
            SentenceFitness.isProse(text.sentences[claim.sentence].kind)
        }
    }

    /// Claims that are about one thing and differ, each cluster in the order of the texts.
    private func clusters(_ claims: [AmountClaim]) -> [[AmountClaim]] {
        var roots = Array(claims.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while roots[index] != index { index = roots[index] }
            return index
        }
        let byText = Dictionary(grouping: claims.indices) { claims[$0].text }
        let texts = byText.keys.sorted()
        var differing: Set<Int> = []
        for (position, one) in texts.enumerated() {
            for other in texts[(position + 1)...] {
                let pair = pair(byText[one, default: []], byText[other, default: []], claims)
                guard let pair else { continue }
                let (low, high) = (root(pair.one), root(pair.other))
                roots[max(low, high)] = min(low, high)
                if pair.differs { differing.formUnion([pair.one, pair.other]) }
            }
        }
        let clusters = Dictionary(grouping: claims.indices, by: root).values
        return clusters.filter { !differing.isDisjoint(with: $0) }
            .map { $0.sorted().map { claims[$0] } }
            .filter { cluster in cluster.contains { $0.differs(from: cluster[0]) } }
    }

    /// The claims of two texts that are about one thing, and whether they differ.
    private func pair(
        _ ones: [Int],
        _ others: [Int],
        _ claims: [AmountClaim]
    ) -> (one: Int, other: Int, differs: Bool)? {
        let all = ones.flatMap { one in others.map { (one: one, other: $0) } }.filter {
            isComparable(claims[$0.one], claims[$0.other])
        }
        if let agreeing = all.first(where: { !claims[$0.one].differs(from: claims[$0.other]) }) {
            return (agreeing.one, agreeing.other, false)
        }
        let best = all.max { one, other in
            let (left, right) = (
                likeness(claims[one.one], claims[one.other]),
                likeness(claims[other.one], claims[other.other])
            )
            return left < right
        }
        return best.map { ($0.one, $0.other, true) }
    }

    private func isComparable(_ one: AmountClaim, _ other: AmountClaim) -> Bool {
        let shared = MemberWords.shared(one.modifiers, other.modifiers)
        guard shared == min(one.modifiers.count, other.modifiers.count) else { return false }
        let (left, right) = (names(one), names(other))
        let common = left.intersection(right)
        // Sentences that name places of their own and share none tell of different events; so does
        // one that names a place of which no other report knows: "twelve people died in Romania".
        let (leftPlaces, rightPlaces) = (left.filter(isPlace), right.filter(isPlace))
        guard isKnown(leftPlaces), isKnown(rightPlaces) else { return false }
        if !leftPlaces.isEmpty, !rightPlaces.isEmpty, leftPlaces.isDisjoint(with: rightPlaces) {
            return false
        }
        return !common.isEmpty || likeness(one, other) >= Self.likenessMin
            || one.subject.isCasualty && (left.isEmpty || right.isEmpty)
    }

    private func names(_ claim: AmountClaim) -> Set<Int> {
        Set(story.texts[claim.text].sentences[claim.sentence].names)
    }

    private func isKnown(_ places: Set<Int>) -> Bool {
        places.isEmpty || places.contains { story.names.all[$0].articles > 1 }
    }

    private func isPlace(_ name: Int) -> Bool {
        switch story.names.all[name].type {
        case .politicalPlace, .place, .facility: true
        default: false
        }
    }

    private func likeness(_ one: AmountClaim, _ other: AmountClaim) -> Double {
        MemberWords.likeness(stems(one), stems(other))
    }

    private func stems(_ claim: AmountClaim) -> [UInt64] {
        story.texts[claim.text].sentences[claim.sentence].stems
    }

    // MARK: - Sides

    private func difference(_ cluster: [AmountClaim]) -> BriefDifference {
        var sides: [[AmountClaim]] = []
        for claim in cluster {
            if let same = sides.firstIndex(where: { !$0[0].differs(from: claim) }) {
                sides[same].append(claim)
            } else {
                sides.append([claim])
            }
        }
        let shown = sides.prefix(Self.sidesMax)
        let longest = cluster.map(\.label).max { $0.utf8.count < $1.utf8.count }
        return BriefDifference(
            kind: .number,
            subject: longest ?? "",
            sides: shown.enumerated().map { index, side in
                self.side(side, after: shown.prefix(index).flatMap(\.self))
            }
        )
    }

    private func side(_ side: [AmountClaim], after: [AmountClaim]) -> BriefDifference.Side {
        let claim = side[0]
        let text = story.texts[claim.text]
        let later = story.isLater(side.map(\.text), than: after.map(\.text))
        return BriefDifference.Side(
            value: text.text(claim.range),
            articles: Set(side.map { $0.text + 1 }).sorted(),
            isLater: later,
            line: story.line(claim.text, text.sentences[claim.sentence].range)
        )
    }

    private static func reports(_ difference: BriefDifference) -> Int {
        Set(difference.sides.flatMap(\.articles)).count
    }

    private static func place(_ difference: BriefDifference) -> (Int, Int) {
        let line = difference.sides.first?.line
        return (line?.article ?? 0, line?.start ?? 0)
    }
}

extension BriefStory {
    /// Whether all of some texts were published after all of some others, and all are dated.
    func isLater(_ texts: [Int], than others: [Int]) -> Bool {
        let (own, before) = (texts.map { minutes[$0] }, others.map { minutes[$0] })
        guard !own.contains(nil), !before.contains(nil),
            let first = own.compactMap(\.self).min(), let last = before.compactMap(\.self).max()
        else { return false }
        return first > last
    }
}

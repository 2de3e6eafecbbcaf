import WirecopyMessages

/// A story's members, read and numbered for its brief.
struct BriefStory {
    /// The texts, those of earlier episodes first, then by time.
    let texts: [MemberText]
    /// What they name.
    let names: StoryNames
    /// For each text the index of the first text that says the same; its own when there is none.
    let groups: [Int]
    /// Members that are left out.
    let leftOut: Int
    /// Minutes at which each text was published; `nil` when that is not known.
    let minutes: [Int?]
    /// The last day on which a text was published: `2024-05-29`.
    let lastDay: String?

    /// Reads members; the order in which they come does not matter.
    init(_ members: [StoryMember]) {
        let chosen = CentralMembers.choose(members)
        let ordered = chosen.map { (member: $0, minute: Self.minute($0)) }.sorted {
            Self.place($0.member, $0.minute) < Self.place($1.member, $1.minute)
        }
        let names = StoryNames(ordered.map(\.member))
        texts = ordered.enumerated().map { index, entry in
            MemberText(entry.member, number: index + 1, names: names.indexes[index])
        }
        self.names = names
        minutes = ordered.map(\.minute)
        leftOut = members.count - chosen.count
        groups = Self.groups(ordered.map(\.member))
        lastDay = ordered.compactMap(\.member.day).max()
    }

    /// Numbers of the episodes, ascending.
    var episodes: [Int] { Set(texts.map(\.member.episode)).sorted() }

    /// Whether a text says the same as one before it.
    func isCopy(_ text: Int) -> Bool { groups[text] != text || texts[text].member.copyOf != nil }

    /// How many independent reports are among some texts.
    func independent(_ texts: some Sequence<Int>) -> Int { Set(texts.map { groups[$0] }).count }

    /// A span of a text as the brief gives it.
    func line(_ text: Int, _ range: TextRange) -> BriefLine {
        let source = texts[text]
        let values = source.article.values.lazy.filter {
            range.start <= $0.range.start && $0.range.end <= range.end
        }
        return BriefLine(
            article: source.number,
            id: source.member.articleID,
            outlet: source.member.outlet,
            published: source.article.article.published?.date.value,
            // "Last week" is no day that a reader could look for.
            dated: values.compactMap(\.date).first { $0.precision != .week }?.date,
            start: range.start,
            end: range.end,
            text: source.text(range)
        )
    }

    /// Where a member stands: by its episode, then by when it was published, or came as the story
    /// takes it; what is not known at all comes last.
    private static func place(_ member: StoryMember, _ minute: Int?) -> (Int, Int, String) {
        (member.episode, minute ?? member.atMs.map { $0 / 60_000 } ?? .max, member.articleID)
    }

    private static func minute(_ member: StoryMember) -> Int? {
        (member.annotated.article.published?.date.value).flatMap(PublishedMinute.read)
    }

    /// Joins copies that are told, and texts whose fingerprints are near. A text of few words has
    /// no fingerprint to speak of: one word moves many bits, and none means many.
    private static func groups(_ members: [StoryMember]) -> [Int] {
        var groups = Array(members.indices)
        var firstOf: [String: Int] = [:]
        for (index, member) in members.enumerated() {
            firstOf[member.articleID] = index
        }
        for (index, member) in members.enumerated() {
            let original = member.copyOf.flatMap { firstOf[$0] }
            let near = members[..<index].firstIndex { isNear($0, member) }
            join(index, original, &groups)
            join(index, near, &groups)
            // Copies of an article that is not here are copies of the first of them.
            if let copyOf = member.copyOf, original == nil { firstOf[copyOf] = index }
        }
        return groups.indices.map { root(of: $0, groups) }
    }

    private static func isNear(_ one: StoryMember, _ other: StoryMember) -> Bool {
        guard let first = one.annotated.article.fingerprint,
            let second = other.annotated.article.fingerprint, first.bits != 0, second.bits != 0
        else { return false }
        return first.distance(to: second) <= Fingerprint.nearBitsMax
    }

    private static func join(_ index: Int, _ other: Int?, _ groups: inout [Int]) {
        guard let other else { return }
        let (one, two) = (root(of: index, groups), root(of: other, groups))
        groups[max(one, two)] = min(one, two)
    }

    private static func root(of index: Int, _ groups: [Int]) -> Int {
        var index = index
        while groups[index] != index { index = groups[index] }
        return index
    }
}

import WirecopyMessages

/// Finds days, holders of an office and speakers that reports give otherwise, and who is quoted by
/// one report only.
struct StatedDifferences {
    /// Differences of a kind that are shown.
    private static let differencesMax = 4
    /// Sentences of different reports that tell of one thing share this much of their words.
    private static let likenessMin = 0.45
    /// And this many names.
    private static let namesMin = 2
    /// Dated sentences that are compared.
    private static let datedMax = 400
    /// Words that two articles hardly have in common by chance.
    private static let quotedStemsMin = 5

    private let story: BriefStory

    /// Prepares the search.
    init(_ story: BriefStory) { self.story = story }

    // MARK: - Days

    private struct Dated {
        var text: Int
        var sentence: Int
        var value: Int
        var day: String
    }

    /// Sentences of different reports that say the same of different days.
    func dates() -> [BriefDifference] {
        let all = Array(dated().prefix(Self.datedMax))
        var found: [BriefDifference] = []
        var used: Set<Int> = []
        for one in all.indices where !used.contains(one) {
            let differing = all[(one + 1)...].firstIndex { isSameEvent(all[one], $0) }
            guard let other = differing, found.count < Self.differencesMax else { continue }
            used.formUnion([one, other])
            let sides = [all[one], all[other]]
            found.append(
                BriefDifference(
                    kind: .date,
                    subject: "day",
                    sides: sides.map { side($0, all) }
                )
            )
        }
        return found
    }

    private func dated() -> [Dated] {
        story.texts.enumerated().flatMap { index, text -> [Dated] in
            guard story.groups[index] == index else { return [] }
            return text.sentences.indices.compactMap { sentence in
                let days = text.sentences[sentence].values.filter {
                    text.article.values[$0].date != nil
                }
                let words = text.sentences[sentence].words
                guard days.count == 1, let value = days.first,
                    !words.contains(where: { Self.relations.contains($0.hash) }),
                    let date = text.article.values[value].date, date.precision == .day,
                    let day = date.date, date.end == nil
                else { return nil }
                return Dated(text: index, sentence: sentence, value: value, day: day)
            }
        }
    }

    /// Words that put one event into relation to another, so that a day may be of either: "went to
    /// Brede on 3 March, a week after the flood".
    private static let relations = MemberWords.hashes("after before since until earlier later")

    private func isSameEvent(_ one: Dated, _ other: Dated) -> Bool {
        guard one.day != other.day, one.text != other.text else { return false }
        let (left, right) = (sentence(one), sentence(other))
        return Set(left.names).intersection(right.names).count >= Self.namesMin
            && MemberWords.likeness(left.stems, right.stems) >= Self.likenessMin
    }

    private func sentence(_ dated: Dated) -> MemberSentence {
        story.texts[dated.text].sentences[dated.sentence]
    }

    private func side(_ dated: Dated, _ all: [Dated]) -> BriefDifference.Side {
        let same = all.filter { other in
            other.day == dated.day
                && MemberWords.likeness(sentence(other).stems, sentence(dated).stems)
                    >= Self.likenessMin
        }
        return BriefDifference.Side(
            value: dated.day,
            articles: Set(same.map { $0.text + 1 } + [dated.text + 1]).sorted(),
            isLater: false,
            line: story.line(dated.text, sentence(dated).range)
        )
    }

    // MARK: - Offices

    /// Offices that only one person holds at a time, for which articles name several.
    func offices() -> [BriefDifference] {
        var holders: [String: [Holder]] = [:]
        for (index, text) in story.texts.enumerated() where story.groups[index] == index {
            for (entity, own) in text.article.entities.enumerated() where own.type == .person {
                for role in own.roles where Self.isUnique(role.role) {
                    let key = NameLetters.words(role.role).joined(separator: " ")
                    let name = story.names.indexes[index][entity]
                    holders[key, default: []].append(Holder(text: index, name: name, role: role))
                }
            }
        }
        return holders.keys.sorted().compactMap { difference(of: holders[$0, default: []]) }
            .prefix(Self.differencesMax).map(\.self)
    }

    private struct Holder {
        var text: Int
        var name: Int
        var role: EntityRole
    }

    private func difference(of holders: [Holder]) -> BriefDifference? {
        let names = Set(holders.map(\.name))
        // One article that gives an office to two persons tells of a change, not another's mistake.
        let byText = Dictionary(grouping: holders, by: \.text)
        guard names.count > 1, byText.values.allSatisfy({ Set($0.map(\.name)).count == 1 }),
            !shareWord(names), let first = holders.first
        else { return nil }
        var sides: [BriefDifference.Side] = []
        for name in holders.map(\.name)
        where !sides.contains(where: { $0.value == self.name(name) }) {
            let own = holders.filter { $0.name == name }
            guard let side = side(own) else { continue }
            sides.append(side)
        }
        return sides.count > 1
            ? BriefDifference(kind: .office, subject: first.role.role, sides: sides) : nil
    }

    private func side(_ own: [Holder]) -> BriefDifference.Side? {
        guard let holder = own.first else { return nil }
        let text = story.texts[holder.text]
        guard let sentence = text.sentence(at: holder.role.range.start) else { return nil }
        return BriefDifference.Side(
            value: name(holder.name),
            articles: Set(own.map { $0.text + 1 }).sorted(),
            isLater: false,
            line: story.line(holder.text, text.sentences[sentence].range)
        )
    }

    private func name(_ index: Int) -> String { story.names.all[index].name }

    private func shareWord(_ names: Set<Int>) -> Bool {
        var seen: Set<String> = []
        for name in names {
            let words = Set(NameLetters.words(self.name(name)).map(NameLetters.spelling))
            if !seen.isDisjoint(with: words) { return true }
            seen.formUnion(words)
        }
        return false
    }

    /// Whether a description is an office of one person: "Polish Foreign Minister", "mayor of
    /// Ostrava"; not "senator", nor "minister" of nothing.
    private static func isUnique(_ role: String) -> Bool {
        let words = MemberWords.read(role)
        return words.count > 1 && words.contains { offices.contains($0.hash) }
            && !words.contains { shared.contains($0.hash) || owners.contains($0.hash) }
    }

    private static let offices = MemberWords.hashes(
        """
        president premier minister chancellor mayor governor king queen emperor pope secretary
        chairman chairwoman ceo ambassador
        """
    )
    /// "Its president": of whom else, the sentence before says.
    private static let owners = MemberWords.hashes("its his her their our my your whose")
    private static let shared = MemberWords.hashes("former ex deputy vice assistant acting then")

    // MARK: - Speakers

    /// Equal words between quotation marks that reports give to different persons; a body and who
    /// speaks for it are not two.
    func speakers(
        _ utterances: [Utterance],
        _ names: [String: UtteranceReader.SpeakerName]
    ) -> [BriefDifference] {
        let spoken = utterances.filter {
            !$0.isIndirect && $0.stems.count >= Self.quotedStemsMin && isPerson($0.speaker, names)
        }
        let byWords = Dictionary(grouping: spoken, by: \.stems)
        return byWords.values.filter { Set($0.map(\.speaker)).count > 1 }
            .sorted { $0[0].text < $1[0].text }
            .prefix(Self.differencesMax).compactMap { same in
                let bySpeaker = Dictionary(grouping: same, by: \.speaker)
                let sides = bySpeaker.sorted { $0.value[0].text < $1.value[0].text }.compactMap {
                    speaker,
                    own in names[speaker].map { side(own, $0.name) }
                }
                guard story.independent(same.map(\.text)) > 1, sides.count > 1 else { return nil }
                return BriefDifference(kind: .speaker, subject: "speaker", sides: sides)
            }
    }

    private func isPerson(
        _ speaker: String,
        _ names: [String: UtteranceReader.SpeakerName]
    ) -> Bool {
        names[speaker]?.entity.map { story.names.all[$0].type == .person } ?? false
    }

    /// Persons whom one report alone quotes although others of the episode know them; the first
    /// of what they say.
    func quotedOnce(
        _ utterances: [Utterance],
        _ names: [String: UtteranceReader.SpeakerName]
    ) -> [BriefDifference] {
        let bySpeaker = Dictionary(grouping: utterances, by: \.speaker)
        let alone = bySpeaker.compactMap { speaker, own -> (known: Int, side: BriefDifference)? in
            guard let name = names[speaker], let entity = name.entity, let first = own.first,
                story.names.all[entity].type == .person,
                story.independent(own.map(\.text)) == 1, own.contains(where: { !$0.isIndirect })
            else { return nil }
            let episode = story.texts[first.text].member.episode
            let knowing = story.texts.indices.filter {
                story.texts[$0].member.episode == episode
                    && story.names.indexes[$0].contains(entity)
            }
            let known = story.independent(knowing)
            guard known > 1 else { return nil }
            let side = side(own, name.name)
            return (
                known,
                BriefDifference(kind: .onlyOne, subject: name.name, sides: [side])
            )
        }
        let sorted = alone.sorted { one, other in
            if one.known != other.known { return one.known > other.known }
            return one.side.subject < other.side.subject
        }
        return sorted.prefix(Self.differencesMax).map(\.side)
    }

    private func side(_ own: [Utterance], _ name: String) -> BriefDifference.Side {
        let spoken = own.first { !$0.isIndirect } ?? own[0]
        let sentences = story.texts[spoken.text].sentences
        let range = TextRange(
            sentences[spoken.sentences.lowerBound].range.start,
            sentences[spoken.sentences.upperBound].range.end
        )
        return BriefDifference.Side(
            value: name,
            articles: Set(own.map { $0.text + 1 }).sorted(),
            isLater: false,
            line: story.line(spoken.text, range)
        )
    }
}

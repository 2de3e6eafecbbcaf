import WirecopyMessages

/// Makes "What next": sentences on days to come and on plans.
struct OutlookSection {
    /// Sentences that are shown.
    private static let linesMax = 5
    /// A plan that leans on the sentence before it is shown only when it names a day.
    private static let leaningWeight: Float = 0.4
    private static let weightMin: Float = 0.5
    /// Sentences that share more of their words say the same.
    private static let likenessMax = 0.4

    private let story: BriefStory
    private let candidates: [Candidate]

    /// Prepares the section.
    init(_ story: BriefStory) {
        self.story = story
        candidates = story.texts.indices.filter { story.groups[$0] == $0 }.flatMap {
            Self.candidates(of: $0, in: story)
        }
    }

    /// The sentences that tell of what is to come, but for those with which a report begins: they
    /// belong here and not to what happened.
    var places: Set<EventLines.Place> {
        Set(candidates.lazy.filter { !$0.isFirst }.map(\.place))
    }

    /// The sentences, the newest first. Plans of episodes before the last are shown only when they
    /// name a day that is still to come, for others may have been overtaken; and what stands among
    /// what happened only when it names such a day.
    ///
    /// - Parameter said: sentences that stand among what happened.
    /// - Returns: at most `linesMax` sentences.
    func lines(after said: Set<EventLines.Place>) -> [BriefLine] {
        let last = story.episodes.last
        let candidates = candidates.filter { candidate in
            candidate.isDated
                || story.texts[candidate.place.text].member.episode == last
                    && !said.contains(candidate.place)
        }.sorted { ($1.weight, $0.place) < ($0.weight, $1.place) }
        var chosen: [Candidate] = []
        for candidate in candidates where chosen.count < Self.linesMax {
            let stems = stems(candidate)
            let isNew = !chosen.contains {
                MemberWords.likeness(self.stems($0), stems) > Self.likenessMax
            }
            if isNew { chosen.append(candidate) }
        }
        let newest = chosen.sorted { one, other in
            let (left, right) = (minute(one), minute(other))
            if left != right { return left > right }
            return (one.place.text, -one.weight, one.place.sentence)
                < (other.place.text, -other.weight, other.place.sentence)
        }
        return newest.map(line)
    }

    /// A sentence, dated by the last of its days: the one that is to come.
    private func line(_ candidate: Candidate) -> BriefLine {
        let text = story.texts[candidate.place.text]
        let sentence = text.sentences[candidate.place.sentence]
        var line = story.line(candidate.place.text, sentence.range)
        line.dated = sentence.values.compactMap { text.article.values[$0].date?.date }.max()
        return line
    }

    private struct Candidate {
        var place: EventLines.Place
        var weight: Float
        /// Whether it names a day that is still to come.
        var isDated: Bool
        /// Whether its report begins with it.
        var isFirst: Bool
    }

    private func stems(_ candidate: Candidate) -> [UInt64] {
        story.texts[candidate.place.text].sentences[candidate.place.sentence].stems
    }

    private func minute(_ candidate: Candidate) -> (Int, Int) {
        let text = candidate.place.text
        return (story.texts[text].member.episode, story.minutes[text] ?? .min)
    }

    private static func candidates(of text: Int, in story: BriefStory) -> [Candidate] {
        let source = story.texts[text]
        let fitness = SentenceFitness(source)
        return source.sentences.indices.compactMap { index in
            let signs = OutlookSigns(source.sentences[index], in: source, lastDay: story.lastDay)
            guard signs.weight > 0, fitness.fitness(of: index) > 0 else { return nil }
            let weight = signs.weight * (fitness.standsAlone(index) ? 1 : leaningWeight)
            guard weight >= weightMin else { return nil }
            return Candidate(
                place: EventLines.Place(text: text, sentence: index),
                weight: weight,
                isDated: signs.days == .toCome,
                isFirst: fitness.isFirst(index)
            )
        }
    }
}

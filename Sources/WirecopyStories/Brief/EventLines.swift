import WirecopyMessages

/// Chooses what happened: the fewest sentences that cover what the reports of an episode share.
///
/// Weighted coverage of facts, each credited with the fittest chosen sentence that has it. That is
/// monotone submodular, so the greedy choice is near the best one; gains are divided by a power of
/// the length, here one half (Lin and Bilmes, "A Class of Submodular Functions for Document
/// Summarization", 2011). Where we differ: the choice ends when a further sentence would add
/// little, not when a budget is used up.
struct EventLines {
    /// Lines of an episode at most; of the only episode there may be more.
    private static let episodeLinesMax = 3
    private static let onlyEpisodeLinesMax = 5
    /// Lines of all episodes at most; a screen of text.
    private static let linesMax = 14
    /// A further sentence must gain this share of what the first one gained, and the more the more
    /// lines there are.
    private static let gainShareMin: Float = 0.1
    private static let gainShareStep: Float = 0.05
    /// A toll weighs this much at least, however few reports have the latest one.
    private static let tollWeight: Float = 3
    /// Fitness of a sentence none of whose names another report has.
    private static let strangerFitness: Float = 0.5
    /// What is known from earlier episodes is known this well in later ones.
    private static let knownWeight: Float = 0.65
    /// Fitness of a sentence that recalls what happened before: follow-ups all do.
    private static let recallFitness: Float = 0.4
    /// A further sentence of the same report gains this much less: others have their say first
    /// (the diversity reward of the same paper).
    private static let sameReportWeight: Float = 0.6
    /// Sentences that share more of their words say the same.
    private static let likenessMax = 0.5
    private static let containmentMax = 0.75

    /// A sentence of a text.
    struct Place: Hashable, Comparable {
        var text: Int
        var sentence: Int

        static func < (left: Place, right: Place) -> Bool {
            (left.text, left.sentence) < (right.text, right.sentence)
        }
    }

    private let story: BriefStory
    private let facts: StoryFacts
    /// Sentences that tell of what is to come, and stand elsewhere.
    private let plans: Set<Place>
    private var covered: [Float]
    private var chosen: [Place] = []
    /// Support of each fact in the whole story.
    private let storySupport: [Int]

    /// Prepares the choice for a story; `plans` are sentences that have their own part of the
    /// brief.
    init(_ story: BriefStory, without plans: Set<Place>) {
        self.story = story
        self.plans = plans
        facts = StoryFacts(story)
        covered = [Float](repeating: 0, count: facts.weights.count)
        storySupport = facts.support(Array(story.texts.indices), groups: story.groups)
    }

    /// The lines of all episodes, by episode, each in time order.
    mutating func lines() -> [Int: [Place]] {
        let episodes = story.episodes
        let each = episodes.count == 1 ? Self.onlyEpisodeLinesMax : Self.episodeLinesMax
        var left = Self.linesMax
        var lines: [Int: [Place]] = [:]
        // With more episodes than lines the latest have theirs first: a reader knows the others.
        var shown = Set(episodes)
        if episodes.count > left { shown = Set(episodes.suffix(left)) }
        for (index, episode) in episodes.filter(shown.contains).enumerated() {
            let waiting = shown.count - index - 1
            let found = choose(episode, at: max(1, min(each, left - waiting)))
            lines[episode] = found.sorted()
            left -= found.count
            for fact in covered.indices { covered[fact] *= Self.knownWeight }
        }
        return lines
    }

    private mutating func choose(_ episode: Int, at most: Int) -> [Place] {
        let texts = story.texts.indices.filter { story.texts[$0].member.episode == episode }
        let originals = texts.filter { story.groups[$0] == $0 || !texts.contains(story.groups[$0]) }
        let weights = weigh(texts)
        let candidates = originals.flatMap(sentences)
        var found: [Place] = []
        var firstGain: Float = 0
        while found.count < most {
            guard let best = best(of: candidates, weights),
                best.gain >= firstGain * Self.gainShare(after: found.count)
            else { break }
            if found.isEmpty { firstGain = best.gain }
            found.append(best.candidate.place)
            chosen.append(best.candidate.place)
            for fact in facts.facts[best.candidate.place.text][best.candidate.place.sentence] {
                covered[fact] = max(covered[fact], best.candidate.fitness)
            }
        }
        return found
    }

    private static func gainShare(after lines: Int) -> Float {
        gainShareMin + gainShareStep * Float(lines)
    }

    private func best(
        of candidates: [Candidate],
        _ weights: [Float]
    ) -> (candidate: Candidate, gain: Float)? {
        var best: (candidate: Candidate, gain: Float)?
        for candidate in candidates {
            let gain = gain(candidate, weights) * weight(ofReport: candidate.place.text)
            if gain > best?.gain ?? 0, isNew(candidate.place) { best = (candidate, gain) }
        }
        return best
    }

    private func weight(ofReport text: Int) -> Float {
        chosen.reduce(1) { $1.text == text ? $0 * Self.sameReportWeight : $0 }
    }

    private struct Candidate {
        var place: Place
        var fitness: Float
        var cost: Float
    }

    private func sentences(of text: Int) -> [Candidate] {
        let fitness = SentenceFitness(story.texts[text])
        return story.texts[text].sentences.indices.compactMap { index in
            let place = Place(text: text, sentence: index)
            let recall = story.texts[text].isRecalling(index) ? Self.recallFitness : 1
            let value = fitness.fitness(of: index) * bond(of: index, in: text) * recall
            guard value > 0, !plans.contains(place) else { return nil }
            let words = Double(story.texts[text].sentences[index].words.count)
            return Candidate(
                place: place,
                fitness: value,
                cost: Float(words.squareRoot())
            )
        }
    }

    /// How much a sentence belongs to the story, by whether others name what it names. Features
    /// begin with a scene of their own.
    private func bond(of sentence: Int, in text: Int) -> Float {
        let names = story.texts[text].sentences[sentence].names
        guard story.texts.count > 1, !names.isEmpty else { return 1 }
        return names.contains { story.names.all[$0].articles > 1 } ? 1 : Self.strangerFitness
    }

    /// A fact weighs by the share of independent reports that have it, of the episode and of the
    /// whole story alike, to a power that keeps many facts of one report below few facts of all;
    /// and double when a headline has it.
    private func weigh(_ texts: [Int]) -> [Float] {
        let support = facts.support(texts, groups: story.groups)
        let reports = Float(max(story.independent(texts), 1))
        let allReports = Float(max(story.independent(story.texts.indices), 1))
        var inHeadlines = [Float](repeating: 0, count: support.count)
        for text in texts {
            for fact in facts.headlines[text] { inHeadlines[fact] += 1 / Float(texts.count) }
        }
        return support.indices.map { fact in
            let shares =
                (Float(support[fact]) / reports + Float(storySupport[fact]) / allReports) / 2
            let own = facts.weights[fact] * shares * shares.squareRoot() * (1 + inHeadlines[fact])
            return facts.tolls.contains(fact) ? max(own, Self.tollWeight) : own
        }
    }

    private func gain(_ candidate: Candidate, _ weights: [Float]) -> Float {
        let own = facts.facts[candidate.place.text][candidate.place.sentence]
        let gain = own.reduce(Float(0)) { sum, fact in
            sum + weights[fact] * max(0, candidate.fitness - covered[fact])
        }
        return gain / candidate.cost
    }

    private func isNew(_ place: Place) -> Bool {
        let stems = stems(place)
        return !chosen.contains { other in
            let (others, isSame) = (self.stems(other), other == place)
            return isSame || MemberWords.likeness(stems, others) > Self.likenessMax
                || MemberWords.containment(stems, others) > Self.containmentMax
        }
    }

    private func stems(_ place: Place) -> [UInt64] {
        story.texts[place.text].sentences[place.sentence].stems
    }
}

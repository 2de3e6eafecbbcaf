import Foundation
import SplitMix
import WirecopyEntities
import WirecopyMessages
import WirecopyStories

/// When articles were published, as a judge may know it.
enum StoryTiming: String, CaseIterable {
    /// As the texts say: many look-alikes lie years apart.
    case dated
    /// All stories within two weeks, each with its own gaps: a running stream.
    case crowded
    /// Unknown, and in no order.
    case undated
}

/// Texts with known stories that are judged together.
struct StoryPart {
    /// Name of the file.
    let name: String
    let texts: [BatchText]
    /// Whether texts of different stories may be of one all the same: halves of real texts, which
    /// nobody has put into stories.
    let isLoose: Bool
    private let features: [ArticleFeatures]
    /// Those of texts whose "Tuesday" has no date.
    private let undated: [ArticleFeatures]
    private let weighted: [WeightedArticle]
    private let weightedUndated: [WeightedArticle]
    private let crowded: [Int?]

    /// Closest articles of other stories that each article is told apart from.
    private static let strangersMax = 40
    /// Texts closer than this in time and words may be of one story.
    private static let unsureDays = 60
    private static let unsureCosine: Float = 0.1
    /// Time into which `crowded` puts the beginnings of all stories.
    private static let crowdDays = 14

    /// Reads a file of texts with their stories.
    init(file: String, _ words: BackgroundWords) throws {
        try self.init(file, try StoryCorpus.storyTexts(of: file), words, isLoose: false)
    }

    /// Reads a file of texts without stories, and cuts each into two reports of one.
    init(halving file: String, _ words: BackgroundWords) throws {
        let halves = try StoryCorpus.storyTexts(of: file).flatMap(HalvedText.halves)
        try self.init(file, halves, words, isLoose: true)
    }

    private init(
        _ file: String,
        _ texts: [BatchText],
        _ words: BackgroundWords,
        isLoose: Bool
    ) throws {
        name = URL(fileURLWithPath: file).lastPathComponent
        let stage = try EntityStage()
        self.texts = texts
        self.isLoose = isLoose
        let features = texts.map { ArticleFeatures(stage.annotated($0.parsed)) }
        self.features = features
        undated = texts.map { text in
            var article = text.parsed
            article.published = nil
            return ArticleFeatures(stage.annotated(article))
        }
        var frequencies = WordFrequencies(words)
        for one in features { frequencies.add(one) }
        weighted = features.map { WeightedArticle($0, frequencies) }
        weightedUndated = undated.map { WeightedArticle($0, frequencies) }
        crowded = Self.crowd(texts, features)
    }

    /// The texts' pairs with their answers: all of one story, and the closest strangers; a third of
    /// them with the dates of each timing.
    var lessons: [StoryLesson] {
        var random = SplitMix64(seed: 1)
        var lessons: [StoryLesson] = []
        for (left, right) in pairs where !isUnsure(left, right) {
            let timing = StoryTiming.allCases[Int(random.next() % 3)]
            let numbers = SimilarityNumbers(timed(left, timing), timed(right, timing))
            let isOne = texts[left].story == texts[right].story
            lessons.append(StoryLesson(numbers: numbers.values, isOneStory: isOne))
        }
        return lessons
    }

    /// Whether nobody knows if two texts are of one story.
    private func isUnsure(_ left: Int, _ right: Int) -> Bool {
        guard isLoose, texts[left].story != texts[right].story,
            let one = features[left].publishedMilliseconds,
            let other = features[right].publishedMilliseconds,
            abs(one - other) < Self.unsureDays * ArticleFeatures.millisecondsOfDay
        else { return false }
        return SimilarityNumbers(weighted[left], weighted[right]).values[0] > Self.unsureCosine
    }

    /// How well stories come out when the texts arrive one after the other, as in a store.
    func score(_ knowledge: StoryKnowledge, _ timing: StoryTiming) throws -> BCubed {
        var keeper = StoryKeeper(knowledge)
        var shelf = StoryMemory()
        for index in order(timing) {
            let one = timed(index, timing).features
            let at = one.publishedMilliseconds ?? 0
            try keeper.place(Int64(index), one, milliseconds: at, on: &shelf)
            keeper.frequencies.add(one)
        }
        return score(texts.indices.map { shelf.place(of: Int64($0))?.story ?? -1 })
    }

    /// How well stories come out of all texts at once.
    func scoreOfBatch(_ knowledge: StoryKnowledge, _ timing: StoryTiming) throws -> BCubed {
        var batch = StoryBatch(knowledge)
        let order = order(timing)
        for index in order { batch.add(texts[index].id, timed(index, timing).features) }
        var found = [Int64](repeating: -1, count: texts.count)
        for (index, place) in zip(order, try batch.places()) { found[index] = place.story }
        return score(found)
    }

    private func score(_ found: [Int64]) -> BCubed {
        BCubed(gold: texts.map { $0.story ?? $0.id }, found: found)
    }

    private func order(_ timing: StoryTiming) -> [Int] {
        texts.indices.sorted { left, right in
            guard timing == .undated else {
                return (published(left, timing) ?? 0, left) < (published(right, timing) ?? 0, right)
            }
            let hashes = (
                StableHash.fold(of: texts[left].id, 1 << 20),
                StableHash.fold(of: texts[right].id, 1 << 20)
            )
            return hashes.0 == hashes.1 ? left < right : hashes.0 < hashes.1
        }
    }

    private func published(_ index: Int, _ timing: StoryTiming) -> Int? {
        switch timing {
        case .dated: features[index].publishedMilliseconds
        case .crowded: crowded[index]
        case .undated: nil
        }
    }

    private func timed(_ index: Int, _ timing: StoryTiming) -> WeightedArticle {
        switch timing {
        case .dated: weighted[index]
        case .crowded: weighted[index].shifted(to: crowded[index])
        case .undated: weightedUndated[index]
        }
    }

    private var pairs: [(Int, Int)] {
        var pairs: Set<[Int]> = []
        for left in texts.indices {
            let others = texts.indices.filter { $0 != left }
            let own = others.filter { texts[$0].story == texts[left].story }
            let strangers = others.filter { texts[$0].story != texts[left].story }
                .map { ($0, SimilarityNumbers(weighted[left], weighted[$0]).values[0]) }
                .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
                .prefix(Self.strangersMax)
            for other in own + strangers.map(\.0) {
                pairs.insert([min(left, other), max(left, other)])
            }
        }
        return pairs.map { ($0[0], $0[1]) }.sorted { $0 < $1 }
    }

    private static func crowd(_ texts: [BatchText], _ features: [ArticleFeatures]) -> [Int?] {
        var first: [String: Int] = [:]
        for (text, one) in zip(texts, features) {
            guard let story = text.story, let published = one.publishedMilliseconds else {
                continue
            }
            first[story] = min(first[story] ?? .max, published)
        }
        return zip(texts, features).map { text, one in
            guard let story = text.story, let published = one.publishedMilliseconds,
                let begin = first[story]
            else { return nil }
            let day = StableHash.fold(of: story, crowdDays)
            return published - begin + (20_000 + day) * ArticleFeatures.millisecondsOfDay
        }
    }
}

/// A pair of articles, and whether they are of one story.
struct StoryLesson {
    let numbers: [Float]
    let isOneStory: Bool
}

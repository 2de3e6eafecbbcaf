import WirecopyMessages

extension Brief {
    /// Makes the brief of a story.
    ///
    /// - Parameter members: the story's articles in any order; of more than
    ///   `CentralMembers.membersMax` the most central ones are read.
    package init(of members: [StoryMember]) {
        let story = BriefStory(members)
        let outlets = OutletNames(story)
        var reader = UtteranceReader(story, outlets: outlets)
        let utterances = reader.utterances()
        let outlook = OutlookSection(story)
        var events = EventLines(story, without: outlook.places)
        let places = events.lines()
        let speakers = SpeakerSection(story, utterances: utterances, names: reader.speakers)
            .speakers()
        let sources = SourceSection(story, outlets: outlets)
        let stated = StatedDifferences(story)

        headline = Self.headline(of: story)
        articles = story.texts.indices.map { Self.article($0, of: story) }
        articlesLeftOut = story.leftOut
        origins = sources.origins()
        episodes = story.episodes.map { Self.episode($0, places[$0] ?? [], of: story) }
        self.speakers = speakers.shown
        speakersMore = speakers.more
        self.sources = sources.sources()
        differences =
            NumberDifferences(story).differences() + stated.dates() + stated.offices()
            + stated.speakers(utterances, reader.speakers)
            + stated.quotedOnce(utterances, reader.speakers)
        next = outlook.lines(after: Set(places.values.joined()))
    }

    private static func article(_ index: Int, of story: BriefStory) -> BriefArticle {
        let text = story.texts[index]
        let member = text.member
        let article = member.annotated.article
        return BriefArticle(
            copyOf: story.groups[index] == index ? nil : story.groups[index] + 1,
            episode: member.episode,
            id: member.articleID,
            isCopy: story.isCopy(index),
            number: index + 1,
            opening: article.title == nil ? text.sentences.first.map { text.text($0.range) } : nil,
            outlet: member.outlet,
            published: article.published?.date.value,
            title: article.title?.value,
            url: article.finalURL
        )
    }

    private static func episode(
        _ number: Int,
        _ places: [EventLines.Place],
        of story: BriefStory
    ) -> BriefEpisode {
        let texts = story.texts.filter { $0.member.episode == number }
        let days = texts.compactMap(\.member.day)
        return BriefEpisode(
            number: number,
            articles: texts.count,
            firstDay: days.min(),
            lastDay: days.max(),
            lines: places.map { line($0, of: story) }
        )
    }

    /// A line of an episode; days that it only recalls are not those of what it tells.
    private static func line(_ place: EventLines.Place, of story: BriefStory) -> BriefLine {
        let text = story.texts[place.text]
        var line = story.line(place.text, text.sentences[place.sentence].range)
        if text.isRecalling(place.sentence) { line.dated = nil }
        return line
    }

    /// The headline whose words most independent reports have; the earliest of equals.
    private static func headline(of story: BriefStory) -> BriefHeadline? {
        var reports: [UInt64: Set<Int>] = [:]
        for (index, text) in story.texts.enumerated() {
            for sentence in text.sentences {
                for stem in sentence.stems {
                    reports[stem, default: []].insert(story.groups[index])
                }
            }
        }
        let rated = story.texts.enumerated().compactMap { index, text -> (Int, String, Double)? in
            guard let title = text.article.article.title?.value, story.groups[index] == index
            else { return nil }
            let stems = MemberWords.stems(MemberWords.read(title))
            guard !stems.isEmpty else { return nil }
            let shared = stems.reduce(0) { $0 + (reports[$1]?.count ?? 0) }
            // The root favours headlines that say more than one word everybody has.
            return (index, title, Double(shared) / Double(stems.count).squareRoot())
        }
        let best = rated.max { ($0.2, -$0.0) < ($1.2, -$1.0) }
        return best.map { BriefHeadline(article: $0.0 + 1, text: $0.1) }
    }
}

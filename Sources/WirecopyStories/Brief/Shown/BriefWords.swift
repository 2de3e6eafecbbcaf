/// The words around the spans of a brief: labels, counts and days.
package enum BriefWords {
    /// Title of `Brief.episodes`.
    package static let whatHappened = "What happened"
    /// Title of `Brief.speakers`.
    package static let whoSaidWhat = "Who said what"
    /// Title of `Brief.sources`.
    package static let whoCitesWhom = "Who cites whom"
    /// Title of `Brief.differences`.
    package static let whatDiffers = "What differs between the reports"
    /// Title of `Brief.next`.
    package static let whatNext = "What next"
    /// Title of `Brief.articles`.
    package static let articles = "Articles"

    /// `1 report`, `2 reports`.
    package static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    /// The day of a date as pages give it: `23 May 2024` of `2024-05-23T07:37:00+01:00`, `May 2024`
    /// of `2024-05`; anything else as it is.
    package static func day(_ date: String) -> String {
        let parts = date.prefix(10).split(separator: "-").map { Int($0) }
        guard let year = parts.first ?? nil, !parts.contains(nil) else { return date }
        guard parts.count > 1, let month = parts[1], 1...12 ~= month else { return "\(year)" }
        guard parts.count > 2, let day = parts[2] else { return "\(months[month - 1]) \(year)" }
        return "\(day) \(months[month - 1]) \(year)"
    }

    /// The day that a line names, when it is known to the day: `22 May 2024` of "on Wednesday".
    package static func day(of line: BriefLine) -> String? {
        guard let dated = line.dated, dated.utf8.count == dayBytes else { return nil }
        return day(dated)
    }

    /// Bytes of `2024-05-22`.
    private static let dayBytes = 10

    /// `22 May 2024`, or `22 May 2024 to 24 May 2024`; `nil` when no day is known.
    package static func days(of episode: BriefEpisode) -> String? {
        guard let first = episode.firstDay, let last = episode.lastDay else { return nil }
        return first == last ? day(first) : "\(day(first)) to \(day(last))"
    }

    /// `Episode 2 · 29 May 2024 · 1 report`.
    package static func heading(of episode: BriefEpisode, position: Int) -> String {
        let facts = ["Episode \(position)", days(of: episode), count(episode.articles, "report")]
        return facts.compactMap(\.self).joined(separator: " · ")
    }

    /// What is counted of a brief in one line.
    package static func summary(of brief: Brief) -> String {
        let origins = brief.origins
        var facts = [count(origins.reports, "report")]
        if origins.copies > 0 {
            facts.append(
                origins.copies == 1 ? "1 of them a copy" : "\(origins.copies) of them copies"
            )
        }
        if brief.episodes.count > 1 { facts.append(count(brief.episodes.count, "episode")) }
        // Of one report, and where each report knows by itself, the names would say nothing.
        let isEachItsOwn =
            origins.names.allSatisfy { $0.hasPrefix("[") }
            && origins.independent == origins.reports - origins.copies
        let names = isEachItsOwn ? "" : " (\(origins.names.joined(separator: ", ")))"
        if origins.reports > 1 {
            facts.append(count(origins.independent, "independent origin") + names)
        }
        if brief.articlesLeftOut > 0 {
            facts.append(count(brief.articlesLeftOut, "article") + " not read for this brief")
        }
        return facts.joined(separator: ", ")
    }

    /// The words of a statement as they are shown: its parts with a sign between them, without the
    /// comma that closes a quotation inside a sentence.
    package static func words(of statement: BriefStatement) -> String {
        let words = statement.parts.map(\.text).joined(separator: " … ")
        guard statement.isVerbatim, let mark = words.last, "\"”’'»".contains(mark),
            words.dropLast().last == ","
        else { return words }
        return words.dropLast(2) + String(mark)
    }

    /// How a statement was made: `to reporters; at a news conference`; `nil` when nothing is known.
    package static func circumstances(of statement: BriefStatement) -> String? {
        let facts = [
            statement.listener.map { "to \($0)" }, statement.occasion,
            statement.document.map { "document: \($0)" },
        ]
        let known = facts.compactMap(\.self)
        return known.isEmpty ? nil : known.joined(separator: "; ")
    }

    /// What a source rests on, and where its own report is: `citing undisclosed officials; own
    /// report [2]`; `nil` when neither is known.
    package static func basis(of source: BriefSource) -> String? {
        let basis =
            source.restsOn.isEmpty ? nil : "citing " + source.restsOn.joined(separator: "; ")
        let facts = [basis, source.ownReport.map { "own report [\($0)]" }].compactMap(\.self)
        return facts.isEmpty ? nil : facts.joined(separator: "; ")
    }

    /// The story's headline, or words for its lack.
    package static func headline(of brief: Brief) -> String {
        brief.headline?.text ?? "A story without a headline"
    }

    /// Headline of an article; of one without, its first words.
    package static func title(of article: BriefArticle) -> String {
        if let title = article.title { return title }
        guard let opening = article.opening else { return "(no title)" }
        return opening.count <= openingMax ? opening : opening.prefix(openingMax - 1) + "…"
    }

    /// Characters of a first sentence that stand for a headline.
    private static let openingMax = 80

    /// `people killed`, or what else a difference is about.
    package static func heading(of difference: BriefDifference) -> String {
        switch difference.kind {
        case .number: difference.subject
        case .date: "The day"
        case .office: "Who is \(difference.subject)"
        case .speaker: "Who said it"
        case .onlyOne: "Only one report quotes \(difference.subject)"
        }
    }

    /// `[1] [3]`.
    package static func references(_ articles: [Int]) -> String {
        articles.map { "[\($0)]" }.joined(separator: " ")
    }

    /// The title of the group of speakers of a kind.
    package static func heading(of kind: BriefSpeakerKind) -> String {
        switch kind {
        case .person: "Persons"
        case .institution: "Institutions"
        case .outlet: "Outlets"
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]
}

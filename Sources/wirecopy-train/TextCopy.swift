import WirecopyMessages
import WirecopyParse

/// One page as somebody may have copied it, with what is known of its lines.
struct TextCopy {
    let gold: GoldPage
    /// Its lines on their way through the steps of reading.
    var reading: TextReading
    /// Its likeliest headlines, once these are known.
    var finalists: Finalists?
    /// Which lines are text.
    let answers: BlockAnswers
    /// What the copy counts beside others.
    let share: Float
    /// Whether the headline was left out on purpose.
    let isHeadless: Bool

    /// A page copied whole, and the part of it that somebody selects who wants the article.
    ///
    /// `silver` is the text that the reader of HTML finds, for pages of which people have marked no
    /// more than snippets; `nil` when it found none.
    static func copies(of gold: GoldPage, html: [UInt8], silver: String?) -> [TextCopy] {
        let page = CopiedPage(html: html)
        let chance = gold.chance
        let lines = gold.withMasthead(chance % 2 == 0 ? page.lines : page.tightLines)
        let hasAddress = chance / 2048 % 2 == 0
        let whole = reading(of: lines, hasAddress ? gold.url : nil)
        guard let answers = answers(whole.texts, gold, silver) else { return [] }
        var copies = [
            TextCopy(gold: gold, reading: whole, answers: answers, share: 1, isHeadless: false)
        ]
        let title = gold.title.map(FieldGold.title)
        let part = selection(whole, answers, title: title, chance)
        if let part {
            let numbers = whole.lineNumbers
            let raw = Array(lines[(numbers[part.lowerBound] - 1)..<numbers[part.upperBound - 1]])
            let selected = reading(
                of: chance / 2 % 2 == 0 ? raw : raw.filter { !$0.isEmpty },
                hasAddress ? nil : gold.url
            )
            if let answers = Self.answers(selected.texts, gold, silver) {
                copies.append(
                    TextCopy(
                        gold: gold,
                        reading: selected,
                        answers: answers,
                        share: selectionShare,
                        isHeadless: title.map { title in
                            !selected.texts.contains { FieldGold.title($0) == title }
                        } ?? false
                    )
                )
            }
        }
        return copies
    }

    /// What a selection counts beside the whole page: most of its lines are the same.
    private static let selectionShare: Float = 0.5

    /// A page comes with its address or without.
    private static func reading(of lines: [String], _ url: String?) -> TextReading {
        TextReading(text: lines.joined(separator: "\n"), url: url ?? "", readAt: readAt)
    }

    /// When all copies count as read, so that the same data give the same bytes: the start of 2027,
    /// behind every page.
    private static let readAt = Instant(milliseconds: 1_798_761_600_000)

    private static func answers(
        _ texts: [String],
        _ gold: GoldPage,
        _ silver: String?
    ) -> BlockAnswers? {
        if let body = gold.body { return BlockAnswers(texts: texts, body: body) }
        guard let silver else { return nil }
        return BlockAnswers(
            texts: texts,
            guess: silver,
            wanted: gold.mustContain ?? [],
            unwanted: gold.mustNotContain ?? []
        )
    }

    /// From near the headline, or from the text's first line, to the text's end or some lines on.
    private static func selection(
        _ reading: TextReading,
        _ answers: BlockAnswers,
        title: String?,
        _ chance: Int
    ) -> Range<Int>? {
        let texts = reading.texts
        let isText = answers.answers.map { $0 > 0.5 }
        guard let first = isText.firstIndex(of: true), let last = isText.lastIndex(of: true) else {
            return nil
        }
        let headline = texts[..<first].lastIndex { FieldGold.title($0) == title } ?? first
        let start = [headline, headline - chance / 4 % 6, first, headline - chance / 4 % 30]
        let end = [last, last + chance / 64 % 6, last + chance / 64 % 40, texts.count - 1]
        let range = max(0, start[chance / 8 % 4])..<min(texts.count, end[chance / 32 % 4] + 1)
        return range.count >= 2 ? range : nil
    }

    // MARK: - Answers

    /// For each line that may be the headline, whether it is; `nil` where that is not known.
    func titleAnswers(_ lines: [Int]) -> [Bool?] {
        guard let title = gold.title.map(FieldGold.title) else { return lines.map { _ in nil } }
        let texts = reading.texts
        let isThere = lines.contains { FieldGold.title(texts[$0]) == title }
        let words = Set(BlockAnswers.words(title))
        return lines.map { line in
            if FieldGold.title(texts[line]) == title { return true }
            // Sites word their headlines differently for others.
            let own = Set(BlockAnswers.words(texts[line]))
            let isLike = own.intersection(words).count * 2 > max(1, min(own.count, words.count))
            return !isThere && isLike ? nil : false
        }
    }

    /// For each name, whether it is an author's; `nil` where that is not known.
    func authorAnswers(_ names: [String]) -> [Bool?] {
        let authors = gold.authors.map(FieldGold.names)
        return names.map { name in
            authors.map { !$0.isDisjoint(with: FieldGold.names([name])) }
        }
    }

    /// For each day, whether it is that of publication; `nil` where that is not known.
    func dateAnswers(_ days: [String]) -> [Bool?] {
        let day = gold.published.flatMap(FieldGold.day)
        return days.map { other in day.map { $0 == other } }
    }
}

extension GoldPage {
    /// A number that is chance, and the same each time.
    var chance: Int { Int(StableHash.of(id) >> 20 & 0xFFFF) }
}

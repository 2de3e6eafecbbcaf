import Foundation
import SplitMix
import WirecopyMessages

/// The text of an imagined article with everything that is found in it.
struct ImaginedBody {
    private let story: ImaginedStory
    private let words: ImaginedWords
    private var random: SplitMix64
    private var text: [UInt8] = []
    private var breaks: [Int] = []
    private var entities: [Entity] = []
    private var places: [String: Int] = [:]
    private var mentions: [Mention] = []
    private var quotations: [Quotation] = []
    private var citations: [Citation] = []
    private var sentences: [TextRange] = []
    private var values: [StatedValue] = []
    private var written = 0

    private static let wordsOfParagraph = 45
    private static let wordsOfMention = 12
    private static let wordsOfQuotation = 120
    private static let wordsOfCitation = 700
    private static let wordsOfValue = 90

    /// Begins an article of a story.
    init(_ story: ImaginedStory, _ words: ImaginedWords, seed: UInt64) {
        self.story = story
        self.words = words
        random = SplitMix64(seed: seed)
    }

    /// A headline of the story's words.
    var title: String {
        var random = random
        return (0..<7).map { _ in
            let rank = story.topic[random.below(story.topic.count)]
            return String(decoding: words.word(rank: rank), as: UTF8.self)
        }.joined(separator: " ").capitalized
    }

    /// Writes sentences until there are so many words.
    mutating func write(words count: Int) {
        var paragraph = 0
        while written < count {
            if paragraph >= Self.wordsOfParagraph {
                breaks.append(text.count)
                text += Array("\n\n".utf8)
                paragraph = 0
            } else if !text.isEmpty {
                text.append(UInt8(ascii: " "))
            }
            let before = written
            let start = text.count
            writeSentence()
            sentences.append(TextRange(start, text.count))
            paragraph += written - before
        }
    }

    private mutating func writeSentence() {
        let start = text.count
        let isQuoting = random.happens(22 / Double(Self.wordsOfQuotation))
        let count = (isQuoting ? 4 : 8) + random.below(24)
        if isQuoting { writeQuotation() }
        for place in 0..<count {
            if random.happens(1 / Double(Self.wordsOfMention)) {
                writeMention(random.happens(0.45))
            } else if random.happens(1 / Double(Self.wordsOfValue)) {
                writeValue()
            } else {
                writeWord()
            }
            if place < count - 1 { text.append(UInt8(ascii: " ")) }
        }
        if random.happens(Double(count) / Double(Self.wordsOfCitation)) {
            let name = ImaginedWords.other(story.others[0] % 300)
            citations.append(Citation(TextRange(start, text.count), name: name, entity: nil))
        }
        text.append(UInt8(ascii: "."))
    }

    private mutating func writeWord() {
        let isTopic = random.happens(0.12)
        let rank = isTopic ? story.topic[random.below(story.topic.count)] : -1
        text += isTopic ? words.word(rank: rank) : words.word(&random)
        written += 1
    }

    private mutating func writeMention(_ isPerson: Bool) {
        let names = isPerson ? story.persons : story.others
        let isOfStory = random.happens(0.7)
        let number =
            isOfStory
            ? names[ImaginedWords.rank(below: names.count, &random)]
            : ImaginedWords.rank(below: ImaginedWords.names, &random)
        let name = isPerson ? ImaginedWords.person(number) : ImaginedWords.other(number)
        let type: EntityType =
            isPerson ? .person : number % 2 == 0 ? .organisation : .politicalPlace
        let isKnown = places[name] != nil
        let entity = entity(name, type)
        let surface = isPerson && isKnown ? name.split(separator: " ").last.map(String.init) : name
        let start = text.count
        text += Array((surface ?? name).utf8)
        mentions.append(Mention(TextRange(start, text.count), type: type, entity: entity))
        written += 1
    }

    private mutating func entity(_ name: String, _ type: EntityType) -> Int {
        if let place = places[name] { return place }
        places[name] = entities.count
        entities.append(Entity(name: name, type: type))
        return entities.count - 1
    }

    private mutating func writeQuotation() {
        let start = text.count
        text += Array("“".utf8)
        let isShared = random.happens(0.35)
        let statement = story.statements[random.below(story.statements.count)]
        if isShared {
            for rank in statement.words { text += words.word(rank: rank) + [UInt8(ascii: " ")] }
            written += statement.words.count
        } else {
            for _ in 0..<(2 + random.below(17)) {
                writeWord()
                text.append(UInt8(ascii: " "))
            }
        }
        text += Array("”".utf8)
        let range = TextRange(start, text.count)
        let isSaid = isShared || random.happens(0.3)
        let person = isShared ? statement.person : story.persons[random.below(4)]
        let name = ImaginedWords.person(person)
        let speaker = isSaid ? Speaker(name: name, entity: entity(name, .person)) : nil
        quotations.append(
            Quotation(
                range,
                kind: isSaid ? .direct : .notSpeech,
                speaker: speaker,
                cue: isSaid ? "said" : nil
            )
        )
        text.append(UInt8(ascii: " "))
    }

    private mutating func writeValue() {
        let start = text.count
        let number = String(random.below(5000))
        text += Array("\(number) tons".utf8)
        var amount = StatedAmount(.exact(number))
        (amount.subject, amount.unit) = ("grain", "tonne")
        values.append(StatedValue(TextRange(start, text.count), .quantity(amount)))
        written += 2
    }

    /// The text, cut at its breaks.
    var paragraphs: [Paragraph] {
        let starts = [0] + breaks.map { $0 + 2 }
        return zip(starts, breaks + [text.count]).map { start, end in
            Paragraph(.body, String(decoding: text[start..<end], as: UTF8.self))
        }
    }

    /// An article of this text with everything that was written into it.
    func annotate(_ article: ParsedArticle) -> AnnotatedArticle {
        var annotated = AnnotatedArticle(article: article)
        annotated.entities = entities
        annotated.mentions = mentions
        annotated.quotations = quotations
        annotated.citations = citations
        annotated.sentences = sentences
        annotated.values = values
        return annotated
    }
}

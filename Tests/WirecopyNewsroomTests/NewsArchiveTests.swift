import Foundation
import Testing
import WirecopyNewsroom

struct NewsArchiveTests {
    private let archive: NewsArchive
    private let everything: [NewsArticle]

    init() throws {
        archive = try NewsArchive.bundled()
        everything = archive.articles + archive.revisions + archive.texts.map(\.article)
    }

    @Test func `five publishers print sixty articles of three running stories`() {
        #expect(archive.publishers.count == 5)
        #expect(archive.articles.count >= 60)
        #expect(archive.stories == ["ferry", "missiles", "trial"])
        #expect(archive.texts.count == 6)
        for publisher in archive.publishers {
            #expect(archive.articles.contains { $0.publisher == publisher.key })
        }
    }

    @Test func `each story runs over at least three episodes in the order of time`() {
        for story in archive.stories {
            let articles = archive.articles.filter { $0.story == story }
            let episodes = articles.compactMap(\.episode)
            #expect(Set(episodes).count >= 3, "\(story)")
            #expect(episodes == episodes.sorted(), "\(story)")
            for episode in Set(episodes) {
                let publishers = articles.filter { $0.episode == episode }.map(\.publisher)
                #expect(Set(publishers).count >= 3, "\(story) \(episode)")
            }
        }
    }

    @Test func `each quotation stands between marks in its paragraph`() {
        for article in everything {
            for quotation in article.quotations {
                let paragraph = article.mainText[quotation.paragraph]
                let isMarked = ["\"", "\u{201C}"].contains { open in
                    paragraph.contains(open + quotation.text)
                }
                #expect(isMarked, "\(article.path): \(quotation.text)")
                #expect((quotation.speaker == nil) == (quotation.unnamedSpeaker != nil))
            }
        }
    }

    @Test func `each speaker with a name is an entity of the article or of its headline`() {
        for article in everything {
            let names = Set(article.entities.map(\.name))
            for speaker in article.quotations.compactMap(\.speaker) {
                #expect(names.contains(speaker), "\(article.path): \(speaker)")
            }
        }
    }

    @Test func `each cue stands in the text of its article`() {
        for article in everything {
            let text = article.mainText.joined(separator: "\n")
            for quotation in article.quotations {
                guard let cue = quotation.cue else { continue }
                #expect(text.contains(cue), "\(article.path): \(cue)")
            }
        }
    }

    @Test func `no marker of the source format is left in the text`() {
        for article in everything {
            for text in article.mainText + [article.title, article.standfirst ?? ""] {
                #expect(!text.contains("*") && !text.hasPrefix("@") && !text.hasPrefix("~"))
                #expect(!text.contains("  ") && text == text.precomposed, "\(article.path)")
            }
        }
    }

    @Test func `dates are of early 2026 and corrections come later`() throws {
        let first = try #require(Timestamp("2026-02-01T00:00:00Z")).secondsSinceEpoch
        let last = try #require(Timestamp("2026-05-01T00:00:00Z")).secondsSinceEpoch
        for article in everything {
            #expect((first..<last).contains(article.published.secondsSinceEpoch))
            guard let modified = article.modified else { continue }
            #expect(modified.secondsSinceEpoch > article.published.secondsSinceEpoch)
        }
    }

    @Test func `articles are as long as a short report or a long feature`() {
        for article in archive.articles {
            let words = article.mainText.joined(separator: " ").split(separator: " ").count
            #expect((110...700).contains(words), "\(article.path): \(words) words")
        }
    }

    @Test func `carried agency copy shares most of its paragraphs with the original`() throws {
        let carried = archive.articles.filter { $0.syndicatedFrom != nil }
        #expect(carried.count >= 2)
        for article in carried {
            let original = try #require(
                archive.articles.first { $0.path == article.syndicatedFrom }
            )
            let words = Set(original.mainText.flatMap { $0.split(separator: " ") })
            let own = article.mainText.flatMap { $0.split(separator: " ") }
            let shared = own.count { words.contains($0) }
            #expect(shared * 100 > own.count * 75, "\(article.path)")
            #expect(article.mainText != original.mainText)
        }
    }

    @Test func `people are quoted by several publishers with cuts of one quotation`() {
        let speakers = Dictionary(
            grouping: archive.articles.flatMap { article in
                article.quotations.compactMap { quotation in
                    quotation.speaker.map { (name: $0, publisher: article.publisher) }
                }
            },
            by: \.name
        )
        let shared = speakers.filter { Set($0.value.map(\.publisher)).count >= 3 }
        #expect(shared.count >= 10)
    }

    @Test func `people have several names within a story`() {
        let forms = Dictionary(
            grouping: archive.articles.flatMap(\.entities).filter { $0.type == "PER" },
            by: \.name
        ).mapValues { Set($0.flatMap(\.forms)) }
        #expect(
            forms["Iryna Toval"]?.isSuperset(of: ["Iryna Toval", "Irina Toval", "Toval"]) == true
        )
        #expect(forms.values.count { $0.count >= 2 } >= 20)
    }

    @Test func `quotation marks come curly, straight and mixed`() {
        let texts = archive.articles.map { $0.mainText.joined() }
        let curly = texts.filter { $0.contains("\u{201C}") && !$0.contains("\"") }
        let straight = texts.filter { !$0.contains("\u{201C}") && $0.contains("\"") }
        let mixed = texts.filter { $0.contains("\u{201C}") && $0.contains("\"") }
        #expect(curly.count > 10 && straight.count > 10 && mixed.count > 3)
    }

    @Test func `a corrected article says what was wrong outside its main text`() throws {
        let revision = try #require(archive.revisions.first)
        let first = try #require(archive.articles.first { $0.path == revision.canonicalPath })
        #expect(revision.mainText != first.mainText)
        #expect(revision.mainText.count == first.mainText.count)
        #expect(revision.blocks.contains { $0.kind == .note && $0.text.contains("Correction") })
    }
}

extension String {
    /// NFC, so that equal texts have equal bytes.
    fileprivate var precomposed: String { precomposedStringWithCanonicalMapping }
}

import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyWeb
@testable import wirecopy

@Suite struct AnnotationExplanationTests {
    private static let hostile = "<script>alert('x')</script> \u{202E}& \u{1B}[31m\"quoted\""
    private static let text = "“Rain,” Ada Quill told Ruth’s board on Tuesday, citing Larch."

    private static func range(_ words: String) -> TextRange {
        let all = Array(text.utf8)
        let words = Array(words.utf8)
        let start = (0...(all.count - words.count)).first {
            all[$0..<($0 + words.count)].elementsEqual(words)
        }
        return TextRange(start ?? 0, (start ?? 0) + words.count)
    }

    private static func article() -> AnnotatedArticle {
        let page = FetchedPage(
            url: "https://a.example/\(hostile)",
            origin: "http",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 0,
            bodyDigest: ""
        )
        var article = AnnotatedArticle(
            article: ParsedArticle(
                page: page,
                encoding: "utf-8",
                paragraphs: [Paragraph(.lede, text), Paragraph(.body, hostile)]
            )
        )
        article.article.title = Evidenced(hostile, source: "h1", confidence: 1)
        article.entities = [
            Entity(
                name: "Ada Quill",
                type: .person,
                roles: [EntityRole(range("Ruth’s board"), role: "board")]
            ),
            Entity(name: hostile, type: .organisation),
        ]
        article.mentions = [
            Mention(range("Ada Quill"), type: .person, entity: 0),
            Mention(
                range("Larch"),
                type: .weapon,
                entity: 1,
                evidence: .list,
                standsFor: GovernmentName(name: "Quillia", entity: nil)
            ),
        ]
        let speaker = Speaker(name: "Ada Quill", entity: 0)
        article.quotations = [
            Quotation(range("“Rain,”"), kind: .direct, speaker: speaker, cue: "told")
        ]
        article.quotations[0].listener = "Harbour Radio <b>"
        article.quotations[0].occasion = "a news conference"
        article.citations = [
            Citation(range("citing Larch"), name: hostile, entity: 1, citing: "two <officials>")
        ]
        article.values = [
            StatedValue(range("Tuesday"), .date(StatedDate("2024-05-28", precision: .day)))
        ]
        return article
    }

    private let explanation = AnnotationExplanation(article())

    @Test func `the runs of a paragraph are its text`() {
        let paragraphs = explanation.text.paragraphs.map { $0.map(\.text).joined() }
        #expect(paragraphs == [Self.text, Self.hostile])
        let runs = explanation.text.paragraphs.flatMap(\.self)
        #expect(runs.filter { $0.mention != nil }.map(\.text) == ["Ada Quill", "Larch"])
        #expect(runs.filter { $0.citation != nil }.map(\.text) == ["citing ", "Larch"])
        #expect(runs.filter(\.endsQuotation).map(\.text) == ["“Rain,”"])
    }

    @Test func `marks that lie in each other are told apart`() {
        var article = Self.article()
        article.quotations.append(Quotation(Self.range(Self.text), kind: .indirect))
        let runs = MarkedText(article).paragraphs[0]
        #expect(runs.map(\.text).joined() == Self.text)
        #expect(runs.first?.quotation == 0)
        #expect(runs.last?.quotation == 1)
    }

    @Test func `a range behind the text is left out`() {
        var article = Self.article()
        article.mentions.append(Mention(TextRange(5_000, 5_001), type: .person, entity: 0))
        #expect(MarkedText(article).paragraphs.count == 2)
    }

    @Test func `the page escapes all that came from the article, and runs nothing`() {
        let html = AnnotationPage(explanation).html
        for part in ["<script", "\u{202E}", "\u{1B}", "alert('x')", "\"quoted\""] {
            #expect(!html.contains(part))
        }
        #expect(html.contains("&lt;script&gt;"))
        #expect(html.contains("default-src &#39;none&#39;") || html.contains("default-src 'none'"))
    }

    @Test func `a statement tells to whom and where it was said, a source what it cites`() {
        let html = AnnotationPage(explanation).html
        #expect(html.contains("told, to Harbour Radio &lt;b&gt;, a news conference"))
        #expect(html.contains("citing two &lt;officials&gt;"))
        let statement = explanation.statements[0]
        #expect(statement.setting == "to Harbour Radio <b>, a news conference")
    }

    @Test func `speakers, names and values lead to their notes and back`() {
        let html = AnnotationPage(explanation).html
        for link in [
            "href=\"#e0\"", "href=\"#m0\"", "href=\"#v0\"", "href=\"#t0\"", "href=\"#q0\"",
        ] {
            #expect(html.contains(link), "\(link)")
            let target = link.replacingOccurrences(of: "href=\"#", with: "id=\"")
            #expect(html.contains(target), "\(target)")
        }
        #expect(html.contains("stands for the government of"))
        #expect(html.contains("found by a list of names"))
    }

    @Test func `the terminal tells names, statements, sources and values`() {
        let lines = AnnotationScreen(explanation, columns: 200, isColoured: false).lines
        let screen = lines.joined(separator: "\n")
        #expect(
            screen.contains(
                "“Rain,” ‹Ada Quill, told› [Ada Quill|PER] told [Ruth’s board|role] on "
                    + "[Tuesday|date], citing [Larch|WEAPON]."
            )
        )
        for heading in ["Names", "Statements", "Sources", "Values", "2024-05-28"] {
            #expect(screen.contains(heading))
        }
        #expect(!screen.contains("\u{1B}") && !screen.contains("\u{202E}"))
    }

    @Test func `with colours only our own control sequences remain`() {
        let lines = AnnotationScreen(explanation, columns: 60, isColoured: true).lines
        let plain = lines.joined().replacingOccurrences(
            of: "\u{1B}\\[[0-9;]+m",
            with: "",
            options: .regularExpression
        )
        #expect(!plain.contains("\u{1B}"))
        #expect(lines.joined().contains("\u{1B}[1;34mAda\u{1B}[0m"))
    }

    @Test(arguments: [
        ("1500000.5", "1,500,000.5"), ("-1200", "-1,200"), ("999", "999"), ("1000", "1,000"),
    ])
    func `numbers are grouped for people`(number: String, words: String) {
        #expect(ValueMeaning.grouped(number) == words)
    }

    @Test(arguments: [
        ("week", "weeks"), ("percent", "percent"), ("square_kilometre", "square kilometres"),
        ("kilometre_per_hour", "kilometres per hour"), ("year_of_age", "years of age"),
        ("foot", "feet"),
    ])
    func `units are words for people`(unit: String, words: String) {
        #expect(ValueMeaning.unit(unit, isOne: false) == words)
        #expect(ValueMeaning.unit("week", isOne: true) == "week")
    }

    @Test func `a value says what it means`() {
        var amount = StatedAmount(.exact("44"))
        (amount.total, amount.subject, amount.predicate) = ("64", "drones", "shot")
        let range = TextRange(0, 1)
        #expect(
            ValueMeaning.words(StatedValue(range, .quantity(amount))) == "44 of 64 drones, shot"
        )
        let dozens = StatedAmount(.range(from: "24", to: nil))
        #expect(
            ValueMeaning.words(StatedValue(range, .money(dozens, currency: "EUR")))
                == "24 or more EUR"
        )
        let week = StatedValue(range, .date(StatedDate("2024-05-20", precision: .week)))
        #expect(ValueMeaning.words(week) == "the week from 2024-05-20")
        let open = StatedValue(range, .date(StatedDate(nil, precision: .day)))
        #expect(ValueMeaning.words(open).contains("not known"))
    }
}

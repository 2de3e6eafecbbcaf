import Testing
import WirecopyMessages

@testable import WirecopyParse

/// Headline, authors and date of text pages, in many forms and languages.
@Suite struct TextPageFieldTests {
    private func draft(_ text: String, url: String? = nil) throws -> ArticleDraft {
        TextPage.draft(of: Fixtures.source(text, url: url), try ParseModels.shipped().text)
    }

    private func draft(head: [String]) throws -> ArticleDraft {
        try draft((head + Fixtures.paragraphs).joined(separator: "\n"))
    }

    private let headline = "River Lenne rises after night of rain"

    @Test(
        arguments: [
            (["By Ann Lee"], ["Ann Lee"]),
            (["By", "Ann Lee"], ["Ann Lee"]),
            (["By Ann Lee and Bo Ekman"], ["Ann Lee", "Bo Ekman"]),
            (["By Ann Lee", "Staff writer"], ["Ann Lee"]),
            (["Ann Lee", "Staff writer"], ["Ann Lee"]),
        ]
    )
    func `authors come from bylines of one line and two`(
        byline: [String],
        names: [String]
    ) throws {
        let draft = try draft(head: [headline] + byline + ["May 29, 2024"])
        #expect(draft.authors.map(\.value) == names)
        #expect(draft.title?.value == headline)
        #expect(draft.mainText.paragraphs.map(\.text) == Fixtures.paragraphs)
    }

    @Test func `names and days of a caption are not the article's`() throws {
        let draft = try draft(head: [
            headline, "By Ann Lee", "May 29, 2024",
            "Marta Olsen at the lock on Jan. 3, 2019. (Photo by Cid Moor/Wire via Getty Images)",
        ])
        #expect(draft.authors.map(\.value) == ["Ann Lee"])
        #expect(draft.published?.date.value == "2024-05-29")
    }

    @Test func `the confidence of a field is a probability that differs by page`() throws {
        let plain = try draft(head: [headline, "By Ann Lee", "May 29, 2024"])
        let confidences = [plain.title, plain.authors.first].compactMap { $0?.confidence }
        #expect(confidences.count == 2)
        #expect(confidences.allSatisfy { $0 > 0.5 && $0 < 1 })
        #expect(confidences[0] != confidences[1])
    }

    @Test func `a page that shows no date takes that of its address`() throws {
        let text = ([headline] + Fixtures.paragraphs).joined(separator: "\n")
        let published = try draft(text, url: "https://post.example/2024/05/29/river").published
        #expect(published?.date.value == "2024-05-29")
        #expect(published?.date.source == "url")
        #expect(try draft(text, url: "https://post.example/2031/05/29/river").published == nil)
    }

    struct Language: Sendable, CustomTestStringConvertible {
        let name: String
        let headline: String
        let byline: String
        let author: String
        let paragraphs: [String]

        var testDescription: String { name }
    }

    @Test(arguments: languages)
    func `text, headline and author are found in many languages`(_ page: Language) throws {
        let text = [page.headline, page.byline] + page.paragraphs
        let draft = try draft(text.joined(separator: "\n\n"))
        #expect(draft.title?.value == page.headline)
        #expect(draft.authors.map(\.value) == [page.author])
        #expect(draft.mainText.paragraphs.map(\.text) == page.paragraphs)
    }

    private static let languages = [
        Language(
            name: "German",
            headline: "Fluss tritt nach Regennacht über die Ufer",
            byline: "Von Anna Lehmann",
            author: "Anna Lehmann",
            paragraphs: [
                "Nach einer Nacht mit starkem Regen stieg der Fluss am Dienstag um zwei Meter.",
                "Die Bauern brachten rund 400 Rinder auf höhere Wiesen, teilte der Kreis mit.",
            ]
        ),
        Language(
            name: "French",
            headline: "La rivière monte après une nuit de pluie",
            byline: "Par Anne Lemaire",
            author: "Anne Lemaire",
            paragraphs: [
                "La rivière est montée de deux mètres mardi après une nuit de fortes pluies.",
                "Les éleveurs ont mis environ 400 bovins à l'abri, selon le conseil du district.",
            ]
        ),
        Language(
            name: "Spanish",
            headline: "El río crece tras una noche de lluvia",
            byline: "Por Ana Lozano",
            author: "Ana Lozano",
            paragraphs: [
                "El río subió dos metros el martes después de una noche de fuertes lluvias.",
                "Los ganaderos llevaron unas 400 reses a terrenos más altos, según el consejo.",
            ]
        ),
        Language(
            name: "Italian",
            headline: "Il fiume cresce dopo una notte di pioggia",
            byline: "Di Anna Leoni",
            author: "Anna Leoni",
            paragraphs: [
                "Il fiume è salito di due metri martedì dopo una notte di forti piogge.",
                "Gli allevatori hanno portato circa 400 bovini più in alto, dice il consiglio.",
            ]
        ),
        Language(
            name: "Portuguese",
            headline: "Rio sobe depois de uma noite de chuva",
            byline: "Por Ana Lopes",
            author: "Ana Lopes",
            paragraphs: [
                "O rio subiu dois metros na terça-feira depois de uma noite de chuva forte.",
                "Os criadores levaram cerca de 400 cabeças de gado para terrenos mais altos.",
            ]
        ),
        Language(
            name: "Dutch",
            headline: "Rivier stijgt na een nacht vol regen",
            byline: "Door Anna Leemans",
            author: "Anna Leemans",
            paragraphs: [
                "De rivier is dinsdag twee meter gestegen na een nacht met zware regen.",
                "Boeren brachten ongeveer 400 runderen naar hogere grond, meldt het district.",
            ]
        ),
        Language(
            name: "Swedish",
            headline: "Floden stiger efter en natt av regn",
            byline: "Av Anna Lindberg",
            author: "Anna Lindberg",
            paragraphs: [
                "Floden steg två meter på tisdagen efter en natt av kraftigt regn i bergen.",
                "Bönderna flyttade omkring 400 kor till högre mark, uppger kommunen i dalen.",
            ]
        ),
        Language(
            name: "Polish",
            headline: "Rzeka wzbiera po nocy pełnej deszczu",
            byline: "Autor: Anna Lipska",
            author: "Anna Lipska",
            paragraphs: [
                "Rzeka podniosła się we wtorek o dwa metry po nocy ulewnych deszczów w górach.",
                "Rolnicy przenieśli około 400 sztuk bydła na wyżej położone łąki, podała rada.",
            ]
        ),
        Language(
            name: "Russian",
            headline: "Река поднялась после дождливой ночи",
            byline: "Автор: Анна Лебедева",
            author: "Анна Лебедева",
            paragraphs: [
                "Река поднялась во вторник на два метра после ночи сильных дождей в горах.",
                "Фермеры перегнали около 400 голов скота на холмы, сообщил районный совет.",
            ]
        ),
        Language(
            name: "Turkish",
            headline: "Yağmurlu gecenin ardından nehir yükseldi",
            byline: "Ayşe Levent",
            author: "Ayşe Levent",
            paragraphs: [
                "Şiddetli yağmurla geçen gecenin ardından nehir salı günü iki metre yükseldi.",
                "Çiftçiler yaklaşık 400 sığırı yüksek yerlere taşıdı, ilçe meclisi açıkladı.",
            ]
        ),
    ]
}

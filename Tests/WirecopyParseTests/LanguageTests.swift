import Foundation
import Testing
import WirecopyMessages

@testable import WirecopyParse

/// Text of many languages, through the whole of a page.
@Suite struct LanguageTests {
    /// Two invented sentences of the length of a paragraph.
    struct Sample: CustomTestStringConvertible, Sendable {
        let name: String
        let sentences: [String]

        init(_ name: String, _ sentences: String...) {
            self.name = name
            self.sentences = sentences
        }

        var testDescription: String { name }
    }

    static let samples = [
        Sample(
            "German",
            "Das Hafenamt teilte am Montag mit, dass die Fähre über Nacht wieder fährt.",
            "„Wir sind froh“, sagte Käpt’n Jörg Weiß, der seit 20 Jahren auf dem Fluss fährt."
        ),
        Sample(
            "French",
            "L’office du port a indiqué lundi que le bac naviguerait à nouveau, comme prévu.",
            "« Nous sommes prêts », a dit Zoé Lefèvre, qui dirige l’équipage et le cœur."
        ),
        Sample(
            "Vietnamese",
            "Văn phòng cảng cho biết hôm thứ Hai rằng phà sẽ chạy lại đúng như kế hoạch đã định.",
            "Hành khách có thể mua vé trước, bà Nguyễn Thị Hằng nói với các phóng viên tại bến."
        ),
        Sample(
            "Turkish",
            "Liman ofisi pazartesi günü, İstanbul vapurunun yeniden sefere çıkacağını açıkladı.",
            "Kaptan Işıl Güneş, yolcuların biletlerini önceden alabileceğini söyledi, iyi olur."
        ),
        Sample(
            "Russian",
            "Портовая служба сообщила в понедельник, что паром снова выйдет в море по плану.",
            "«Мы готовы», — сказала капитан Анна Ёлкина, которая ходит по реке двадцать лет."
        ),
        Sample(
            "Greek",
            "Το λιμεναρχείο ανακοίνωσε τη Δευτέρα ότι το πλοίο θα ταξιδέψει ξανά, όπως πριν.",
            "«Είμαστε έτοιμοι», είπε ο καπετάνιος Γιώργος Ψαράς στους δημοσιογράφους εκεί."
        ),
        Sample(
            "Arabic",
            "أعلن مكتب الميناء يوم الاثنين أن العبّارة ستبحر من جديد كما كان مقررا لها سابقا.",
            "وقالت القبطانة ليلى حدّاد إن 24 راكبا اشتروا تذاكرهم عبر موقع Tide\u{200F} قبل الرحلة."
        ),
        Sample(
            "Hebrew",
            "משרד הנמל הודיע ביום שני כי המעבורת תפליג שוב, כפי שתוכנן מראש לפני החורף.",
            "לדברי רב־החובל נועה לוי, 24 נוסעים כבר קנו כרטיסים באתר Tide!\u{200F} לפני ההפלגה."
        ),
        Sample(
            "Persian",
            "دفتر بندر روز دوشنبه اعلام کرد که کشتی طبق برنامه دوباره حرکت می\u{200C}کند.",
            "ناخدا شیرین رضایی گفت مسافران بلیت\u{200C}های خود را از پیش خریده\u{200C}اند."
        ),
        Sample(
            "Hindi",
            "बंदरगाह कार्यालय ने सोमवार को कहा कि नौका योजना के अनुसार फिर से चलेगी।",
            "कप्तान मीरा शर्मा ने बताया कि यात्री पहले की तरह टिकट खरीद सकते हैं, क्\u{200D}षमा।"
        ),
        Sample(
            "Thai",
            "สำนักงานท่าเรือกล่าวเมื่อวันจันทร์ว่าเรือข้ามฟากจะแล่นอีกครั้งตามแผนที่วางไว้",
            "กัปตันสมหญิง ใจดี บอกว่าผู้โดยสารซื้อตั๋วล่วงหน้าได้เหมือนที่ผ่านมา"
        ),
        Sample(
            "Chinese",
            "港口办公室周一表示，渡轮将按计划恢复航行，所有乘客都可以像往常一样提前买票。",
            "船长王丽对记者说：“我们已经准备好了”，并感谢大家的耐心等待和支持，明天见。"
        ),
        Sample(
            "Japanese",
            "港湾局は月曜日、フェリーが予定どおり運航を再開すると発表した。乗客は歓迎している。",
            "船長の佐藤ゆき子さんは「準備はできている」と語り、二十四人が切符を買ったと述べた。"
        ),
        Sample(
            "Korean",
            "항만 사무소는 월요일에 여객선이 예정대로 다시 운항할 것이라고 밝혔다.",
            "김서연 선장은 승객들이 예전처럼 미리 표를 살 수 있다고 기자들에게 말했다."
        ),
        Sample(
            "mixed",
            "The ferry “Σελήνη” (月, луна, القمر) sailed at 9:30, said captain Łukasz Ångström.",
            "Its crew of 24 shouted 👩\u{200D}🚀 “Ahoy”, שלום, こんにちは and नमस्ते, as always."
        ),
    ]

    private func page(_ sentences: [String]) -> String {
        let paragraphs = (sentences + sentences.reversed()).map { "<p>\($0)</p>" }
        return """
            <!doctype html><meta charset=utf-8><title>\(sentences[0].prefix(20))</title>
            <nav><a href=/>1</a></nav><article><h1>\(sentences[0].prefix(20))</h1>
            <div class=article-body>\(paragraphs.joined(separator: "\n"))</div></article>
            """
    }

    private func texts(_ sentences: [String]) throws -> Set<[UInt8]> {
        Set(try Fixtures.draft(page(sentences)).mainText.paragraphs.map { Array($0.text.utf8) })
    }

    @Test(arguments: samples)
    func `text survives byte for byte`(_ sample: Sample) throws {
        let found = try texts(sample.sentences)
        #expect(found.isSuperset(of: sample.sentences.map { Array($0.utf8) }))
    }

    @Test(arguments: samples)
    func `decomposed text becomes the same text`(_ sample: Sample) throws {
        let found = try texts(sample.sentences.map(\.decomposedStringWithCanonicalMapping))
        #expect(found.isSuperset(of: sample.sentences.map { Array($0.utf8) }))
    }

    @Test(arguments: [
        ("a\u{A0}b\u{2003}\u{202F}c", "a b c"), ("soft\u{AD}ly \u{200B}\u{FEFF}so", "softly so"),
        ("\u{200E}4 March\u{200F} 2026\u{200E}", "4 March 2026"), ("x\u{202E}y", "xy"),
        ("\u{200F}שלום\u{200F} a\u{200E} \u{200F}", "שלום\u{200F} a"), ("\u{200C}a\u{200D} ", "a"),
        ("می\u{200C}شود", "می\u{200C}شود"), ("\u{200D}\u{200C}", ""),
    ])
    func `of what nothing shows, only what shapes letters is kept`(text: String, kept: String) {
        #expect(Array(NormalText.string(text).utf8) == Array(kept.utf8))
    }

    @Test func `letters that are passed over as composed are, whatever mark follows`() {
        let ranges: [ClosedRange<UInt32>] = [
            0x00C0...0x024F, 0x0370...0x04FF, 0x3001...0x30FF, 0xAC00...0xAD00, 0xD600...0xD7FB,
            0xF900...0xFAFF, 0xFF01...0xFFEF,
        ]
        var wrong: [String] = []
        for scalar in ranges.joined().compactMap({ Unicode.Scalar($0) }) {
            for mark in ["", "\u{301}", "\u{3099}", "\u{309A}", "\u{11A8}", "\u{302A}\u{302E}"] {
                let text = "x\(scalar)\(mark)"
                let composed = text.precomposedStringWithCanonicalMapping
                if Array(NormalText.string(text).utf8) != Array(composed.utf8) {
                    wrong.append(text)
                }
            }
        }
        #expect(wrong.isEmpty)
    }

    @Test func `long text is composed as a whole, piece by piece`() {
        let sentences = Self.samples.flatMap(\.sentences).joined(separator: " ")
        let long = Array(repeating: sentences, count: 20).joined(separator: " ")
            .decomposedStringWithCanonicalMapping
        let composed = NormalText.string(long)
        #expect(composed.utf8.count > 50_000)
        #expect(Array(composed.utf8) == Array(composed.precomposedStringWithCanonicalMapping.utf8))
    }

    /// Foundation alone takes time that grows with the square: more than a minute.
    @Test(.timeLimit(.minutes(1)))
    func `text of marks alone takes no longer than other text`() {
        let marks = String(repeating: "e\u{301}\u{323}", count: 2_000_000)
        #expect(NormalText.string(marks).utf8.count > 2_000_000)
    }
}

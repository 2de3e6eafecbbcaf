/// Makes news pages with invented text in several languages and encodings.
enum NewsPageMaker {
    /// A page with an article, in UTF-8 or another encoding that it declares.
    static func page(using generator: inout SeededGenerator) -> [UInt8] {
        let language = generator.one(of: languages)
        var body = ""
        for number in 0...generator.below(5) {
            body += block(number, language.sentence, &generator)
        }
        let page = frame(language.tag, language.sentence, body, &generator)
        switch generator.below(12) {
        case 0:
            return [0xFF, 0xFE] + page.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        case 1: return [0xEF, 0xBB, 0xBF] + Array(page.utf8)
        default: return Array(page.utf8)
        }
    }

    /// A small page with an article in English.
    static let plainPage: [UInt8] = {
        let sentence = languages[0].sentence
        let text = "<p>\(sentence) \(sentence)</p>"
        return Array("<!doctype html><title>Ferry</title><article><h1>Ferry</h1>\(text)".utf8)
    }()

    private static func frame(
        _ tag: String,
        _ sentence: String,
        _ body: String,
        _ generator: inout SeededGenerator
    ) -> String {
        let title = sentence.prefix(24)
        let date = "2026-0\(1 + generator.below(9))-1\(generator.below(10))T09:30:00+02:00"
        let menu = (0..<generator.below(8)).map { "<li><a href=/\($0)>Part \($0)</a></li>" }
            .joined()
        return """
            <!DOCTYPE html>
            <html lang="\(tag)"><head><meta charset="utf-8"><title>\(title) | Tide</title>
            <meta property="og:title" content="\(title)"><meta name="author" content="Mara Quill">
            <link rel="canonical" href="https://tide.example/harbour">
            <meta property="article:published_time" content="\(date)">
            <script type="application/ld+json">{"@context": "https://schema.org", "@type":
            "NewsArticle", "headline": "\(title)", "datePublished": "\(date)", "author": [{"@type":
            "Person", "name": "Mara Quill"}], "articleBody": "\(sentence)"}</script>
            <style>.a > b { color: red }</style></head>
            <body class="page story-page"><nav id="mainMenu"><ul>\(menu)</ul></nav>
            <main><article class="articleBody"><h1>\(title)</h1>
            <p class="byline">By <a rel=author href=/m>Mara Quill</a> <time datetime="\(date)">4
            March 2026</time></p>
            <p>\(sentence) \(sentence)</p>
            \(body)
            </article></main>
            <aside class="related"><a href=/x>\(title)</a></aside>
            <footer><p>&copy; 2026 Tide. All rights reserved.</p></footer>
            <script>window.state = {"a": "</p><b>", "n": [1, 2, {"text": "\(title)"}]};</script>
            </body></html>
            """
    }

    private static func block(
        _ number: Int,
        _ sentence: String,
        _ generator: inout SeededGenerator
    ) -> String {
        switch generator.below(7) {
        case 0: "<h2>\(sentence.prefix(20))</h2><p>\(sentence)</p>"
        case 1: "<blockquote><p>“\(sentence)”</p></blockquote>"
        case 2: "<ul><li>\(sentence)</li><li><b>\(sentence)</b></li></ul>"
        case 3: "<figure><img src=a.jpg alt='x'><figcaption>\(sentence)</figcaption></figure>"
        case 4: "<table><tr><th>A<td>\(number)<tr><td>\(sentence)</table>"
        case 5: "<p>\(sentence)<br><br>\(sentence)<i> &amp; <a href='?a=1&b'>more</a></i></p>"
        default: "<p>\(sentence)</p>"
        }
    }

    private static let languages: [(tag: String, sentence: String)] = [
        ("en", "The harbour office said on Monday that the ferry would sail again, as planned."),
        ("de", "Das Hafenamt teilte am Montag mit, dass die Fähre über Nacht wieder fährt."),
        ("fr", "L’office du port a indiqué lundi que le bac naviguerait à nouveau, comme prévu."),
        ("ru", "Портовая служба сообщила в понедельник, что паром снова выйдет в море."),
        ("el", "Το λιμεναρχείο ανακοίνωσε τη Δευτέρα ότι το πλοίο θα ταξιδέψει ξανά."),
        ("ar", "أعلن مكتب الميناء يوم الاثنين أن العبّارة ستبحر من جديد كما كان مقررا لها."),
        ("he", "משרד הנמל הודיע ביום שני כי המעבורת תפליג שוב, כפי שתוכנן מראש."),
        ("zh", "港口办公室周一表示，渡轮将按计划恢复航行，所有乘客都可以像往常一样提前买票。"),
        ("ja", "港湾局は月曜日、フェリーが予定どおり運航を再開すると発表した。乗客は歓迎している。"),
        ("ko", "항만 사무소는 월요일에 여객선이 예정대로 다시 운항할 것이라고 밝혔다."),
        ("hi", "बंदरगाह कार्यालय ने सोमवार को कहा कि नौका योजना के अनुसार फिर से चलेगी।"),
        ("th", "สำนักงานท่าเรือกล่าวเมื่อวันจันทร์ว่าเรือข้ามฟากจะแล่นอีกครั้งตามแผน"),
        (
            "tr",
            "Liman ofisi pazartesi günü, İstanbul vapurunun yeniden sefere çıkacağını açıkladı."
        ),
    ]
}

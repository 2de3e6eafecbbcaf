import HTMLDocument
import WirecopyMessages

/// The words below one picture of a page, taken apart into caption and credit.
struct PictureCaption {
    private let caption: String
    private let credit: String?
    private let evidence: String

    /// Elements between a picture and the box that has its caption too.
    static let depthMax = 6

    /// Looks in the nearest box around a picture; `nil` when no words stand below it.
    init?(_ context: FieldContext, of picture: PageOutline.Picture) {
        let outline = context.outline
        for region in outline.regions(around: picture.region).prefix(Self.depthMax) {
            let box = outline.regions[region]
            if box.blocks.count > Self.blocksMax || [.body, .article, .main].contains(box.tag) {
                return nil
            }
            let labels = box.blocks.map { context.blocks.labels[outline.blocks[$0].region] }
            let captions = zip(box.blocks, labels)
                .filter { $0.1 == .caption && !Self.isOfArticle($0.0, context) }.map(\.0)
            let credits = zip(box.blocks, labels).filter { $0.1 == .credit }.map(\.0)
            guard !captions.isEmpty || !credits.isEmpty else { continue }
            self.init(outline, captions: captions, credits: credits)
            return
        }
        return nil
    }

    /// Bylines and dates stand below a picture too.
    private static func isOfArticle(_ block: Int, _ context: FieldContext) -> Bool {
        let (text, form) = (context.outline.blocks[block].text, context.blocks.forms[block])
        return LinePhrases.isByline(text, context.blocks.lines[block], form)
            || LinePhrases.isDateLine(text, form)
    }

    private init?(_ outline: PageOutline, captions: [Int], credits: [Int]) {
        let text = captions.prefix(Self.captionBlocksMax).map { outline.blocks[$0].text }
            .joined(separator: " ")
        var caption = Self.bounded(Self.withoutLead(text))
        var credit = credits.first.map { outline.blocks[$0].text }
        evidence = NormalText.prefix(NormalText.string(text), bytes: 200)
        if credit == nil, let first = captions.first, let last = captions.last,
            let mark = outline.credits.first(where: { (first...last).contains($0.block) }),
            !mark.text.isEmpty
        {
            credit = mark.text
            if let range = caption.firstRange(of: mark.text) {
                caption = CaptionCredit.trimmed(Array(caption[..<range.lowerBound].utf8)[...])
            }
        }
        credit = credit.map { CaptionCredit.name(in: NormalText.prefix($0, bytes: 300)) }
            .flatMap { CaptionCredit.isName($0) ? $0 : nil }
        let cut = CaptionCredit.cut(caption)
        (caption, credit) = (cut.caption, credit ?? cut.credit)
        self.caption = caption
        self.credit = credit
        guard LineForm(caption).hasLetter || self.credit != nil else { return nil }
    }

    /// Caption and credit as fields.
    func words(confidence: Double) -> (caption: Evidenced?, credit: Evidenced?) {
        (
            LineForm(caption).words >= 2 || caption.utf8.contains { $0 >= 0x80 }
                ? evidenced(caption, confidence) : nil,
            credit.map { evidenced($0, confidence) }
        )
    }

    private func evidenced(_ value: String, _ confidence: Double) -> Evidenced {
        Evidenced(
            value,
            source: "figure",
            confidence: confidence,
            evidence: evidence == value || evidence.isEmpty ? nil : evidence
        )
    }

    /// A caption as long as one can be.
    static func bounded(_ text: String) -> String {
        NormalText.prefix(NormalText.string(text.utf8.prefix(4 * bytesMax)), bytes: bytesMax)
    }

    /// Words for those who cannot see the page's layout.
    private static func withoutLead(_ text: String) -> String {
        for lead in ["Image caption ", "Image caption, ", "Caption: ", "Legende: "]
        where text.hasPrefix(lead) {
            return String(text.dropFirst(lead.count))
        }
        return text
    }

    /// A caption of more is a report of its own.
    private static let bytesMax = 1000
    private static let captionBlocksMax = 3
    /// A box with more is a gallery or a part of the text.
    private static let blocksMax = 8
}

/// Cuts the credit of a picture off its caption.
enum CaptionCredit {
    /// `The lock at Brede. Photo: Ann Lee` has the credit `Ann Lee`.
    static func cut(_ caption: String) -> (caption: String, credit: String?) {
        let bytes = Array(caption.utf8)
        let folded = bytes.map(\.lowercased)
        if let place = lead(in: folded) {
            let credit = name(in: String(decoding: bytes[place...], as: UTF8.self))
            if isName(credit) {
                return (trimmed(bytes[..<place]), credit)
            }
        }
        return bracket(of: bytes) ?? tail(of: bytes) ?? (caption, nil)
    }

    /// `The lock (Ann Lee/Reuters)`: brackets at the end with an agency or a stroke.
    private static func bracket(of bytes: [UInt8]) -> (caption: String, credit: String?)? {
        guard let close = bytes.last, close == UInt8(ascii: ")") || close == UInt8(ascii: "]"),
            let open = bytes.lastIndex(where: { "([".utf8.contains($0) })
        else { return nil }
        let inside = Array(bytes[(open + 1)..<(bytes.count - 1)])
        let isCredit =
            inside.contains(UInt8(ascii: "/"))
            || !NewsAgencies.named(in: inside, strict: true).isEmpty
        guard isCredit, 2...creditBytesMax ~= inside.count else { return nil }
        return (trimmed(bytes[..<open]), String(decoding: inside, as: UTF8.self))
    }

    /// `… at the lock. Ann Lee/Reuters`, `Ann Lee/Reuters`: behind the last sentence, or alone,
    /// with an agency and a stroke.
    private static func tail(of bytes: [UInt8]) -> (caption: String, credit: String?)? {
        let point = bytes.lastIndex(of: UInt8(ascii: "."))
        guard point.map({ $0 + 2 < bytes.count && bytes[$0 + 1] == 0x20 }) ?? true else {
            return nil
        }
        let tail = Array(bytes[(point.map { $0 + 2 } ?? 0)...])
        let hasStroke = tail.contains(UInt8(ascii: "/"))
        let hasAgency = tail.holds(stock) || !NewsAgencies.named(in: tail, strict: true).isEmpty
        guard tail.count <= tailBytesMax,
            point == nil ? hasStroke && hasAgency : hasStroke || hasAgency
        else { return nil }
        let credit = name(in: String(decoding: tail, as: UTF8.self))
        guard isName(credit) else { return nil }
        return (point.map { trimmed(bytes[...$0]) } ?? "", credit)
    }

    private static let stock = Array("Getty Images".utf8)
    private static let tailBytesMax = 60

    /// Whether what is left of a credit names somebody.
    static func isName(_ credit: String) -> Bool {
        LineForm(credit).hasLetter && !credit.contains("://")
            && !noNames.equals(FoldedLine(credit))
    }

    private static let noNames = PhraseList(
        """
        photo | photo credit | foto | credit | image | picture | source | quelle | bild | fuente | \
        copyright | archive | archivo | symbolbild | symbolfoto
        """
    )

    /// A credit without the words and brackets that lead to it.
    static func name(in text: String) -> String {
        var rest = NormalText.string(text)[...]
        while let first = rest.first, "([|/—–-•·,.: ".contains(first) { rest = rest.dropFirst() }
        // `© Photo: PA`.
        for _ in 0..<2 {
            let folded = Array(rest.utf8).map(\.lowercased)
            guard let lead = leads.first(where: { folded.starts(with: $0) }) else { break }
            rest = String(decoding: Array(rest.utf8).dropFirst(lead.count), as: UTF8.self)[...]
        }
        while let first = rest.first, "(:|/ ".contains(first) { rest = rest.dropFirst() }
        let isOpen = rest.contains("(")
        while let last = rest.last, "])|,;: ".contains(last), !(isOpen && last == ")") {
            rest = rest.dropLast()
        }
        return String(rest)
    }

    /// The first place where a lead stands between words and the rest is as short as a credit.
    private static func lead(in folded: [UInt8]) -> Int? {
        var best: Int?
        for lead in leads {
            var from = 0
            while let place = folded.firstPlace(of: lead, from: from) {
                let isStart =
                    place == 0 || !(folded[place - 1].isLetter || folded[place - 1].isDigit)
                    || lead[0] >= 0x80
                let isShort = folded.count - place - lead.count <= creditBytesMax
                if isStart, isShort, place < best ?? .max { best = place }
                from = place + lead.count
            }
        }
        return best
    }

    static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
        var text = NormalText.string(bytes)
        while let last = text.last, "([|/—–-•·,: ".contains(last) { text.removeLast() }
        return text
    }

    private static let creditBytesMax = 120
    /// The longest first. `Photo: Ann Lee`, `Foto: dpa`, `© Ann Lee`; not `photo of the lock`.
    private static let leads = [
        "photo by ", "photos by ", "photo: ", "photo : ", "photos: ", "photo credit: ",
        "photograph: ", "photograph by ", "photography by ", "picture: ", "pictures: ",
        "picture by ", "image: ", "image credit: ", "image credits: ", "image by ",
        "image source, ", "image copyright ", "credit: ", "credits: ", "credit : ", "crédit : ",
        "crédits : ", "crédit photo : ", "crédit photo ", "crédit: ", "courtesy of ", "foto: ",
        "fotos: ", "foto von ", "bild: ", "bildquelle: ", "quelle: ", "source: ", "fuente: ",
        "fotografía: ", "imagen: ", "imagem: ", "foto de ", "fotó: ", "kuva: ", "zdjęcie: ",
        "fot. ", "фото: ", "illustration: ", "illustration by ", "graphic: ", "grafik: ",
        "screenshot: ", "copyright ", "© ", "©", "(c) ",
    ].map { Array($0.utf8) }.sorted { $0.count > $1.count }
}

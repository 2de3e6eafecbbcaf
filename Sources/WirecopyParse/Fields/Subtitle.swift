import HTMLDocument
import WirecopyMessages

/// Finds the standfirst: the line or paragraph that a page sets apart below its headline.
///
/// A description in the page's head is none unless the page shows it there.
struct Subtitle {
    private let context: FieldContext
    private let titleBytes: [UInt8]
    /// Blocks that may be one.
    private let window: Range<Int>
    /// The last block that may still stand above the text: the first paragraph of the text.
    private let textStart: Int
    private let isHeadlineShown: Bool

    /// - Parameters:
    ///   - context: its `text` is where the article's text lies.
    ///   - title: the headline.
    ///   - head: what `context.head(of: title)` gave.
    init(_ context: FieldContext, title: String, head: Range<Int>) {
        self.context = context
        titleBytes = Array(FoldedLine(title).key.utf8)
        let count = context.outline.blocks.count
        let start = head.lowerBound
        isHeadlineShown = start > 0
        let text = context.text.lowerBound
        window =
            isHeadlineShown
            ? start..<min(start + Self.blocksMax, count)
            : max(0, text - Self.blocksBefore)..<min(text + 2, count)
        let labels = context.blocks.labels
        textStart =
            window.first { block in
                context.blocks.forms[block].isProse && context.text.contains(block)
                    && labels[context.outline.blocks[block].region] == nil
            } ?? window.upperBound
    }

    /// What the page says and shows; `nil` when no line below the headline is set apart.
    func found() -> Evidenced? {
        let near = window.prefix { $0 <= textStart }
        if let named = near.first(where: { isNamed($0) && isCandidate($0) }) {
            return evidenced(named, "class", Confidence.named)
        }
        guard isHeadlineShown else { return nil }
        let alternatives = alternatives
        if let block = near.first(where: { isStated($0, alternatives) && isCandidate($0) }) {
            return evidenced(block, "alternativeHeadline", Confidence.alternative)
        }
        let head = near.prefix(Self.headingsAfter)
        if let heading = head.first(where: { isHeading($0) && isCandidate($0) }) {
            return evidenced(heading, "heading", Confidence.heading)
        }
        let descriptions = descriptions
        let stated = near.first {
            isStated($0, descriptions) && isCandidate($0) && isSetApart($0)
        }
        return stated.map { evidenced($0, "description", Confidence.description) }
    }

    private func evidenced(_ block: Int, _ source: String, _ confidence: Double) -> Evidenced {
        let outline = context.outline
        var blocks = [block]
        // A list of what is new is one standfirst.
        let region = outline.regions[outline.blocks[block].region].parent
        let inside = outline.regions[region].blocks
        if source == "class", (2...Self.listBlocksMax).contains(inside.count),
            isSubtitleName(region), inside.allSatisfy(isCandidate)
        {
            blocks = Array(inside)
        }
        let text = blocks.map { outline.blocks[$0].text }.joined(separator: " ")
        let value = NormalText.prefix(text, bytes: Self.bytesMax)
        return Evidenced(
            value,
            source: source,
            confidence: confidence,
            evidence: source == "class" ? className(of: block) : nil
        )
    }

    // MARK: - What may be one

    private func isCandidate(_ index: Int) -> Bool {
        let block = context.outline.blocks[index]
        let form = context.blocks.forms[index]
        guard Self.bytes ~= form.bytes, form.words >= Self.wordsMin || form.bytes >= 60,
            block.linkDensity < 0.5, !isLabelled(index)
        else { return false }
        let line = context.blocks.lines[index]
        guard LinePhrases.label(of: line, form, context.blocks.spoken[index]) == nil,
            !LinePhrases.isByline(block.text, line, form),
            !LinePhrases.isDateLine(block.text, form),
            !LinePhrases.isBiography(line, form, context.blocks.spoken[index])
        else { return false }
        guard !isBreadcrumb(block.text), !Self.siteWords.occurs(in: line) else { return false }
        let key = Array(line.key.utf8)
        return !titleBytes.holds(key) && !(titleBytes.count > 20 && key.holds(titleBytes))
    }

    /// Notices of the site; lists begin with a number.
    private static let siteWords = PhraseList("cookie | cookies | javascript | newsletter")

    private func isLabelled(_ index: Int) -> Bool {
        switch context.blocks.labels[context.outline.blocks[index].region] {
        case nil, .other, .headline: false
        case .label: !isNamed(index)
        default: true
        }
    }

    private static let breadcrumbMarks = [" › ", " » ", " > "].map { Array($0.utf8) }

    private func isBreadcrumb(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        return Self.breadcrumbMarks.contains(where: bytes.holds)
    }

    // MARK: - Signs

    /// Whether a class calls the block, or a box around it that holds little else, a standfirst.
    private func isNamed(_ index: Int) -> Bool {
        let outline = context.outline
        for region in outline.regions(around: outline.blocks[index].region).prefix(Self.depthMax) {
            guard outline.regions[region].blocks.count <= Self.listBlocksMax else { return false }
            if isSubtitleName(region) { return true }
        }
        return false
    }

    private func isSubtitleName(_ region: Int) -> Bool {
        let outline = context.outline
        let name = outline.names[outline.regions[region].name]
        guard name.hashes.contains(where: Self.hashes.contains) else { return false }
        let words = name.words
        return words.contains(where: Self.words.contains)
            || zip(words, words.dropFirst()).contains { Self.words.contains($0 + $1) }
    }

    private func className(of index: Int) -> String? {
        let outline = context.outline
        let region = outline.regions(around: outline.blocks[index].region).prefix(Self.depthMax)
            .first(where: isSubtitleName)
        guard let region else { return nil }
        let words = outline.names[outline.regions[region].name].words.joined(separator: " ")
        return NormalText.prefix(NormalText.string(words), bytes: 200)
    }

    private func isHeading(_ index: Int) -> Bool {
        let outline = context.outline
        return outline.regions(around: outline.blocks[index].region).prefix(2)
            .contains { [.h2, .h3, .h4].contains(outline.regions[$0].tag) }
            && context.blocks.forms[index].words >= Self.headingWordsMin
            && context.blocks.forms[index].bytes >= Self.headingBytesMin
            && !context.blocks.forms[index].isAllCapitals
            && outline.blocks[index].text.utf8.first?.isDigit != true
    }

    private func isStated(_ index: Int, _ texts: [Stated]) -> Bool {
        guard !texts.isEmpty, context.blocks.forms[index].bytes >= Self.bytes.lowerBound else {
            return false
        }
        let line = context.blocks.lines[index]
        return texts.contains { stated in
            if line.hasKey(stated.key) { return true }
            return stated.isCut && Array(line.key.utf8).starts(with: stated.key)
        }
    }

    /// Whether the paragraphs behind a block are other elements than it, or in other ones.
    private func isSetApart(_ index: Int) -> Bool {
        let outline = context.outline
        let next = outline.blocks.indices[(index + 1)...].prefix(Self.blocksMax).filter {
            context.blocks.forms[$0].isProse && !isLabelled($0)
        }
        let own = setting(of: index)
        return !next.isEmpty && next.prefix(2).allSatisfy { setting(of: $0) != own }
    }

    /// What a block's element and the one around it are called.
    private func setting(of index: Int) -> [Int] {
        let outline = context.outline
        let region = outline.regions[outline.blocks[index].region]
        let parent = outline.regions[region.parent]
        return [Int(region.tag.rawValue), region.name, Int(parent.tag.rawValue), parent.name]
    }

    private var alternatives: [Stated] {
        let microdata = context.metadata.items.values("alternativeheadline").map(\.text)
        return stated([context.metadata.structured?.alternativeHeadline] + microdata)
    }

    private var descriptions: [Stated] {
        let metadata = context.metadata
        let metas = ["og:description", "description", "twitter:description", "dc.description"]
            .map { metadata.meta($0)?.value }
        let items = metadata.items.values("description").map(\.text)
        return stated(metas + items)
    }

    /// A text of the page's data.
    private struct Stated {
        /// Its letters and digits.
        let key: [UInt8]
        /// Whether a program cut it.
        let isCut: Bool
    }

    private func stated(_ texts: [String?]) -> [Stated] {
        texts.compactMap(\.self).map { text in
            var cut = NormalText.string(text)
            for mark in ["…", "..."] where cut.hasSuffix(mark) { cut.removeLast(mark.count) }
            let key = Array(FoldedLine(cut).key.utf8)
            let isCut = cut.utf8.count < text.utf8.count && key.count >= Self.statedBytesMin
            return Stated(key: key, isCut: isCut)
        }.filter { !$0.key.isEmpty && $0.key != titleBytes }
    }

    /// Shares that were right among lines read on saved pages of some hundred sites: 76 of 80 whose
    /// class names them, all of 6 alternative headlines (too few for more), 23 of 30 headings
    /// before lists, notices and repeated headlines were passed over, 25 of 30 descriptions.
    private enum Confidence {
        static let named = 0.95
        static let alternative = 0.9
        static let heading = 0.8
        static let description = 0.8
    }

    private static let blocksMax = 12
    private static let blocksBefore = 8
    private static let headingsAfter = 5
    private static let headingWordsMin = 5
    private static let headingBytesMin = 30
    private static let listBlocksMax = 4
    private static let depthMax = 3
    private static let wordsMin = 4
    private static let statedBytesMin = 40
    private static let bytesMax = 1000
    private static let bytes = 25...1000

    /// What sites call it, alone and as pairs written as one: `article-sub-title`, `standfirst`.
    private static let words: Set<String> = [
        "subtitle", "subtitulo", "subheadline", "subheading", "subhead", "subhed", "standfirst",
        "dek", "deck", "strapline", "strap", "chapo", "chapeau", "sottotitolo", "bajada",
        "entradilla", "copete", "sumario", "lead", "leadtext", "lede", "leadin", "intro",
        "introduction", "introtext", "vorspann", "anleser", "summary", "excerpt", "abstract",
        "untertitel", "ingress", "manchet", "underrubrik", "sommaire", "resumo", "resumen",
        "leadparagraph", "articledescription", "postdescription", "storydescription", "perex",
        "articleteaser", "subheader", "undertitel", "alaotsikko", "ingressi", "tagline", "synopsis",
        "linhafina", "catenaccio", "preamble", "zajawka",
    ]

    /// Hashes of them, and of first halves of pairs: most names have none.
    private static let hashes = Set(
        (Array(words) + [
            "sub", "stand", "lead", "intro", "article", "post", "story", "linha", "under",
            "unter", "strap",
        ]).map { WordHash(of: $0.utf8).value }
    )
}

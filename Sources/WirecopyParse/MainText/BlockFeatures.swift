import HTMLDocument
import WirecopyMessages

/// What is asked about each block of a page, as the numbers that the main-text forest reads.
///
/// They tell the form of the text, the elements around it and what they are called, what stands
/// before and behind it, and where it lies to the region with most of the page's prose.
struct BlockFeatures {
    /// What else is known of the page.
    struct Context {
        /// The headline.
        var title: String?
        /// What the page says its article is about.
        var description: String?
        /// The article's text as the page's structured data gives it.
        var structuredBody: String?
    }

    private let outline: PageOutline
    private let forms: [LineForm]
    private let lines: [FoldedLine]
    private let core: Range<Int>
    private let coreProse: (first: Int, last: Int)
    private let believed: [BoilerplateLabel?]
    private let facts: [RegionFacts]
    private let names: [NameFacts]
    private let paths: ParagraphPaths
    private let sums: PageSums
    private let lineWeights: WordWeights
    private let title: FoldedLine?
    private let titleWindows: WordWindows
    private let description: WordWindows
    private let structuredBody: WordWindows
    private let headline: Int?
    private let copies: [UInt64: Int]
    private let lineKeys: [UInt64]
    private let marks: [Int: PageOutline.Mark]
    private var blocksSinceSection = Self.far
    private var blocksSinceHeading = Self.far
    private var numbers: [Float] = []

    /// Numbers of one block.
    static let count = 152

    /// Blocks that are asked about, with the numbers of one behind those of the other.
    struct Questions {
        /// Indices of blocks, ascending.
        let blocks: [Int]
        /// `count` numbers a block.
        let numbers: [Float]
    }

    /// What a block that is nowhere is away.
    private static let far = 60

    /// Blocks that stand directly in elements of one name.
    private struct NameFacts {
        var blocks = 0
        var bytes = 0
        var prose = 0
    }

    private init(_ blocks: PageBlocks, _ context: Context, _ weights: MainTextWeights) {
        outline = blocks.outline
        forms = blocks.forms
        lines = blocks.lines
        believed = blocks.labels
        core = ProseRegion.range(of: blocks)
        sums = PageSums(outline, forms)
        let verdicts = outline.names.map { weights.names.verdict(on: $0.words) }
        facts = RegionFacts.all(of: outline, verdicts, sums.prose)
        lineWeights = weights.lines
        title = context.title.map { FoldedLine($0) }
        titleWindows = WordWindows(context.title)
        description = WordWindows(context.description)
        structuredBody = WordWindows(context.structuredBody)
        headline = Self.headline(blocks, title)
        let (core, sums) = (core, sums)
        coreProse = (
            core.first { sums.isProse($0) } ?? core.lowerBound,
            core.last { sums.isProse($0) } ?? core.upperBound
        )
        lineKeys = lines.map { WordHash(of: $0.bytes).value }
        marks = Dictionary(
            outline.marks.map { ($0.block, $0) },
            uniquingKeysWith: { first, _ in first }
        )
        copies = Dictionary(lineKeys.map { ($0, 1) }, uniquingKeysWith: +)
        names = Self.nameFacts(outline, sums)
        paths = ParagraphPaths(outline, sums)
    }

    /// The block that is the headline, or else the first heading of the first level.
    private static func headline(_ blocks: PageBlocks, _ title: FoldedLine?) -> Int? {
        let outline = blocks.outline
        let key = title?.key ?? ""
        let named = outline.blocks.indices.first { index in
            !key.isEmpty && outline.blocks[index].linkDensity < 0.5
                && blocks.lines[index].key == key
        }
        return named
            ?? outline.blocks.firstIndex { outline.regions[$0.region].tag == .h1 }
    }

    private static func nameFacts(_ outline: PageOutline, _ sums: PageSums) -> [NameFacts] {
        var names = Array(repeating: NameFacts(), count: outline.names.count)
        for (index, block) in outline.blocks.enumerated() {
            let name = outline.regions[block.region].name
            names[name].blocks += 1
            names[name].bytes += block.textBytes
            if sums.isProse(index) { names[name].prose += block.textBytes }
        }
        return names
    }

    /// What is asked about a page's blocks.
    static func questions(
        of blocks: PageBlocks,
        _ context: Context,
        _ weights: MainTextWeights
    ) -> Questions {
        var features = BlockFeatures(blocks, context, weights)
        let asked = blocks.outline.blocks.indices.filter(features.mayBeText)
        features.numbers.reserveCapacity(asked.count * count)
        var next = 0
        for index in asked {
            while next < index {
                features.pass(next)
                next += 1
            }
            features.ask(index)
        }
        return Questions(blocks: asked, numbers: features.numbers)
    }

    /// Whether a block is worth a question. Half of a page's blocks are nothing but a link, far
    /// from its prose. The headline and the lines with author and date are fields, not text; in
    /// front of the headline, only a long paragraph can be some.
    private func mayBeText(_ index: Int) -> Bool {
        let (block, form) = (outline.blocks[index], forms[index])
        guard block.linkDensity <= Self.linkDensityMax || core.contains(index) else { return false }
        if let headline, index <= headline {
            guard index < headline, form.isProse, form.bytes >= Self.paragraphBytesMin else {
                return false
            }
        }
        if index < coreProse.first, LinePhrases.isDateLine(block.text, form) { return false }
        return !LinePhrases.isByline(block.text, form)
    }

    private static let paragraphBytesMin = 120
    private static let linkDensityMax = 0.95

    private mutating func ask(_ index: Int) {
        addForm(index)
        addWords(index)
        addRegion(index)
        addPaths(index)
        addNeighbours(index)
        addPlace(index)
    }

    /// Counts on behind a block.
    private mutating func pass(_ index: Int) {
        if LinePhrases.startsSection(lines[index]) { blocksSinceSection = 0 }
        if Self.isHeading(tag(index)) { blocksSinceHeading = 0 }
        blocksSinceSection = min(Self.far, blocksSinceSection + 1)
        blocksSinceHeading = min(Self.far, blocksSinceHeading + 1)
    }

    // MARK: - The block's own text

    private mutating func addForm(_ index: Int) {
        let (block, form) = (outline.blocks[index], forms[index])
        add(Float(block.textBytes))
        add(Float(min(form.words, 400)))
        add(Float(block.linkDensity))
        add(Float(block.linkBytes))
        add(form.endsSentence)
        add(Float(min(form.innerSentences, 20)))
        add(form.endsWithColon)
        add(form.isAllCapitals)
        add(form.hasLetter)
        add(form.hasComma)
        add(Float(form.digits) / Float(max(1, form.bytes)))
        add(Float(form.capitalised) / Float(max(1, form.words)))
        add(form.isProse)
        add(Float(form.bytes) / Float(max(1, form.words)))
        var (wide, quotes, pipes, slashes, colons) = (0, 0, 0, 0, 0)
        for byte in block.text.utf8 {
            switch byte {
            case 0x80...: wide += 1
            case 0x22: quotes += 1
            case 0x7C, 0x40, 0x23: pipes += 1
            case 0x2F: slashes += 1
            case 0x3A: colons += 1
            default: break
            }
        }
        add(Float(wide) / Float(max(1, form.bytes)))
        add(Float(min(quotes, 8)))
        add(Float(min(pipes, 8)))
        add(Float(min(slashes, 8)))
        add(Float(min(colons, 8)))
        add(Float(block.text.utf8.first ?? 0))
        add(Float(block.text.utf8.last ?? 0))
    }

    private mutating func addWords(_ index: Int) {
        let (line, form) = (lines[index], forms[index])
        add(number(LinePhrases.label(of: line, form)))
        add(LinePhrases.startsSection(line))
        add(LinePhrases.isBiography(line, form))
        add(LinePhrases.isSourceNote(line, form))
        add(LinePhrases.isCorrection(line))
        add(LinePhrases.addressesReader(line))
        let verdict = lineWeights.verdict(on: line)
        add(verdict.least)
        add(verdict.most)
        add(verdict.sum / Float(max(1, min(form.words, 100))))
        add(title?.bytes == line.bytes)
        add(titleWindows.share(of: outline.blocks[index].text))
        add(description.isEmpty ? -1 : description.share(of: outline.blocks[index].text))
        add(structuredBody.isEmpty ? -1 : structuredBody.share(of: outline.blocks[index].text))
        add(Float(min(20, copies[lineKeys[index]] ?? 1)))
        add(Byline.startsLikeByline(outline.blocks[index].text))
        add(number(marks[index]?.label))
        add(Float(marks[index]?.text.utf8.count ?? 0) / Float(max(1, form.bytes)))
    }

    // MARK: - The elements around it

    private mutating func addRegion(_ index: Int) {
        let region = outline.blocks[index].region
        let (fact, parent) = (facts[region], outline.regions[region].parent)
        add(Self.group(of: outline.regions[region].tag))
        add(Self.group(of: outline.regions[parent].tag))
        add(Float(fact.depth))
        for bit in RegionFacts.enclosingTags.indices { add(fact.enclosing & 1 << UInt32(bit) != 0) }
        add(number(fact.label))
        add(Float(fact.labelDistance))
        add(number(believed[region]))
        add(Float(fact.articleTextDistance))
        add(fact.own.least)
        add(fact.own.most)
        add(fact.own.sum)
        add(facts[parent].own.sum)
        add(fact.around.least)
        add(fact.around.most)
        add(fact.around.sum)
        add(Float(fact.detour))
        let name = names[outline.regions[region].name]
        add(Float(name.blocks))
        add(Float(name.bytes) / Float(max(1, name.blocks)))
        add(Float(name.prose) / Float(max(1, name.bytes)))
        add(Float(name.prose) / Float(max(1, sums.prose[sums.prose.count - 1])))
        var around = region
        for _ in 0..<4 {
            let part = sums.part(outline.regions[around].blocks)
            add(Float(part.blocks))
            add(part.linkDensity)
            add(part.proseShare)
            add(Float(part.prose) / Float(max(1, sums.prose[sums.prose.count - 1])))
            around = outline.regions[around].parent
        }
    }

    // MARK: - Where the paragraphs are

    private mutating func addPaths(_ index: Int) {
        let region = outline.blocks[index].region
        let prose = Float(max(1, sums.prose[sums.prose.count - 1]))
        for levels in ParagraphPaths.pathLevels {
            let group = paths.group(samePathAs: region, levels: levels)
            add(Float(group.prose) / prose)
            add(Float(group.blocks))
            add(group.proseShare)
        }
        let branch = paths.group(sameBranchAs: region)
        add(Float(paths.down[region]))
        add(Float(paths.up[region]))
        add(Float(branch.blocks))
        add(Float(branch.prose) / prose)
        add(branch.proseShare)
        add(Float(branch.proseBlocks))
        add(Float(paths.homeProse) / prose)
        add(Float(paths.siblingProse(of: region)) / prose)
        add(away(index - paths.ends.first))
        add(away(index - paths.ends.last))
    }

    // MARK: - What stands before and behind it

    private mutating func addNeighbours(_ index: Int) {
        for step in [-2, -1, 1, 2] {
            let other = index + step
            guard outline.blocks.indices.contains(other) else {
                for _ in 0..<6 { add(-1) }
                continue
            }
            let block = outline.blocks[other]
            add(Float(block.textBytes))
            add(Float(block.linkDensity))
            add(sums.isProse(other))
            add(Self.group(of: tag(other)))
            add(
                block.region == outline.blocks[index].region
                    || outline.regions[block.region].parent
                        == outline.regions[outline.blocks[index].region].parent
            )
            add(facts[block.region].around.sum)
        }
        for reach in [4, 10] {
            for range in [(index - reach)..<index, (index + 1)..<(index + 1 + reach)] {
                let part = sums.part(range.clamped(to: outline.blocks.indices))
                add(part.proseShare)
                add(part.linkDensity)
            }
        }
        add(Float(blocksSinceSection))
        add(Float(blocksSinceHeading))
    }

    // MARK: - Where it lies

    private mutating func addPlace(_ index: Int) {
        let whole = sums.part(outline.blocks.indices)
        add(Float(index) / Float(outline.blocks.count))
        add(Float(sums.bytes[index]) / Float(max(1, whole.bytes)))
        add(core.contains(index))
        add(away(index - core.lowerBound))
        add(away(index - core.upperBound))
        add(away(index - coreProse.first))
        add(away(index - coreProse.last))
        add(Float(sums.part(core).prose) / Float(max(1, whole.prose)))
        add(headline.map { away(index - $0) } ?? -99)
        let before = sums.part(core.clamped(to: 0..<index))
        add(Float(before.prose) / Float(max(1, sums.part(core).prose)))
        add(Float(whole.blocks))
        add(Float(whole.prose))
        add(whole.linkDensity)
        add(Float(sums.part(core).prose))
    }

    // MARK: - Numbers

    private mutating func add(_ number: Float) { numbers.append(number) }

    private mutating func add(_ fact: Bool) { numbers.append(fact ? 1 : 0) }

    private func away(_ blocks: Int) -> Float { Float(max(-Self.far, min(Self.far, blocks))) }

    private func tag(_ block: Int) -> Tag { outline.regions[outline.blocks[block].region].tag }

    private func number(_ label: BoilerplateLabel?) -> Float {
        label.flatMap { BoilerplateLabel.allCases.firstIndex(of: $0) }.map { Float($0 + 1) } ?? 0
    }

    private static func isHeading(_ tag: Tag) -> Bool { 1...4 ~= group(of: tag) }

    /// Elements that mean much the same, as one number.
    private static func group(of tag: Tag) -> Float {
        switch tag {
        case .p: 0
        case .h1: 1
        case .h2: 2
        case .h3: 3
        case .h4, .h5, .h6: 4
        case .blockquote, .q: 5
        case .pre: 6
        case .li: 7
        case .dd, .dt: 8
        case .td, .th: 9
        case .figcaption, .caption, .figure: 10
        case .section, .article, .main: 11
        case .header, .footer, .aside, .nav, .form, .address: 12
        default: 13
        }
    }
}

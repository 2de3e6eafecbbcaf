import HTMLDocument
import WirecopyMessages

/// What is asked about each block of a page, as the numbers that the main-text forest reads.
///
/// They tell the form of the text, the elements around it and what they are called, what stands
/// before and behind it, and where it lies to the region with most of the page's prose. The rooms
/// are `BlockFeatures+Text`, `+Elements` and `+Place`; the order of the numbers is that in which
/// `ask` adds them.
struct BlockFeatures {
    /// What else is known of the page.
    struct Context {
        /// The headline.
        var title: String?
        /// What the page says its article is about.
        var description: String?
        /// The article's text as the page's structured data gives it.
        var structuredBody: String?
        /// Who wrote the article, as the page's metadata names them.
        var authors: [String] = []
    }

    let page: PageBlocks
    let sums: PageSums
    /// The region with most of the page's prose.
    let core: Range<Int>
    /// The first and the last block of prose in it.
    let coreProse: (first: Int, last: Int)
    /// What the elements around the blocks say, by region.
    let facts: [RegionFacts]
    /// What stands in elements of one name, by name.
    let names: [NameFacts]
    let paths: ParagraphPaths
    let witnesses: TextWitnesses
    /// The block that is the headline.
    let headline: Int?
    var blocksSinceSection = Self.far
    var blocksSinceHeading = Self.far
    private var numbers: [Float] = []

    var outline: PageOutline { page.outline }

    /// Numbers of one block.
    static let count = 153

    /// Blocks that are asked about, with the numbers of one behind those of the other.
    struct Questions {
        /// Indices of blocks, ascending.
        let blocks: [Int]
        /// `count` numbers a block.
        let numbers: [Float]
    }

    /// What a block that is nowhere is away.
    private static let far = 60

    private init(_ blocks: PageBlocks, _ context: Context, _ weights: MainTextWeights) {
        let outline = blocks.outline
        page = blocks
        core = ProseRegion.range(of: blocks)
        let (core, sums) = (core, PageSums(outline, blocks.forms))
        self.sums = sums
        let verdicts = outline.names.map { weights.names.verdict(on: $0.hashes) }
        facts = RegionFacts.all(of: outline, verdicts, sums.prose)
        witnesses = TextWitnesses(blocks, context, weights.lines)
        headline = Self.headline(blocks, witnesses.title)
        coreProse = (
            core.first { sums.isProse($0) } ?? core.lowerBound,
            core.last { sums.isProse($0) } ?? core.upperBound
        )
        names = NameFacts.all(of: outline, sums)
        paths = ParagraphPaths(outline, sums)
    }

    /// The block that is the headline, or else the first heading of the first level.
    private static func headline(_ blocks: PageBlocks, _ title: FoldedLine?) -> Int? {
        let outline = blocks.outline
        let key = Array((title?.key ?? "").utf8)
        let named = outline.blocks.indices.first { index in
            !key.isEmpty && outline.blocks[index].linkDensity < 0.5
                && blocks.lines[index].hasKey(key)
        }
        return named
            ?? outline.blocks.firstIndex { outline.regions[$0.region].tag == .h1 }
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
        let (block, form) = (outline.blocks[index], page.forms[index])
        guard block.linkDensity <= Self.linkDensityMax || core.contains(index) else { return false }
        if let headline, index <= headline {
            guard index < headline, form.isProse, form.bytes >= Self.paragraphBytesMin else {
                return false
            }
        }
        if index < coreProse.first, LinePhrases.isDateLine(block.text, form) { return false }
        return !LinePhrases.isByline(block.text, page.lines[index], form)
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
        if LinePhrases.startsSection(page.lines[index]) { blocksSinceSection = 0 }
        if 1...4 ~= Self.group(of: tag(index)) { blocksSinceHeading = 0 }
        blocksSinceSection = min(Self.far, blocksSinceSection + 1)
        blocksSinceHeading = min(Self.far, blocksSinceHeading + 1)
    }

    // MARK: - Numbers

    mutating func add(_ number: Float) { numbers.append(number) }

    mutating func add(_ fact: Bool) { numbers.append(fact ? 1 : 0) }

    func away(_ blocks: Int) -> Float { Float(max(-Self.far, min(Self.far, blocks))) }

    func tag(_ block: Int) -> Tag { outline.regions[outline.blocks[block].region].tag }

    func number(_ label: BoilerplateLabel?) -> Float {
        label.flatMap { Self.labels.firstIndex(of: $0) }.map { Float($0 + 1) } ?? 0
    }

    private static let labels = BoilerplateLabel.allCases

    /// Elements that mean much the same, as one number.
    static func group(of tag: Tag) -> Float {
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

import HTMLDocument
import WirecopyMessages

/// Finds the region of a page that holds most of its prose: where the article is, most likely.
///
/// Each block of text has a value: prose counts its bytes, links and scraps count against. The
/// region with the largest sum is taken. This carries the maximum subsequence of Pasternack and
/// Roth ("Extracting article text from the web with maximum subsequence segmentation", WWW 2009)
/// over to the tree, where it costs one pass. What of the page is text is decided block by block
/// afterwards; where a block lies to this region is one of the things that decide.
struct ProseRegion {
    private let outline: PageOutline
    private let labels: [BoilerplateLabel?]
    /// Sums of the values of the blocks before each block.
    private let valueSums: [Int]

    /// The region's blocks.
    static func range(of blocks: PageBlocks) -> Range<Int> {
        let region = ProseRegion(blocks)
        return region.outline.regions[region.best()].blocks
    }

    private init(_ blocks: PageBlocks) {
        outline = blocks.outline
        labels = blocks.labels
        valueSums = Self.sums(blocks)
    }

    // MARK: - Values

    private static func sums(_ blocks: PageBlocks) -> [Int] {
        var sums = [0]
        sums.reserveCapacity(blocks.forms.count + 1)
        for (block, form) in zip(blocks.outline.blocks, blocks.forms) {
            let value =
                blocks.labels[block.region] == nil
                ? value(of: block, form, blocks.outline.regions[block.region].tag) : labelledValue
            sums.append((sums.last ?? 0) + value)
        }
        return sums
    }

    /// What a block says for or against being inside of an article.
    private static func value(of block: PageOutline.Block, _ form: LineForm, _ tag: Tag) -> Int {
        if block.linkDensity > linkDensityMax { return -min(block.textBytes, linkedBytesMax) }
        if form.isProse { return block.textBytes - block.linkBytes }
        switch tag {
        case .h1, .h2, .h3, .h4, .h5, .h6: return 0
        case .p where block.textBytes >= LineForm.proseBytesMin: return block.textBytes / 2
        default: return scrapValue
        }
    }

    /// Blocks with more of their text in links lead somewhere else.
    private static let linkDensityMax = 0.5
    /// What one linked block may count against a region.
    private static let linkedBytesMax = 60
    /// A short piece that is no sentence: a label, a button, a number.
    private static let scrapValue = -12
    /// A block inside of a labelled region.
    private static let labelledValue = -6

    // MARK: - Regions

    /// The container with the largest sum; of containers that hold nearly all of it, the innermost.
    private func best() -> Int {
        var best = 0
        var bestScore = Double(0)
        for (index, region) in outline.regions.enumerated() where Self.isContainer(region.tag) {
            let score = Double(sum(region.blocks)) * weight(of: index)
            if score >= bestScore {
                best = index
                bestScore = score
            }
        }
        return innermost(best)
    }

    private func weight(of region: Int) -> Double {
        guard labels[region] == nil else { return 0.1 }
        if outline.regions[region].hints.isArticleText { return 1.25 }
        return switch outline.regions[region].tag {
        case .article: 1.15
        case .main: 1.05
        case .body: 0.9
        default: 1
        }
    }

    /// Goes down while one container inside holds nearly all of the prose.
    private func innermost(_ start: Int) -> Int {
        let total = sum(outline.regions[start].blocks)
        var current = start
        for index in outline.regions.indices.dropFirst(start + 1) {
            let region = outline.regions[index]
            guard region.blocks.lowerBound < outline.regions[start].blocks.upperBound else { break }
            guard Self.isContainer(region.tag), labels[index] == nil else { continue }
            if Double(sum(region.blocks)) >= Double(total) * Self.nearlyAll { current = index }
        }
        return current
    }

    private static let nearlyAll = 0.97

    private func sum(_ blocks: Range<Int>) -> Int {
        valueSums[blocks.upperBound] - valueSums[blocks.lowerBound]
    }

    private static func isContainer(_ tag: Tag) -> Bool {
        switch tag {
        case .p, .h1, .h2, .h3, .h4, .h5, .h6, .li, .ul, .ol, .dd, .dt, .figure, .figcaption,
            .header:
            false
        default: true
        }
    }
}

import HTMLDocument
import WirecopyMessages

/// Finds the region of a page that holds the article's text.
///
/// Each block of text has a value: prose counts its bytes, links and scraps count against. The
/// region with the largest sum is the article's. This carries the maximum subsequence of Pasternack
/// and Roth ("Extracting article text from the web with maximum subsequence segmentation", WWW
/// 2009) over to the tree, where it costs one pass; unlike theirs, values come from the form of the
/// text and from the names of elements, not from a trained model.
struct MainTextExtractor {
    private let outline: PageOutline
    private let forms: [LineForm]
    /// Labels that are believed, by region.
    private let labels: [BoilerplateLabel?]
    /// Sums of the values of the blocks before each block.
    private let valueSums: [Int]

    /// Finds and filters the text; the block that repeats a known headline is no text.
    static func extract(_ outline: PageOutline, title: String?) -> MainText {
        let believing = mainText(outline, title, believesNames: true)
        let prose = outline.blocks.reduce(0) {
            $0 + ($1.textBytes >= LineForm.longBytesMin && $1.linkDensity < 0.5 ? $1.textBytes : 0)
        }
        guard believing.bytes < enoughBytes || believing.bytes * shareMin < prose else {
            return believing
        }
        let doubting = mainText(outline, title, believesNames: false)
        return doubting.bytes > believing.bytes * 2 ? doubting : believing
    }

    /// Below this the names of elements have probably led astray.
    private static let enoughBytes = 250
    /// The same when the text is less than this part of the page's long paragraphs.
    private static let shareMin = 4

    private static func mainText(
        _ outline: PageOutline,
        _ title: String?,
        believesNames: Bool
    ) -> MainText {
        let extractor = MainTextExtractor(outline, believesNames: believesNames)
        let region = extractor.bestRegion()
        let blocks = extractor.extended(region)
        let filter = ParagraphFilter(
            outline: outline,
            forms: extractor.forms,
            labels: extractor.labels,
            title: title.map(FoldedLine.init)
        )
        return filter.mainText(of: blocks)
    }

    private init(_ outline: PageOutline, believesNames: Bool) {
        self.outline = outline
        forms = outline.blocks.map { LineForm($0.text) }
        labels =
            believesNames
            ? RegionLabels.believed(outline, forms)
            : RegionLabels.certain(outline)
        valueSums = Self.sums(outline, forms, labels)
    }

    // MARK: - Values

    private static func sums(
        _ outline: PageOutline,
        _ forms: [LineForm],
        _ labels: [BoilerplateLabel?]
    ) -> [Int] {
        var sums = [0]
        sums.reserveCapacity(outline.blocks.count + 1)
        for (block, form) in zip(outline.blocks, forms) {
            let value =
                labels[block.region] == nil
                ? value(of: block, form, outline.regions[block.region].tag) : labelledValue
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
    private func bestRegion() -> Int {
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

    // MARK: - Blocks

    /// The region's blocks, and before them the standfirst between headline and text.
    private func extended(_ region: Int) -> Range<Int> {
        let blocks = outline.regions[region].blocks
        let start = max(0, blocks.lowerBound - Self.standfirstBlocksMax)
        let headline = (start..<blocks.lowerBound).last { isHeadline($0) }
        return (headline ?? blocks.lowerBound)..<blocks.upperBound
    }

    private func isHeadline(_ block: Int) -> Bool {
        outline.regions[outline.blocks[block].region].tag == .h1
    }

    /// Byline, date, share buttons and a picture may stand between headline and text.
    private static let standfirstBlocksMax = 40
}

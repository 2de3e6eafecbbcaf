import HTMLDocument
import WirecopyMessages

/// What the elements around a block say, gathered once a region on the way down.
struct RegionFacts {
    /// Regions around it.
    private(set) var depth = 0
    /// Kinds of elements that it is or lies in, a bit each.
    private(set) var enclosing: UInt32 = 0
    /// The nearest label around it, believed or not.
    private(set) var label: BoilerplateLabel?
    /// Regions up to that label.
    private(set) var labelDistance = unreached
    /// Regions up to one that says it holds the text of an article.
    private(set) var articleTextDistance = unreached
    /// What its name says.
    private(set) var own = WordWeights.Verdict()
    /// The least and the most that a name around it says, and a sum in which near names count more.
    private(set) var around = WordWeights.Verdict()
    /// Regions up to one that holds a third of the page's prose.
    private(set) var detour = 0

    /// A distance to what is nowhere around.
    static let unreached = 50

    /// Goes through a page's regions from the outside in.
    ///
    /// - Parameters:
    ///   - outline: the page.
    ///   - verdicts: what each name of the page says.
    ///   - proseSums: bytes of prose in front of each block, and in all.
    /// - Returns: the facts of each region, in the order of the outline.
    static func all(
        of outline: PageOutline,
        _ verdicts: [WordWeights.Verdict],
        _ proseSums: [Int]
    ) -> [RegionFacts] {
        let total = proseSums.last ?? 0
        var facts: [RegionFacts] = []
        facts.reserveCapacity(outline.regions.count)
        for (index, region) in outline.regions.enumerated() {
            let prose = proseSums[region.blocks.upperBound] - proseSums[region.blocks.lowerBound]
            var fact = index == 0 ? RegionFacts() : facts[region.parent]
            fact.enter(region, verdicts[region.name])
            if prose * coreShare >= total { fact.detour = 0 }
            facts.append(fact)
        }
        return facts
    }

    private static let coreShare = 3
    /// How much less the next name around counts.
    private static let fading: Float = 0.7

    private mutating func enter(_ region: PageOutline.Region, _ verdict: WordWeights.Verdict) {
        depth += 1
        detour += 1
        labelDistance = min(Self.unreached, labelDistance + 1)
        articleTextDistance = min(Self.unreached, articleTextDistance + 1)
        enclosing |= Self.enclosingBits[Int(region.tag.rawValue)]
        if let found = region.hints.label {
            label = found
            labelDistance = 0
        }
        if region.hints.isArticleText { articleTextDistance = 0 }
        own = verdict
        around.least = min(around.least, verdict.least)
        around.most = max(around.most, verdict.most)
        around.sum = around.sum * Self.fading + verdict.sum
    }

    /// The elements that `enclosing` tells apart.
    static let enclosingTags: [Tag] = [
        .li, .ul, .ol, .table, .blockquote, .figure, .header, .footer, .aside, .nav, .form,
        .article, .main, .section, .dl,
    ]

    /// The bit of each tag in `enclosing`; 0 for most.
    private static let enclosingBits = Tag.allCases.map { tag in
        enclosingTags.firstIndex(of: tag).map { UInt32(1) << UInt32($0) } ?? 0
    }
}

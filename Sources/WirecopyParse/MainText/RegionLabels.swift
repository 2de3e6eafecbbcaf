import HTMLDocument
import WirecopyMessages

/// Decides which labels of regions are believed.
enum RegionLabels {
    /// The label of each region: its own if it is believed, else that of the region around it.
    ///
    /// A label on a region that holds much of the page's prose is a name that means something else:
    /// `<div class="sidebar-layout">` around everything, `<form>` around the page.
    static func believed(_ outline: PageOutline, _ forms: [LineForm]) -> [BoilerplateLabel?] {
        let prose = proseSums(outline, forms)
        let total = prose.last ?? 0
        var labels: [BoilerplateLabel?] = []
        labels.reserveCapacity(outline.regions.count)
        for (index, region) in outline.regions.enumerated() {
            let inherited = index == 0 ? nil : labels[region.parent]
            let share = prose[region.blocks.upperBound] - prose[region.blocks.lowerBound]
            let isBelieved = Double(share) < Double(total) * shareMax(region)
            let own = isBelieved ? region.hints.label : nil
            labels.append(inherited ?? own)
        }
        return labels
    }

    /// The share of the page's prose above which a label is not believed.
    private static func shareMax(_ region: PageOutline.Region) -> Double {
        switch region.hints.label {
        case .comments: 0.9
        case .related, .navigation, .footer: 0.45
        case .caption, .byline, .date, .label, .credit, .share: 0.25
        default: 0.4
        }
    }

    private static func proseSums(_ outline: PageOutline, _ forms: [LineForm]) -> [Int] {
        var sums = [0]
        sums.reserveCapacity(outline.blocks.count + 1)
        for (block, form) in zip(outline.blocks, forms) {
            let isProse = form.isProse && block.linkDensity < 0.5
            sums.append((sums.last ?? 0) + (isProse ? block.textBytes : 0))
        }
        return sums
    }
}

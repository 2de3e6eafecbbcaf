import HTMLDocument

// What the elements around a block say, and where the page's paragraphs stand among them.
extension BlockFeatures {
    /// Blocks that stand directly in elements of one name.
    struct NameFacts {
        fileprivate var blocks = 0
        fileprivate var bytes = 0
        fileprivate var prose = 0

        /// The facts of each name of a page.
        static func all(of outline: PageOutline, _ sums: PageSums) -> [NameFacts] {
            var names = Array(repeating: NameFacts(), count: outline.names.count)
            for (index, block) in outline.blocks.enumerated() {
                let name = outline.regions[block.region].name
                names[name].blocks += 1
                names[name].bytes += block.textBytes
                if sums.isProse(index) { names[name].prose += block.textBytes }
            }
            return names
        }
    }

    mutating func addRegion(_ index: Int) {
        let region = outline.blocks[index].region
        let (fact, parent) = (facts[region], outline.regions[region].parent)
        add(Self.group(of: outline.regions[region].tag))
        add(Self.group(of: outline.regions[parent].tag))
        add(Float(fact.depth))
        for bit in RegionFacts.enclosingTags.indices { add(fact.enclosing & 1 << UInt32(bit) != 0) }
        add(number(fact.label))
        add(Float(fact.labelDistance))
        add(number(page.labels[region]))
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

    mutating func addPaths(_ index: Int) {
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
}

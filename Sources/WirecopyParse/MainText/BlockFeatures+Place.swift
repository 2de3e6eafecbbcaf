import HTMLDocument

// What stands before and behind a block, and where it lies on the page.
extension BlockFeatures {
    mutating func addNeighbours(_ index: Int) {
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

    mutating func addPlace(_ index: Int) {
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
}

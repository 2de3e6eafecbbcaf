import HTMLDocument

/// Sums over the blocks in front of each block, so that any range of blocks costs two look-ups.
struct PageSums {
    /// Bytes of words.
    private(set) var bytes: [Int] = [0]
    /// Bytes of words in links.
    private(set) var linkBytes: [Int] = [0]
    /// Bytes of words in prose.
    private(set) var prose: [Int] = [0]
    /// Blocks of prose.
    private(set) var proseBlocks: [Int] = [0]

    init(_ outline: PageOutline, _ forms: [LineForm]) {
        for sums in [\PageSums.bytes, \.linkBytes, \.prose, \.proseBlocks] {
            self[keyPath: sums].reserveCapacity(outline.blocks.count + 1)
        }
        for (block, form) in zip(outline.blocks, forms) {
            let isProse = form.isProse && block.linkDensity < 0.5
            bytes.append(bytes[bytes.count - 1] + block.textBytes)
            linkBytes.append(linkBytes[linkBytes.count - 1] + block.linkBytes)
            prose.append(prose[prose.count - 1] + (isProse ? block.textBytes : 0))
            proseBlocks.append(proseBlocks[proseBlocks.count - 1] + (isProse ? 1 : 0))
        }
    }

    /// Whether a block is prose that leads nowhere else.
    func isProse(_ block: Int) -> Bool { proseBlocks[block + 1] > proseBlocks[block] }

    /// What a range of blocks amounts to.
    func part(_ range: Range<Int>) -> Part {
        Part(
            blocks: range.count,
            bytes: bytes[range.upperBound] - bytes[range.lowerBound],
            linkBytes: linkBytes[range.upperBound] - linkBytes[range.lowerBound],
            prose: prose[range.upperBound] - prose[range.lowerBound],
            proseBlocks: proseBlocks[range.upperBound] - proseBlocks[range.lowerBound]
        )
    }

    /// Sums of a range of blocks.
    struct Part {
        let blocks: Int
        let bytes: Int
        let linkBytes: Int
        let prose: Int
        let proseBlocks: Int

        /// The share of its text that is links, from 0 to 1.
        var linkDensity: Float { bytes == 0 ? 0 : Float(linkBytes) / Float(bytes) }
        /// The share of its text that is prose, from 0 to 1.
        var proseShare: Float { bytes == 0 ? 0 : Float(prose) / Float(bytes) }
    }
}

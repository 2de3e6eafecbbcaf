/// The lists of words whose keys have the same highest bits, as one row of the store holds them.
///
/// Why not a row a list: an article has 32 words, each in another place of the table, and each row
/// costs as much as a block.
enum StoryKeyBlock {
    /// Highest bits of a key that name its block: with them, a million articles make blocks of a
    /// few kilobytes.
    private static let bits: UInt32 = 14
    /// Blocks in one part; a part is brought up to date as a whole.
    private static let blocksOfPart: UInt32 = 256

    /// Parts of all blocks.
    static let parts = Int((1 << bits) / blocksOfPart)

    /// The block of a key.
    static func block(of key: UInt32) -> UInt32 { key >> (32 - bits) }

    /// The part of a key.
    static func part(of key: UInt32) -> Int { Int(block(of: key) / blocksOfPart) }

    /// Articles that a list keeps: those that came last. Of a word that many have nobody asks for
    /// more than the nearest 32, and it says little where a story is.
    static let postingsMax = 64

    /// The list of one key in a block; empty when it has none.
    static func list(of key: UInt32, in numbers: [UInt32]) -> [StoryKeyPosting] {
        var found: [StoryKeyPosting] = []
        forEachList(in: numbers) { other, range in
            if other == key { found = postings(numbers[range]) }
            return other < key
        }
        return found
    }

    /// The block with other lists of some of its keys, which ascend; `list` makes the new list of a
    /// key out of the one that it has.
    static func replacing(
        _ keys: ArraySlice<UInt32>,
        in numbers: [UInt32],
        with list: (UInt32, [StoryKeyPosting]) -> [StoryKeyPosting]
    ) -> [UInt32] {
        var rest = keys
        var block: [UInt32] = []
        block.reserveCapacity(numbers.count + 8 * keys.count)
        forEachList(in: numbers) { key, range in
            while let next = rest.first, next < key {
                append(next, list(rest.removeFirst(), []), to: &block)
            }
            if rest.first == key {
                append(key, list(rest.removeFirst(), postings(numbers[range])), to: &block)
            } else {
                block.append(key)
                block.append(UInt32(range.count / 2))
                block.append(contentsOf: numbers[range])
            }
            return true
        }
        for key in rest { append(key, list(key, []), to: &block) }
        return block
    }

    /// A list: its key, the number of its postings, and two numbers for each. What is damaged is
    /// left out: lists only lead to articles, which are looked at themselves.
    private static func forEachList(in numbers: [UInt32], _ body: (UInt32, Range<Int>) -> Bool) {
        var index = 0
        while index + 1 < numbers.count {
            let end = index + 2 + 2 * Int(numbers[index + 1])
            guard end <= numbers.count, body(numbers[index], (index + 2)..<end) else { return }
            index = end
        }
    }

    private static func postings(_ numbers: ArraySlice<UInt32>) -> [StoryKeyPosting] {
        stride(from: numbers.startIndex, to: numbers.endIndex, by: 2).map {
            StoryKeyPosting(hour: numbers[$0], article: numbers[$0 + 1])
        }
    }

    private static func append(
        _ key: UInt32,
        _ postings: [StoryKeyPosting],
        to block: inout [UInt32]
    ) {
        block.append(key)
        block.append(UInt32(postings.count))
        for posting in postings {
            block.append(posting.words.hour)
            block.append(posting.words.article)
        }
    }
}

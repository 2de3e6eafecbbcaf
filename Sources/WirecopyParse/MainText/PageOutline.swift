import HTMLDocument
import WirecopyMessages

/// What a page's body comes down to for reading: blocks of text in order, and the elements around
/// them.
///
/// Regions are listed before the regions inside of them, so that each region covers a contiguous
/// range of blocks and sums over a region are differences of prefix sums.
struct PageOutline: Sendable {
    /// A block-level element.
    struct Region: Sendable {
        /// Index of the region around it; the first region is its own parent.
        let parent: Int
        let tag: Tag
        let hints: RegionHints
        /// Index of its `class` and `id` among those of the page.
        let name: Int
        /// The blocks inside of it and of the regions below it.
        var blocks: Range<Int>
    }

    /// A run of text that no block-level element interrupts.
    struct Block: Sendable {
        /// The innermost region around it.
        let region: Int
        /// Normalised text, never empty.
        let text: String
        /// Bytes of its words, without spaces.
        let textBytes: Int
        /// How many of them stand in links.
        let linkBytes: Int

        /// The share of the text that is links, from 0 to 1.
        var linkDensity: Double { textBytes == 0 ? 0 : Double(linkBytes) / Double(textBytes) }
    }

    /// An inline element, or a `time`, that says by its class or name what it holds.
    struct Mark: Sendable {
        let label: BoilerplateLabel
        let text: String
        /// Value of `datetime`.
        let machineText: String?
        /// Index of the first block that ends after it.
        let block: Int
        /// The innermost region around it.
        let region: Int
    }

    /// A picture that the page shows.
    struct Picture: Sendable {
        /// Where its file lies, as the page gives it: `src` and what scripts make `src` of later.
        let addresses: [ArraySlice<UInt8>]
        /// Index of the first block that ends after it.
        let block: Int
        /// The innermost region around it.
        let region: Int
    }

    /// What elements are called: a `class` and `id` that the page gives to one or more of them.
    struct Name: Sendable {
        /// Hashes of its words.
        private(set) var hashes: [UInt64] = []
        /// What the words of its `class` say.
        let classWords: ClassWords
        /// Regions that have it.
        var count = 1
        private let className: ArraySlice<UInt8>
        private let identifier: ArraySlice<UInt8>

        /// Takes the attributes of the first element that has it.
        init(_ className: ArraySlice<UInt8>, _ identifier: ArraySlice<UInt8>) {
            self.className = className
            self.identifier = identifier
            classWords = ClassWords(className, hashes: &hashes)
            ClassWords.appendHashes(of: identifier, to: &hashes)
        }

        /// Lower-case words, cut at punctuation and at capitals.
        var words: [String] { ClassWords.words(className) + ClassWords.words(identifier) }
    }

    /// Never empty: the first region is the body.
    var regions: [Region] = []
    var names: [Name] = []
    var blocks: [Block] = []
    var marks: [Mark] = []
    var pictures: [Picture] = []
    /// Inline elements that a class calls the credit of a picture.
    var credits: [Mark] = []
}

extension PageOutline {
    /// A region and those around it, from the inside out.
    func regions(around region: Int) -> some Sequence<Int> {
        sequence(first: region) { inner in
            let outer = regions[inner].parent
            return outer == inner ? nil : outer
        }
    }
}

import HTMLDocument

/// What a page calls its elements: each spelling of `class` is read once, however often it occurs.
struct ElementNames {
    /// Names in the order in which they appear.
    private(set) var names: [PageOutline.Name] = []
    private var indexByKey: [UInt64: Int] = [:]
    private var wordsByKey: [UInt64: ClassWords] = [:]

    /// Bytes of an attribute that are looked at; longer ones are generated, or made to hurt: the
    /// copies of one formatting element all have its attributes.
    static let attributeBytesMax = 1024

    /// The index of an element's name, counted once more, and what its `class` says.
    ///
    /// Elements of one tag and one `class` share it, and the words of the first one's `id`.
    mutating func name(
        of tag: Tag,
        _ className: ArraySlice<UInt8>,
        _ identifier: ArraySlice<UInt8>
    ) -> (index: Int, words: ClassWords) {
        let key = Self.key(className, of: tag)
        if let index = indexByKey[key] {
            names[index].count += 1
            return (index, names[index].classWords)
        }
        indexByKey[key] = names.count
        let name = PageOutline.Name(className, identifier)
        names.append(name)
        return (names.count - 1, name.classWords)
    }

    /// What the words of a `class` say.
    mutating func words(of className: ArraySlice<UInt8>) -> ClassWords {
        guard !className.isEmpty else { return ClassWords() }
        let key = Self.key(className, of: .other)
        if let words = wordsByKey[key] { return words }
        let words = ClassWords(className)
        wordsByKey[key] = words
        return words
    }

    /// A page that has two spellings of one hash only confuses itself.
    private static func key(_ bytes: ArraySlice<UInt8>, of tag: Tag) -> UInt64 {
        var hash = WordHash(seed: UInt64(tag.rawValue))
        for byte in bytes { hash.add(byte) }
        return hash.value
    }
}

/// FNV-1a (G. Fowler et al.) in 64 bits, which few words share.
struct WordHash {
    private(set) var value: UInt64

    /// Starts with no byte.
    init(seed: UInt64 = 0) { value = 0xCBF2_9CE4_8422_2325 ^ seed }

    /// The hash of some bytes.
    init(of bytes: some Sequence<UInt8>) {
        self.init()
        for byte in bytes { add(byte) }
    }

    @inline(__always)
    mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
}

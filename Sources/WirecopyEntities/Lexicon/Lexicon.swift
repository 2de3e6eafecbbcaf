/// The word lists of the target, asked by the hashes of tokens.
///
/// Immutable after loading; made once a process by `Lexicon.shipped()`.
struct Lexicon: Sendable {
    /// What the lists say about a phrase; a phrase may be several things.
    struct Senses: OptionSet, Sendable {
        let rawValue: UInt32
        static let country = Senses(rawValue: 1)
        static let city = Senses(rawValue: 2)
        static let province = Senses(rawValue: 4)
        static let region = Senses(rawValue: 8)
        static let demonym = Senses(rawValue: 16)
        static let firstName = Senses(rawValue: 32)
        static let lastName = Senses(rawValue: 64)
        static let person = Senses(rawValue: 128)
        static let organisation = Senses(rawValue: 256)
        static let medium = Senses(rawValue: 512)
        static let company = Senses(rawValue: 1024)
        static let weapon = Senses(rawValue: 2048)
        static let event = Senses(rawValue: 4096)
        static let law = Senses(rawValue: 8192)
        static let product = Senses(rawValue: 16384)
        static let other = Senses(rawValue: 32768)
        /// A building that also stands for those who govern from it: "White House".
        static let seat = Senses(rawValue: 65536)

        /// Names of countries, cities and provinces.
        static let politicalPlace: Senses = [.country, .city, .province]
        /// Names of bodies of any kind.
        static let body: Senses = [.organisation, .medium, .company]
    }

    /// What is known of one phrase.
    struct Entry: Sendable {
        var senses: Senses = []
        /// Index of the canonical name, or -1.
        var canonical: Int32 = -1
        /// Whether longer phrases begin with this one.
        var isPrefix = false
    }

    /// A phrase of the lists found in a text.
    struct Match: Equatable {
        var tokens: Range<Int>
        var senses: Senses
        var canonical: Int32
    }

    /// Tokens of the longest phrase that is looked up.
    static let phraseTokensMax = 8

    private var entries: [UInt64: Entry] = [:]
    private var commonWords: Set<UInt64> = []
    private var canonicalIDs: [String: Int32] = [:]
    /// Canonical names; an entry's `canonical` is an index into it.
    private(set) var canonicalNames: [String] = []

    /// Makes an empty lexicon.
    init() {}

    /// Adds the rows of a list: `name<TAB>kind`, or `name<TAB>kind<TAB>canonical`, one a line.
    ///
    /// - Throws: `EntityFailure.lexiconUnreadable` for a row without a kind or of an unknown one.
    mutating func add(rows: [UInt8], file: String) throws(EntityFailure) {
        for line in rows.split(separator: 0x0A) {
            let fields = line.split(
                separator: 0x09,
                maxSplits: 2,
                omittingEmptySubsequences: false
            )
            guard fields.count > 1, let senses = Self.senses(fields[1]) else {
                throw .lexiconUnreadable(file: file, line: String(decoding: line, as: UTF8.self))
            }
            let canonical = fields.count > 2 ? String(decoding: fields[2], as: UTF8.self) : ""
            add(name: Array(fields[0]), senses, canonical: canonical)
        }
    }

    /// Adds words that are usually written in lower case, one a line.
    mutating func add(commonWords lines: [UInt8]) {
        for line in lines.split(separator: 0x0A) {
            commonWords.insert(line.reduce(WordHash.seed) { WordHash.mix($0, $1) })
        }
    }

    private mutating func add(name: [UInt8], _ senses: Senses, canonical: String) {
        let tokens = AnalysedText(name).tokens
        guard !tokens.isEmpty, tokens.count <= Self.phraseTokensMax else { return }
        var hash = WordHash.seed
        for (index, token) in tokens.enumerated() {
            hash = WordHash.join(hash, token.exact)
            if index + 1 < tokens.count { entries[hash, default: Entry()].isPrefix = true }
        }
        var entry = entries[hash] ?? Entry()
        entry.senses.formUnion(senses)
        if !canonical.isEmpty, entry.canonical == -1 { entry.canonical = identifier(of: canonical) }
        entries[hash] = entry
    }

    private mutating func identifier(of canonical: String) -> Int32 {
        if let known = canonicalIDs[canonical] { return known }
        let identifier = Int32(canonicalNames.count)
        canonicalNames.append(canonical)
        canonicalIDs[canonical] = identifier
        return identifier
    }

    private static func senses(_ kind: ArraySlice<UInt8>) -> Senses? {
        switch String(decoding: kind, as: UTF8.self) {
        case "country", "alias": .country
        case "capital", "city": .city
        case "province": .province
        case "region": .region
        case "demonym": .demonym
        case "first": .firstName
        case "last": .lastName
        case "person": .person
        case "organisation": .organisation
        case "media": .medium
        case "company": .company
        case "weapon": .weapon
        case "event": .event
        case "law": .law
        case "product": .product
        case "disease": .other
        case "seat": .seat
        default: nil
        }
    }
}

extension Lexicon {
    /// Whether news writes the word in lower case, so that a capital at a sentence's start says
    /// nothing.
    func isCommon(_ token: Token) -> Bool { commonWords.contains(token.folded) }

    /// What the lists say about one token; empty when nothing.
    func senses(_ token: Token) -> Senses {
        entries[WordHash.join(WordHash.seed, token.exact)]?.senses ?? []
    }

    /// The longest phrase of the lists that begins at a token and ends before `limit`.
    func longestMatch(_ tokens: [Token], from start: Int, limit: Int) -> Match? {
        var hash = WordHash.seed
        var match: Match?
        var index = start
        let end = min(limit, start + Self.phraseTokensMax, tokens.count)
        while index < end {
            hash = WordHash.join(hash, tokens[index].exact)
            guard let entry = entries[hash] else { break }
            index += 1
            if !entry.senses.isEmpty {
                match = Match(
                    tokens: start..<index,
                    senses: entry.senses,
                    canonical: entry.canonical
                )
            }
            guard entry.isPrefix else { break }
        }
        return match
    }

    /// The canonical name of exactly these tokens, as an index into `canonicalNames`, or -1.
    func canonical(_ tokens: ArraySlice<Token>) -> Int32 {
        let hash = tokens.reduce(WordHash.seed) { WordHash.join($0, $1.exact) }
        return entries[hash]?.canonical ?? -1
    }
}

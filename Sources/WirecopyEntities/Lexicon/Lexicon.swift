import WirecopyMessages

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

    /// Phrases and beginnings of phrases that the shipped lists have, for room from the start.
    private static let phrasesExpected = 1 << 16
    /// Tokens of the longest phrase that is looked up.
    static let phraseTokensMax = 8

    private var entries = HashMap(none: Entry(), capacity: Self.phrasesExpected)
    private var commonWords = HashMap(none: false)
    private var canonicalIDs: [String: Int32] = [:]
    /// Canonical names; an entry's `canonical` is an index into it.
    private(set) var canonicalNames: [String] = []

    /// Makes an empty lexicon.
    init() {}

    /// Adds the rows of a list: `name<TAB>kind`, or `name<TAB>kind<TAB>canonical`, one a line.
    ///
    /// - Throws: `EntityFailure.lexiconUnreadable` for a row without a kind or of an unknown one.
    mutating func add(rows: [UInt8], file: String) throws(EntityFailure) {
        var names: [TextRange] = []
        var kinds: [(senses: Senses, canonical: ArraySlice<UInt8>)] = []
        for line in rows.split(separator: 0x0A) {
            let fields = line.split(
                separator: 0x09,
                maxSplits: 2,
                omittingEmptySubsequences: false
            )
            guard fields.count > 1, let senses = Self.senses(fields[1]) else {
                throw .lexiconUnreadable(file: file, line: String(decoding: line, as: UTF8.self))
            }
            names.append(TextRange(fields[0].startIndex, fields[0].endIndex))
            kinds.append((senses, fields.count > 2 ? fields[2] : []))
        }
        let cut = Tokeniser.tokens(of: rows, sentences: names)
        for (range, kind) in zip(cut.sentences, kinds) {
            add(cut.tokens[range], kind.senses, canonical: kind.canonical)
        }
    }

    /// Adds words that are usually written in lower case, one a line.
    mutating func add(commonWords lines: [UInt8]) {
        for line in lines.split(separator: 0x0A) {
            commonWords.update(WordHash.exact(line)) { $0 = true }
        }
    }

    private mutating func add(
        _ tokens: ArraySlice<Token>,
        _ senses: Senses,
        canonical: ArraySlice<UInt8>
    ) {
        guard !tokens.isEmpty, tokens.count <= Self.phraseTokensMax else { return }
        var hash = WordHash.seed
        for index in tokens.indices {
            hash = WordHash.join(hash, tokens[index].exact)
            if index + 1 < tokens.endIndex { entries.update(hash) { $0.isPrefix = true } }
        }
        let canonical =
            canonical.isEmpty ? -1 : identifier(of: String(decoding: canonical, as: UTF8.self))
        entries.update(hash) { entry in
            entry.senses.formUnion(senses)
            if entry.canonical == -1 { entry.canonical = canonical }
        }
    }

    private mutating func identifier(of canonical: String) -> Int32 {
        if let known = canonicalIDs[canonical] { return known }
        let identifier = Int32(canonicalNames.count)
        canonicalNames.append(canonical)
        canonicalIDs[canonical] = identifier
        return identifier
    }

    private static func senses(_ kind: ArraySlice<UInt8>) -> Senses? {
        kindNames[WordHash.exact(kind)]
    }

    private static let kindNames: [UInt64: Senses] = {
        let kinds: [String: Senses] = [
            "country": .country, "alias": .country, "capital": .city, "city": .city,
            "province": .province, "region": .region, "demonym": .demonym, "first": .firstName,
            "last": .lastName, "person": .person, "organisation": .organisation,
            "media": .medium, "company": .company, "weapon": .weapon, "event": .event,
            "law": .law, "product": .product, "disease": .other, "seat": .seat,
        ]
        return Dictionary(uniqueKeysWithValues: kinds.map { (WordHash.exact($0), $1) })
    }()
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

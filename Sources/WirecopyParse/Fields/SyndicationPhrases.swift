/// How pages say that a report was made by others; general words of nine languages.
enum SyndicationPhrases {
    /// Phrases behind which an outlet is named: `was originally published on Grist`, not
    /// `originally published in 1984`, for a name begins with a letter.
    static let republished = [
        "originally published on ", "originally published by ", "originally published in ",
        "originally published at ", "first published on ", "first published by ",
        "first published in ", "first published at ", "originally appeared on ",
        "originally appeared in ", "originally appeared at ", "first appeared on ",
        "first appeared in ", "first appeared at ", "republished from ",
        "republished with permission from ", "republished with permission of ",
        "reprinted with permission from ", "reprinted with permission of ", "reprinted from ",
        "reproduced from ", "reproduced with permission from ", "syndicated from ",
        "syndicated by ", "cross-posted from ",
        "zuerst erschienen bei ", "zuerst erschienen in ", "zuerst erschienen auf ",
        "erschien zuerst bei ", "erschien zuerst in ", "erschien zuerst auf ",
        "erstmals erschienen in ", "zuerst veröffentlicht auf ", "republié à partir de ",
        "initialement publié sur ", "initialement publié par ", "publié initialement sur ",
        "publicado originalmente en ", "publicado originalmente por ",
        "publicado originalmente no ", "publicado originalmente em ",
        "pubblicato originariamente su ", "pubblicato originariamente da ",
        "oorspronkelijk gepubliceerd door ", "oorspronkelijk verschenen in ",
    ].map { Array($0.utf8) }

    /// Phrases in lines that name agencies: `with files from The Canadian Press`.
    static let sources = PhraseList(
        """
        contributed to this report | contributed to this story | contributed to this article | \
        contributed reporting | reporting by | reported by | with files from | \
        with reporting from | with reporting by | with material from | with inputs from | \
        with input from | inputs from | with agency inputs | source: | sources: | \
        all rights reserved | originally published by | this story was produced by | \
        this story was provided by | distributed by | provided by | from wire | wire reports | \
        wire services | mit material von | mit material der | mit agenturmaterial | \
        mit informationen von | quelle: | quellen: | verwendete quellen | source : | \
        sources : | agencias | con información de | con informacion de | fuente: | fuentes: | \
        fonte: | com informações da | com agência | bron: | kilde: | källa: | lähde: | \
        źródło: | zdroj: | forrás: | источник: | джерело: | kaynak: | was not edited | \
        syndicated feed
        """
    )

    /// The outlet that a sentence names as the one that had the report first.
    static func outlet(in text: String) -> String? {
        let bytes = Array(text.utf8)
        let folded = bytes.map(\.lowercased)
        for phrase in republished {
            guard let place = folded.firstPlace(of: phrase) else { continue }
            return name(in: bytes[(place + phrase.count)...])
        }
        return nil
    }

    /// Whether a line may be a note at all; one look before the longer ones.
    static let all = PhraseList(
        (republished + sources.phrases).map { String(decoding: $0, as: UTF8.self) }
            .joined(separator: " | ")
    )

    /// A name with capitals, up to a mark or a word that leads on.
    private static func name(in bytes: ArraySlice<UInt8>) -> String? {
        var words: [Substring] = []
        let text = NormalText.prefix(
            String(decoding: bytes.prefix(2 * nameBytesMax), as: UTF8.self),
            bytes: nameBytesMax
        )
        for word in text.split(separator: " ").prefix(wordsMax + 1) {
            if !words.isEmpty, enders.contains(word.lowercased()) { break }
            let plain = word.prefix { !",;:()[]<>\"“”—–|*".contains($0) }
            if plain.isEmpty { break }
            words.append(plain)
            if plain.count < word.count { break }
            // A point ends the sentence, but for that of `example.com` or `St.`.
            if plain.hasSuffix("."), plain.count > 3 { break }
        }
        guard !words.isEmpty, words.count <= wordsMax else { return nil }
        var name = words.joined(separator: " ")
        while let last = name.last, ".'’ ".contains(last) { name.removeLast() }
        return isName(name) ? name : nil
    }

    /// `The Harbour Post`, `grist.org`; not `the summer`, `1984`, `March 3`.
    private static func isName(_ name: String) -> Bool {
        let form = LineForm(name)
        let words = name.split(separator: " ").map { FoldedLine(String($0)).key }
        guard form.bytes >= 3, form.hasLetter, let first = words.first,
            MonthNames.month(first) == nil, name.utf8.first?.isDigit != true
        else { return false }
        let second = name.split(separator: " ").dropFirst().first ?? ""
        if first == "the", second.utf8.first?.isCapital != true { return false }
        let isAddress = form.words == 1 && name.contains(".")
        // `German translation in the print edition`: names have capitals but for short words.
        let long = name.split(separator: " ").filter { $0.utf8.count > 4 }
        guard isAddress || long.allSatisfy({ !($0.utf8.first.map(Self.isSmall) ?? true) }) else {
            return false
        }
        return isAddress || form.capitalised > 0 || name.utf8.contains { $0 >= 0x80 }
    }

    private static func isSmall(_ byte: UInt8) -> Bool {
        byte.isLetter && byte.lowercased == byte && byte < 0x80
    }

    private static let wordsMax = 7
    private static let nameBytesMax = 90
    /// Words that lead on behind a name.
    private static let enders: Set<String> = [
        "on", "in", "under", "with", "and", "as", "by", "is", "was", "at", "here", "where", "it",
        "who", "which", "for", "to", "unter", "am", "im", "und", "sous", "le", "el", "il", "a",
        "an", "through", "via", "website", "-", "|", "before", "since", "after", "about",
    ]
}

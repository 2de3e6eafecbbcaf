/// The words by which pages show what they are, in a dozen languages; none names a site.
enum PageFlagPhrases {
    /// Parts of the paths of live blogs: `/live/`, `/news/live-blog-storm`; not `/live-music`.
    static let livePaths = [
        "/live/", "liveblog", "live-blog", "live-updates", "live-news", "liveticker",
        "live-ticker", "newsticker", "en-direct", "direct-live", "ao-vivo", "en-vivo",
        "en-directo", "/diretta", "-live-",
    ]

    /// Words of the headlines of live blogs; `live` alone is also said of concerts.
    static let liveTitles = PhraseList(
        """
        live updates | live blog | liveblog | live: | - live | – live | as it happened | \
        liveticker | live-ticker | newsblog | news-blog | ticker | en direct | direct : | \
        ao vivo | en vivo | en directo | in diretta | la diretta | live feed | latest updates
        """
    )

    /// `page 2 of 3`, `Seite 2 von 3`, `2/3` behind such a word; not `page 2 of the report`.
    static func countsParts(_ line: FoldedLine) -> Bool {
        guard line.bytes.count <= countBytesMax, line.bytes.last?.isDigit == true,
            partStarts.contains(where: { line.bytes.stands($0[...], at: 0) })
        else { return false }
        let words = line.string.split(whereSeparator: { $0 == " " || $0 == "/" })
        guard words.count == 4 || words.count == 3, partWords.contains(String(words[0])) else {
            return false
        }
        guard let part = Int(words[1]), let count = Int(words[words.count - 1]) else {
            return false
        }
        let isJoined = words.count == 3 || ofWords.contains(String(words[2]))
        // The count first: a range up to "of 0" would trap.
        return isJoined && 2...partsMax ~= count && 1...count ~= part
    }

    /// What pages say that ask for consent.
    static let consents = PhraseList(
        """
        we use cookies | uses cookies | use cookies | our partners | we and our | \
        accept all | reject all | manage options | your consent | your privacy | \
        privacy settings | cookie settings | cookie policy | legitimate interest | \
        personal data | before you continue | cookies und | wir verwenden cookies | \
        ihre zustimmung | zustimmung | einwilligung | unsere partner | mit werbung | \
        nous utilisons des cookies | vos données | votre consentement | nos partenaires | \
        utilizamos cookies | su consentimiento | nuestros socios | utilizziamo | il consenso | \
        utilizamos os cookies | toestemming | onze partners | vi bruger cookies | samtykke | \
        zgodę | pliki cookie | samtycke | evästeitä
        """
    )

    /// Values of `article:content_tier` that are not free.
    static let tiers: Set<String> = ["locked", "premium", "paid", "subscription"]

    /// What pages say that show only a beginning.
    static let gates = PhraseList(
        """
        to continue reading | continue reading this article | continue reading with | \
        subscribe to continue | subscribe to read | subscribe to unlock | \
        already a subscriber | \
        this article is for subscribers | this article is only available to | \
        this content is for subscribers | this content is only available | \
        subscriber-only | subscribers only | available to subscribers | \
        exclusive to subscribers | to read the full | to read this article | \
        to read this story | to keep reading | read the full article | read the full story | \
        create a free account | log in to read | sign in to read | register to read | \
        you have reached your | you've reached your | unlock this article | \
        weiterlesen mit | jetzt weiterlesen | um weiterzulesen | bereits abonnent | \
        sie haben bereits ein abo | nur für abonnenten | exklusiv für abonnenten | \
        réservé aux abonnés | réservée aux abonnés | réservé à nos abonnés | \
        il vous reste | déjà abonné | pour lire la suite | contenido exclusivo | \
        exclusivo para suscriptores | para seguir leyendo | ya eres suscriptor | \
        riservato agli abbonati | per continuare a leggere | sei già abbonato | \
        exclusivo para assinantes | para continuar lendo | já é assinante | \
        alleen voor abonnees | al abonnee | lees verder met | for abonnenter | \
        kun for abonnenter | logg inn for å lese | logga in för att läsa | \
        dla subskrybentów | aby czytać dalej | pozostało
        """
    )

    private static let countBytesMax = 40
    private static let partsMax = 99
    private static let partWords: Set<String> = [
        "page", "seite", "página", "pagina", "strona", "side", "sida", "страница", "part",
    ]
    private static let partStarts = partWords.map { Array($0.utf8) }
    private static let ofWords: Set<String> = [
        "of", "von", "sur", "de", "di", "van", "z", "av", "из",
    ]
}

import HTMLDocument
import WirecopyMessages

/// What an element's name, role, class and id say of what it holds.
///
/// Hints are witnesses, not verdicts: a label on an element that holds most of the page's prose is
/// not believed (see `MainTextExtractor`).
struct RegionHints: Sendable, Equatable {
    /// What makes it boilerplate.
    var label: BoilerplateLabel?
    /// Whether it says that it holds the text of an article.
    var isArticleText = false

    /// Reads an element's attributes; `words` are those of its class and id.
    init(tag: Tag, role: String?, property: String?, words: ClassWords) {
        label = words.label ?? Self.label(tag: tag, role: role)
        if property == "articlebody" || (words.isArticleText && words.label == nil) {
            label = nil
            isArticleText = true
        }
        if tag == .figcaption { label = .caption }
        if tag == .article || tag == .main || tag == .body || tag == .html {
            label = words.label == .comments || words.label == .related ? label : nil
        }
    }

    private static func label(tag: Tag, role: String?) -> BoilerplateLabel? {
        switch role {
        case "navigation", "menu", "menubar", "tablist", "search": return .navigation
        case "contentinfo": return .footer
        case "complementary": return .related
        case "dialog", "alertdialog": return .consent
        default: break
        }
        return switch tag {
        case .nav, .menu: .navigation
        case .footer: .footer
        case .aside: .related
        case .dialog: .consent
        case .address: .byline
        default: nil
        }
    }
}

/// The words of an element's `class` and `id`, looked up once a page for each spelling.
struct ClassWords: Sendable, Equatable {
    /// What the words call boilerplate.
    var label: BoilerplateLabel?
    /// Whether they call it the text of an article.
    var isArticleText = false

    /// Class attributes longer than this are generated and say nothing.
    private static let attributeBytesMax = 400

    /// Says nothing.
    init() {}

    /// Cuts the attribute into words at punctuation and at capitals, and looks them up, each alone
    /// and together with the next.
    init(_ attribute: ArraySlice<UInt8>) {
        var hashes: [UInt64] = []
        self.init(attribute, hashes: &hashes)
    }

    /// The same, and the hashes of the words.
    init(_ attribute: ArraySlice<UInt8>, hashes: inout [UInt64]) {
        var last: UInt64?
        var (pair, word) = (WordHash(), WordHash())
        Self.cut(attribute) { byte in
            if let byte {
                pair.add(byte)
                word.add(byte)
                return
            }
            hashes.append(word.value)
            if let last { look(up: last, pair: pair.value) }
            last = word.value
            (pair, word) = (word, WordHash())
        }
        if let last { look(up: last, pair: last) }
    }

    /// Adds what another attribute of the same element says.
    mutating func merge(_ other: ClassWords) {
        label = label ?? other.label
        isArticleText = isArticleText || other.isArticleText
    }

    private mutating func look(up word: UInt64, pair: UInt64) {
        let (alone, joined) = (Self.meaning(of: word), Self.meaning(of: pair))
        isArticleText =
            isArticleText || alone?.isArticleText == true || joined?.isArticleText == true
        label = label ?? joined?.label ?? alone?.label
    }

    /// The words of an attribute in lower case, cut at punctuation and at capitals.
    static func words(_ attribute: ArraySlice<UInt8>) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        cut(attribute) { byte in
            if let byte {
                word.append(byte)
                return
            }
            words.append(String(decoding: word, as: UTF8.self))
            word.removeAll(keepingCapacity: true)
        }
        return words
    }

    /// The hashes of the same words.
    static func appendHashes(of attribute: ArraySlice<UInt8>, to hashes: inout [UInt64]) {
        var word = WordHash()
        cut(attribute) { byte in
            if let byte {
                word.add(byte)
            } else {
                hashes.append(word.value)
                word = WordHash()
            }
        }
    }

    /// Hands out the bytes of words in lower case, and `nil` behind each word.
    @inline(__always)
    private static func cut(_ attribute: ArraySlice<UInt8>, _ take: (UInt8?) -> Void) {
        var isInWord = false
        var previous: UInt8 = 0
        for byte in attribute.prefix(attributeBytesMax) {
            let isBoundary = byte.isCapital && !previous.isCapital
            if isInWord, isBoundary || !byte.isLetter {
                take(nil)
                isInWord = false
            }
            if byte.isLetter {
                take(byte.lowercased)
                isInWord = true
            }
            previous = byte
        }
        if isInWord { take(nil) }
    }

    /// Words, and pairs of neighbouring words written as one, that sites give to an article's text.
    private static let articleTexts = [
        "articlebody", "articletext", "articlecontent", "storybody", "storycontent", "storytext",
        "postbody", "postcontent", "posttext", "entrycontent", "entrybody", "bodytext", "bodycopy",
        "bodycontent", "newstext", "newsbody", "newscontent", "articulo", "artikeltext", "maintext",
        "contentbody", "pagecontent", "richtext", "textbody", "articlemain", "texto", "cuerpo",
    ]

    private static func meaning(of word: UInt64) -> ClassWords? {
        index[word].map { meanings[$0] }
    }

    /// What each word or pair of words means.
    private static let (index, meanings): (WordIndex, [ClassWords]) = {
        var meanings: [UInt64: ClassWords] = [:]
        for word in articleTexts {
            meanings[WordHash(of: word.utf8).value, default: ClassWords()].isArticleText = true
        }
        for (label, words) in wordsByLabel {
            for word in words.utf8.split(whereSeparator: \.isSpace) {
                meanings[WordHash(of: word).value, default: ClassWords()].label = label
            }
        }
        return (WordIndex(Array(meanings.keys)), Array(meanings.values))
    }()

    /// Words, and pairs written as one, that sites give to what is not the text.
    private static let wordsByLabel: [(BoilerplateLabel, String)] = [
        (
            .navigation,
            """
            nav navbar navigation menu breadcrumb breadcrumbs pagination pager skiplink toolbar \
            topbar masthead sitemap toc tableofcontents mainmenu submenu
            """
        ),
        (
            .related,
            """
            related relatedposts relatedarticles recommended recommendation recommendations \
            recommend recirc recirculation outbrain taboola popular mostread mostpopular trending \
            readmore morefrom morenews readnext readalso upnext moreon suggested similar \
            teaser teasers sidebar widget rail onward further latestnews topstories \
            crosshead linkbox seealso infobox factbox more
            """
        ),
        (
            .share,
            "share sharing sharebar sharetools social socials socialshare addthis sharedaddy follow"
        ),
        (
            .comments,
            """
            comments comment commentlist disqus respond livefyre kommentare kommentar \
            comentarios commentaires discussion
            """
        ),
        (
            .newsletter,
            "newsletter newsletters signup subscribe subscription optin mailchimp emailsignup"
        ),
        (.membership, "donate donation donations membership paywallmessage regwall"),
        (
            .caption,
            """
            caption captions wpcaption imagecaption photocaption figcaption mediacaption \
            gallery slideshow lightbox carousel bildunterschrift
            """
        ),
        (.credit, "credit credits imagecredit photocredit copyright"),
        (
            .biography,
            "bio authorbio authorbox aboutauthor authorinfo authordescription abouttheauthor"
        ),
        (
            .byline,
            """
            byline bylines author authors dateline postmeta entrymeta articlemeta metadata \
            articleinfo postinfo
            """
        ),
        (
            .date,
            "timestamp datetime publishdate pubdate published postdate entrydate articledate"
        ),
        (
            .advertisement,
            """
            ad ads advert adverts advertisement advertising adslot adsense sponsor sponsored \
            sponsors promo promotion promotions banner anzeige werbung publicidad
            """
        ),
        (.consent, "cookie cookies consent gdpr cmp modal popup overlay lightbox"),
        (.footer, "footer colophon legal disclaimer"),
        (.label, "tags tag taglist topics keywords categories category kicker eyebrow rubric"),
    ]
}

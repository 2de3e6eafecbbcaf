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

    /// Cuts the attribute into words at punctuation and at capitals, and looks them up.
    init(_ attribute: String) {
        let words = Self.words(attribute)
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            look(up: word, next: next)
        }
    }

    /// Adds what another attribute of the same element says.
    mutating func merge(_ other: ClassWords) {
        label = label ?? other.label
        isArticleText = isArticleText || other.isArticleText
    }

    private mutating func look(up word: String, next: String) {
        let pair = word + next
        if Self.articleTexts.contains(pair) || Self.articleTexts.contains(word) {
            isArticleText = true
        }
        if let found = Self.labels[pair] ?? Self.labels[word], label == nil { label = found }
    }

    /// The words of an attribute in lower case, cut at punctuation and at capitals.
    static func words(_ attribute: String) -> [String] {
        let bytes = attribute.utf8.prefix(attributeBytesMax)
        var words: [String] = []
        var word: [UInt8] = []
        var previous: UInt8 = 0
        for byte in bytes {
            let isBoundary = byte.isCapital && !previous.isCapital
            if (isBoundary || !byte.isLetter), !word.isEmpty {
                words.append(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            }
            if byte.isLetter { word.append(byte.lowercased) }
            previous = byte
        }
        if !word.isEmpty { words.append(String(decoding: word, as: UTF8.self)) }
        return words
    }

    /// Words, and pairs of neighbouring words written as one, that sites give to an article's text.
    private static let articleTexts: Set<String> = [
        "articlebody", "articletext", "articlecontent", "storybody", "storycontent", "storytext",
        "postbody", "postcontent", "posttext", "entrycontent", "entrybody", "bodytext", "bodycopy",
        "bodycontent", "newstext", "newsbody", "newscontent", "articulo", "artikeltext", "maintext",
        "contentbody", "pagecontent", "richtext", "textbody", "articlemain", "texto", "cuerpo",
    ]

    /// Words, and pairs written as one, that sites give to what is not the text.
    private static let labels: [String: BoilerplateLabel] = {
        var labels: [String: BoilerplateLabel] = [:]
        for (label, words) in wordsByLabel {
            for word in words.split(separator: " ") { labels[String(word)] = label }
        }
        return labels
    }()

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

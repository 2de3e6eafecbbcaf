import HTMLDocument
import WirecopyMessages

/// The picture that stands for an article, with what is written below it.
///
/// The address is what the page states; caption and credit are those of the figure that shows the
/// same file, or else what the page's data say of it.
struct LeadPicture {
    private let context: FieldContext
    private let title: String?
    private let head: Range<Int>

    /// - Parameters:
    ///   - context: its `text` is where the article's text lies.
    ///   - title: the headline.
    ///   - head: what `context.head(of: title)` gave.
    init(_ context: FieldContext, title: String?, head: Range<Int>) {
        self.context = context
        self.title = title
        self.head = head
    }

    /// Absolute address of the image; `nil` where the page has none, or only its logo.
    func image() -> Evidenced? {
        var logo: Evidenced?
        for (source, address, confidence) in stated {
            guard let address, let url = WebAddress.absolute(address, on: context.page.url) else {
                continue
            }
            let image = Evidenced(url, source: source, confidence: confidence)
            guard PictureAddress.isOfSite(url) else { return image }
            // The signs of publishers stand in data that describe them.
            if source.hasPrefix("og:") { logo = logo ?? image }
        }
        if let shown = shownAtHead() { return shown }
        return logo.map { Evidenced($0.value, source: $0.source, confidence: Confidence.logo) }
    }

    private var stated: [(source: String, address: String?, confidence: Double)] {
        let metadata = context.metadata
        let open = metadata.meta("og:image", "og:image:url", "og:image:secure_url")
        let twitter = metadata.meta("twitter:image", "twitter:image:src")
        let item =
            metadata.items.values("image").first
            ?? metadata.items.values("image", "url").first
            ?? metadata.items.values("image", "contenturl").first
        let other = metadata.meta("parsely-image-url", "sailthru.image.full", "thumbnail")
        return [
            (open?.name ?? "", open?.value, Confidence.openGraph),
            ("json-ld", metadata.structured?.image, Confidence.structured),
            (twitter?.name ?? "", twitter?.value, Confidence.openGraph),
            (item?.source ?? "", item?.text, Confidence.structured),
            ("image_src", metadata.imageLink, Confidence.openGraph),
            (other?.name ?? "", other?.value, Confidence.openGraph),
        ]
    }

    /// The first picture in a figure between headline and text.
    private func shownAtHead() -> Evidenced? {
        guard let picture = headPicture(), let first = picture.addresses.first(where: Self.isFile)
        else { return nil }
        let address = String(decoding: first.prefix { !$0.isSpace }, as: UTF8.self)
        return WebAddress.absolute(address, on: context.page.url)
            .map { Evidenced($0, source: "figure", confidence: Confidence.figure) }
    }

    /// Pictures that scripts put in later stand as data or as a blank one until then.
    private static func isFile(_ address: ArraySlice<UInt8>) -> Bool {
        !address.starts(with: "data:".utf8) && address.count > 4
    }

    // MARK: - Caption and credit

    /// What is written below the image.
    func words(of image: Evidenced?) -> (caption: Evidenced?, credit: Evidenced?) {
        var words: (caption: Evidenced?, credit: Evidenced?) = (nil, nil)
        if let image, let shown = shown(image.value), let found = PictureCaption(context, of: shown)
        {
            words = found.words(confidence: Confidence.sameFile)
        } else if let head = headPicture(), let found = PictureCaption(context, of: head) {
            words = found.words(confidence: Confidence.headFigure)
        }
        if let caption = words.caption, let title,
            FoldedLine(caption.value).key == FoldedLine(title).key
        {
            words.caption = nil
        }
        if words.caption == nil { words.caption = statedCaption() }
        if words.credit == nil { words.credit = statedCredit() }
        if words.caption?.value == words.credit?.value { words.caption = nil }
        return words
    }

    private func statedCaption() -> Evidenced? {
        let item =
            context.metadata.items.values("image", "caption").first
            ?? context.metadata.items.values("image", "description").first
        let data = context.metadata.structured?.imageCaption
        guard let text = data ?? item?.text else { return nil }
        let value = PictureCaption.bounded(PlainText.withoutMarkup(text))
        let titleKey = FoldedLine(title ?? "").key
        let key = FoldedLine(value).key
        // Systems write the headline or the file's name where editors left the field empty.
        let form = LineForm(value)
        let isOwn = form.words >= Self.statedWordsMin && key.utf8.count >= Self.statedBytesMin
        let isTitle = [titleKey, FoldedLine(context.metadata.title ?? "").key]
            .contains { $0.contains(key) || (!$0.isEmpty && key.contains($0)) }
        let isDescription = ["og:description", "description"].contains {
            FoldedLine(context.metadata.meta($0)?.value ?? "").key == key
        }
        guard isOwn, !isTitle, !isDescription else { return nil }
        return Evidenced(
            value,
            source: data == nil ? item?.source ?? "microdata" : "json-ld",
            confidence: Confidence.statedCaption
        )
    }

    private func statedCredit() -> Evidenced? {
        let item = context.metadata.items.values("image", "credittext").first
        let data = context.metadata.structured?.imageCredit
        guard let text = data ?? item?.text else { return nil }
        let value = NormalText.prefix(PlainText.withoutMarkup(text), bytes: 200)
        guard LineForm(value).hasLetter, !value.contains("://") else { return nil }
        return Evidenced(
            value,
            source: data == nil ? item?.source ?? "microdata" : "json-ld",
            confidence: Confidence.statedCredit
        )
    }

    private static let statedWordsMin = 5
    private static let statedBytesMin = 24

    // MARK: - Pictures

    /// The first picture of the page that is the same file, one with words below it before others.
    private func shown(_ url: String) -> PageOutline.Picture? {
        guard let key = PictureAddress.key(of: url) else { return nil }
        let same = context.outline.pictures.lazy.filter { picture in
            picture.addresses.contains { Array($0).holds(key) }
        }
        return same.first { PictureCaption(context, of: $0) != nil } ?? same.first
    }

    /// The first picture in a figure that stands between the headline and the second paragraph.
    private func headPicture() -> PageOutline.Picture? {
        let outline = context.outline
        let start = max(0, head.lowerBound - 2)
        let end = context.text.lowerBound + 1
        return outline.pictures.first { picture in
            (start...max(start, end)).contains(picture.block)
                && outline.regions(around: picture.region).prefix(PictureCaption.depthMax)
                    .contains { outline.regions[$0].tag == .figure }
        }
    }

    /// Shares that were right. Open Graph: 122 of 128 images that people named. Of captions and
    /// credits read on saved pages of some hundred sites: 40 and 42 of 44 below the same file or in
    /// the head's figure, 14 of 20 captions and 10 of 12 credits in structured data. The other
    /// images were too few to count.
    private enum Confidence {
        static let openGraph = 0.95
        static let structured = 0.85
        static let figure = 0.7
        static let logo = 0.2
        static let sameFile = 0.9
        static let headFigure = 0.8
        static let statedCaption = 0.7
        static let statedCredit = 0.8
    }
}

/// What the address of a picture tells.
enum PictureAddress {
    /// What the addresses of one picture's sizes have in common: the name of its file, without
    /// size and ending; `nil` for names that many files have.
    ///
    /// `https://a.example/storm-at-sea-1024x683.jpg?w=640` gives `storm-at-sea`.
    static func key(of url: String) -> [UInt8]? {
        let path = url.utf8.prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let parts = path.split(separator: UInt8(ascii: "/")).dropFirst(2)
        // Image servers put sizes behind the file's name.
        for part in parts.suffix(3).reversed() {
            let stem = withoutSize(Array(part.prefix { $0 != UInt8(ascii: ".") }))
            if stem.count >= keyBytesMin, !isGeneral(stem) { return stem }
        }
        return nil
    }

    private static func withoutSize(_ stem: [UInt8]) -> [UInt8] {
        var rest = stem[...]
        for mark in [UInt8(ascii: "-"), UInt8(ascii: "_")] {
            guard let cut = rest.lastIndex(of: mark), cut > rest.startIndex else { continue }
            let tail = rest[(cut + 1)...]
            let isSize =
                tail.contains(UInt8(ascii: "x")) && tail.contains(where: \.isDigit)
                && tail.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "x") }
            if isSize || (tail.count <= 4 && tail.allSatisfy(\.isDigit)) { rest = rest[..<cut] }
        }
        return Array(rest)
    }

    /// `1200x630`, `original`, `thumbnail`.
    private static func isGeneral(_ stem: [UInt8]) -> Bool {
        let letters = stem.count { $0.isLetter }
        return letters <= 1 && stem.count < 6
            || generalNames.contains(String(decoding: stem.map(\.lowercased), as: UTF8.self))
    }

    private static let generalNames: Set<String> = [
        "original", "thumbnail", "landscape", "portrait", "default", "opengraph", "placeholder",
        "imagecache", "large-image", "featured", "ssl-images", "crop-16x9",
    ]
    private static let keyBytesMin = 6

    /// Whether the file's name says that it is the site's sign and no picture of the article.
    static func isOfSite(_ url: String) -> Bool {
        let name = (url.split(separator: "/").last ?? "").prefix { $0 != "?" }
        let words = ClassWords.words(Array(name.utf8)[...])
        return words.contains(where: siteWords.contains)
            || zip(words, words.dropFirst()).contains { siteWords.contains($0 + $1) }
    }

    private static let siteWords: Set<String> = [
        "logo", "logos", "favicon", "placeholder", "noimage", "shareimage", "sharelogo",
        "ogdefault",
        "defaultog", "defaultimage", "icon", "avatar",
        "fallback", "dummy", "blank", "spacer", "defaultshare", "socialdefault", "sharedefault",
    ]
}

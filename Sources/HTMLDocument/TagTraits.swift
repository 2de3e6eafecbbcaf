/// The groups of elements that the tree construction rules speak of.
struct TagTraits: OptionSet, Sendable {
    let rawValue: UInt16

    /// Elements with parsing rules of their own ("special").
    static let special = TagTraits(rawValue: 1 << 0)
    /// Elements that end a search for an element "in scope".
    static let scope = TagTraits(rawValue: 1 << 1)
    /// Elements whose end tags are implied.
    static let impliedEnd = TagTraits(rawValue: 1 << 2)
    /// Elements whose end tags are implied at the end of a template.
    static let thoroughlyImpliedEnd = TagTraits(rawValue: 1 << 3)
    /// `h1` to `h6`.
    static let heading = TagTraits(rawValue: 1 << 4)
    /// MathML elements that hold text.
    static let mathMLTextIntegration = TagTraits(rawValue: 1 << 5)
    /// SVG and MathML elements that hold HTML.
    static let htmlIntegration = TagTraits(rawValue: 1 << 6)
    /// Elements that hold the parts of tables; text in them is moved out.
    static let tablePart = TagTraits(rawValue: 1 << 7)

    private static let specialTags: [Tag] = [
        .address, .applet, .area, .article, .aside, .base, .basefont, .bgsound, .blockquote, .body,
        .br, .button, .caption, .center, .col, .colgroup, .dd, .details, .dir, .div, .dl, .dt,
        .embed, .fieldset, .figcaption, .figure, .footer, .form, .frame, .frameset, .h1, .h2, .h3,
        .h4, .h5, .h6, .head, .header, .hgroup, .hr, .html, .iframe, .img, .input, .keygen, .li,
        .link, .listing, .main, .marquee, .menu, .meta, .nav, .noembed, .noframes, .noscript,
        .object, .ol, .p, .param, .plaintext, .pre, .script, .search, .section, .select, .source,
        .style, .summary, .table, .tbody, .td, .template, .textarea, .tfoot, .th, .thead, .title,
        .tr, .track, .ul, .wbr, .xmp,
    ]
    private static let scopeTags: [Tag] = [
        .applet, .caption, .html, .table, .td, .th, .marquee, .object, .select, .template,
    ]
    private static let impliedEndTags: [Tag] = [
        .dd, .dt, .li, .optgroup, .option, .p, .rb, .rp, .rt, .rtc,
    ]
    private static let tablePartEndTags: [Tag] = [
        .caption, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr,
    ]

    /// Traits of HTML elements, by the tag's raw value.
    static let ofHTML: [TagTraits] = {
        var traits = [TagTraits](repeating: [], count: Tag.allCases.count)
        func add(_ trait: TagTraits, to tags: [Tag]) {
            for tag in tags {
                traits[Int(tag.rawValue)].insert(trait)
            }
        }
        add(.special, to: specialTags)
        add(.scope, to: scopeTags)
        add(.impliedEnd, to: impliedEndTags)
        add(.thoroughlyImpliedEnd, to: impliedEndTags + tablePartEndTags)
        add(.heading, to: [.h1, .h2, .h3, .h4, .h5, .h6])
        add(.tablePart, to: [.table, .tbody, .tfoot, .thead, .tr])
        return traits
    }()

    /// Traits of SVG and MathML elements.
    static func ofForeign(_ tag: Tag, in namespace: Namespace) -> TagTraits {
        switch (namespace, tag) {
        case (.svg, .foreignObject), (.svg, .desc), (.svg, .title):
            [.special, .scope, .htmlIntegration]
        case (.mathML, .mi), (.mathML, .mo), (.mathML, .mn), (.mathML, .ms), (.mathML, .mtext):
            [.special, .scope, .mathMLTextIntegration]
        case (.mathML, .annotationXML):
            [.special, .scope]
        default:
            []
        }
    }
}

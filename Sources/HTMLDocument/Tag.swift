/// The name of an element, for names that the parser or its users tell apart.
///
/// All other names are `.other`; `HTMLDocument.name(of:)` spells them out. A tag says nothing of
/// the namespace: `.title` is the name of an HTML and of an SVG element.
package enum Tag: UInt8, Sendable, CaseIterable {
    /// Any name without a case of its own.
    case other
    // The names of HTML, and those of SVG and MathML that matter to parsing.
    case a, abbr, acronym, address, annotationXML, applet, area, article, aside, audio, b,
        base, basefont, bdi, bdo, bgsound, big, blink, blockquote, body, br, button, canvas,
        caption, center, cite, code, col, colgroup, data, datalist, dd, del, desc, details,
        dfn, dialog, dir, div, dl, dt, em, embed, fieldset, figcaption, figure, font, footer,
        foreignObject, form, frame, frameset, g, h1, h2, h3, h4, h5, h6, head, header, hgroup,
        hr, html, i, iframe, image, img, input, ins, isindex, kbd, keygen, label, legend, li,
        link, listing, main, malignmark, map, mark, marquee, math, menu, menuitem, meta,
        meter, mglyph, mi, mn, mo, ms, mtext, nav, nobr, noembed, noframes, noscript, object,
        ol, optgroup, option, output, p, param, path, picture, plaintext, pre, progress, q,
        rb, rp, rt, rtc, ruby, s, samp, script, search, section, select, selectedcontent,
        slot, small, source, spacer, span, strike, strong, style, sub, summary, sup, svg,
        table, tbody, td, template, textarea, tfoot, th, thead, time, title, tr, track, tt, u,
        ul, `var`, video, wbr, xmp
}

extension Tag {
    /// The name as pages write it; empty for `.other`.
    package var name: String { TagTable.shared.name(of: self) }
}

/// Finds tags by the bytes of their names.
struct TagTable: Sendable {
    static let shared = TagTable()

    /// All names in the order of the cases of `Tag`, without `.other`.
    private static let spelledNames = """
        a abbr acronym address annotation-xml applet area article aside audio b base basefont
        bdi bdo bgsound big blink blockquote body br button canvas caption center cite code col
        colgroup data datalist dd del desc details dfn dialog dir div dl dt em embed fieldset
        figcaption figure font footer foreignObject form frame frameset g h1 h2 h3 h4 h5 h6 head
        header hgroup hr html i iframe image img input ins isindex kbd keygen label legend li
        link listing main malignmark map mark marquee math menu menuitem meta meter mglyph mi mn
        mo ms mtext nav nobr noembed noframes noscript object ol optgroup option output p param
        path picture plaintext pre progress q rb rp rt rtc ruby s samp script search section
        select selectedcontent slot small source spacer span strike strong style sub summary sup
        svg table tbody td template textarea tfoot th thead time title tr track tt u ul var
        video wbr xmp
        """

    /// Slots of an open-addressed hash table: four times the names, so that most are found at once.
    private static let slotCount = 1_024

    private var slots: [Tag]
    private var names: [[UInt8]] = [[]]
    /// All names, one behind the other; where each begins, and the end of the last.
    private var spelling: [UInt8] = []
    private var starts: [Int] = [0, 0]

    private init() {
        slots = Array(repeating: .other, count: Self.slotCount)
        let separators: Set<UInt8> = [0x20, 0x0A]
        names += Self.spelledNames.utf8.split(whereSeparator: separators.contains).map(Array.init)
        for tag in Tag.allCases.dropFirst() {
            var slot = Int(NameHash.of(names[Int(tag.rawValue)])) & (Self.slotCount - 1)
            while slots[slot] != .other {
                slot = (slot + 1) & (Self.slotCount - 1)
            }
            slots[slot] = tag
            spelling += names[Int(tag.rawValue)]
            starts.append(spelling.count)
        }
    }

    func name(of tag: Tag) -> String {
        String(decoding: names[Int(tag.rawValue)], as: UTF8.self)
    }

    func nameBytes(of tag: Tag) -> [UInt8] {
        names[Int(tag.rawValue)]
    }

    /// The tag of a name, or `.other`.
    func tag(named name: ArraySlice<UInt8>, hash: UInt32) -> Tag {
        tag(named: Array(name), 0..<name.count, hash: hash)
    }

    /// The tag of a name that stands in a text.
    func tag(named text: [UInt8], _ range: Range<Int>, hash: UInt32) -> Tag {
        var slot = Int(hash) & (Self.slotCount - 1)
        while slots[slot] != .other {
            let number = Int(slots[slot].rawValue)
            if starts[number + 1] - starts[number] == range.count,
                range.allSatisfy({ text[$0] == spelling[starts[number] + $0 - range.lowerBound] })
            {
                return slots[slot]
            }
            slot = (slot + 1) & (Self.slotCount - 1)
        }
        return .other
    }
}

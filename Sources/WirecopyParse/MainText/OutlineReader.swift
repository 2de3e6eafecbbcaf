import HTMLDocument
import WirecopyMessages

/// Makes the outline of a page in one walk over its tree; depth never costs stack.
struct OutlineReader: TreeWalk {
    /// Blocks of a page; a long read has a few hundred, a page of links some thousands.
    static let blocksMax = 20_000
    /// Bytes of text in one block; a longer one is cut.
    static let blockBytesMax = 200_000
    /// Regions of a page.
    static let regionsMax = 100_000
    /// Marks of a page: a list of reports has one for each date and author.
    static let marksMax = 10_000
    /// Pictures of a page; a long read has a few dozen, a gallery some hundred.
    static let picturesMax = 200
    /// Credits of a page's pictures.
    static let creditsMax = 200
    /// Bytes of a mark's text.
    private static let markBytesMax = 400

    let document: HTMLDocument
    private var outline = PageOutline()
    private var openRegions: [(node: NodeID, index: Int)] = []
    private var openMarks: [(node: NodeID, label: BoilerplateLabel, start: Int)] = []
    private var names = ElementNames()
    private var text: [UInt8] = []
    private var linkBytes = 0
    private var linkDepth = 0
    private var breakCount = 0

    private init(_ document: HTMLDocument) { self.document = document }

    /// Reads the page's body; without one the outline has a single empty region.
    static func outline(of document: HTMLDocument) -> PageOutline {
        var reader = OutlineReader(document)
        let start = document.body ?? document.documentElement ?? document.root
        reader.open(start)
        reader.walk(start)
        reader.close(start)
        reader.outline.names = reader.names.names
        return reader.outline
    }

    /// Takes a node in; false when what is below it does not count.
    mutating func enter(_ node: NodeID) -> Bool {
        switch document.kind(of: node) {
        case .text:
            append(document.textBytes(of: node))
            return false
        case .element:
            return enterElement(node)
        default:
            return false
        }
    }

    private mutating func enterElement(_ node: NodeID) -> Bool {
        guard let tag = document.htmlTag(of: node) else { return false }
        switch Self.role(of: tag) {
        case .passedOver:
            return false
        case .lineBreak:
            breakCount += 1
            text.append(0x20)
            if breakCount == 2 { flush() }
            return false
        case .link:
            linkDepth += 1
            openMark(node, tag)
        case .inline:
            openMark(node, tag)
        case .region:
            if outline.regions.count < Self.regionsMax { open(node) }
        }
        return true
    }

    mutating func leave(_ node: NodeID) {
        guard let tag = document.htmlTag(of: node) else { return }
        switch Self.role(of: tag) {
        case .passedOver, .lineBreak:
            break
        case .link:
            linkDepth -= 1
            closeMark(node)
        case .inline:
            closeMark(node)
        case .region:
            close(node)
        }
    }

    // MARK: - Regions

    private mutating func open(_ node: NodeID) {
        flush()
        let tag = document.tag(of: node)
        var attributes = RegionAttributes()
        document.forEachAttribute(of: node, named: RegionAttributes.names) {
            attributes.take($0, $1)
        }
        let (className, identifier) = (attributes.className, attributes.identifier)
        let name = names.name(of: tag, className, identifier)
        var words = name.words
        if !identifier.isEmpty { words.merge(ClassWords(identifier)) }
        let hints = RegionHints(
            tag: tag,
            role: attributes.role,
            property: attributes.property,
            words: words
        )
        let start = outline.blocks.count
        let region = PageOutline.Region(
            parent: openRegions.last?.index ?? 0,
            tag: tag,
            hints: attributes.isHidden && hints.label == nil ? hints.hidden : hints,
            name: name.index,
            blocks: start..<start
        )
        openRegions.append((node, outline.regions.count))
        outline.regions.append(region)
    }

    private mutating func close(_ node: NodeID) {
        flush()
        guard let region = openRegions.last?.index, openRegions.last?.node == node else { return }
        openRegions.removeLast()
        let start = outline.regions[region].blocks.lowerBound
        outline.regions[region].blocks = start..<outline.blocks.count
    }

    // MARK: - Marks

    private mutating func openMark(_ node: NodeID, _ tag: Tag) {
        switch tag {
        case .time:
            openMarks.append((node, .date, text.count))
            return
        case .font where isLarge(node):
            // After a line break it is a line of its own.
            if breakCount > 0 { flush() }
            openMarks.append((node, .headline, text.count))
            return
        case .img, .source:
            addPicture(node)
            return
        default: break
        }
        var attributes = MarkAttributes()
        document.forEachAttribute(of: node, named: MarkAttributes.names) { attributes.take($0, $1) }
        let (name, isAuthor) = (attributes.className, attributes.isAuthor)
        guard !name.isEmpty || isAuthor else { return }
        let label = isAuthor ? .byline : names.words(of: name).label
        guard let label, label == .byline || label == .date || label == .credit else { return }
        openMarks.append((node, label, text.count))
    }

    /// Whether a `font` is larger than a page's text: `size` from 4, or `+1` and more.
    private func isLarge(_ node: NodeID) -> Bool {
        let size = Array(document.attributeBytes(.size, of: node)?.prefix(3) ?? [])
        return switch size.count {
        case 1: UInt8(ascii: "4")...UInt8(ascii: "7") ~= size[0]
        case 2: size[0] == UInt8(ascii: "+") && UInt8(ascii: "1")...UInt8(ascii: "6") ~= size[1]
        default: false
        }
    }

    private mutating func closeMark(_ node: NodeID) {
        guard let mark = openMarks.last, mark.node == node else { return }
        openMarks.removeLast()
        let start = min(mark.start, text.count)
        let isCredit = mark.label == .credit
        guard
            isCredit
                ? outline.credits.count < Self.creditsMax : outline.marks.count < Self.marksMax
        else { return }
        let machineText = document.attributeBytes(.dateTime, of: node)?.prefix(Self.markBytesMax)
        let closed = PageOutline.Mark(
            label: mark.label,
            text: NormalText.string(text[start...].prefix(Self.markBytesMax)),
            machineText: machineText.map { String(decoding: $0, as: UTF8.self) },
            block: outline.blocks.count,
            region: openRegions.last?.index ?? 0
        )
        if isCredit { outline.credits.append(closed) } else { outline.marks.append(closed) }
    }

    private mutating func addPicture(_ node: NodeID) {
        guard outline.pictures.count < Self.picturesMax else { return }
        var addresses: [ArraySlice<UInt8>] = []
        document.forEachAttribute(of: node, named: Self.pictureAttributes) {
            addresses.append($1.prefix(Self.addressBytesMax))
        }
        guard !addresses.isEmpty else { return }
        outline.pictures.append(
            PageOutline.Picture(
                addresses: addresses,
                block: outline.blocks.count,
                region: openRegions.last?.index ?? 0
            )
        )
    }

    /// Bytes of an address, or of a list of some, that are looked at.
    private static let addressBytesMax = 1024
    private static let pictureAttributes = [
        "src", "srcset", "data-src", "data-srcset", "data-lazy-src", "data-original",
    ].map { AttributeName($0) }

    // MARK: - Text

    private mutating func append(_ bytes: ArraySlice<UInt8>) {
        guard text.count < Self.blockBytesMax else { return }
        let wordBytes = bytes.count { !$0.isSpace }
        if wordBytes > 0 { breakCount = 0 }
        if linkDepth > 0 { linkBytes += wordBytes }
        text.append(contentsOf: bytes.prefix(Self.blockBytesMax - text.count))
    }

    private mutating func flush() {
        defer {
            text.removeAll(keepingCapacity: true)
            linkBytes = 0
            breakCount = 0
        }
        let normal = NormalText.string(text)
        guard !normal.isEmpty, outline.blocks.count < Self.blocksMax else { return }
        let wordBytes = normal.utf8.count { $0 != 0x20 }
        outline.blocks.append(
            PageOutline.Block(
                region: openRegions.last?.index ?? 0,
                text: normal,
                textBytes: wordBytes,
                linkBytes: min(linkBytes, wordBytes)
            )
        )
    }

    // MARK: - Elements

    /// What an element does to the text around it.
    private enum Role {
        case passedOver, lineBreak, link, inline, region
    }

    private static func role(of tag: Tag) -> Role {
        switch tag {
        case .script, .style, .noscript, .template, .iframe, .object, .embed, .video, .audio,
            .canvas, .button, .select, .option, .input, .textarea, .map, .head, .title, .datalist,
            .progress, .meter, .noembed, .noframes, .applet, .rt, .rp, .search:
            .passedOver
        case .br: .lineBreak
        case .a: .link
        case .abbr, .acronym, .b, .bdi, .bdo, .big, .cite, .code, .data, .del, .dfn, .em,
            .font, .i, .img, .ins, .kbd, .label, .mark, .nobr, .output, .q, .ruby, .rb, .s, .samp,
            .small, .span, .strike, .strong, .sub, .sup, .time, .tt, .u, .var, .wbr, .picture,
            .source, .track, .blink, .basefont, .slot:
            .inline
        default: .region
        }
    }
}

extension RegionHints {
    /// The same element, not shown to readers.
    fileprivate var hidden: RegionHints {
        var hints = self
        hints.label = .other
        hints.isArticleText = false
        return hints
    }
}

extension AttributeName {
    fileprivate static let dateTime = AttributeName("datetime")
    fileprivate static let size = AttributeName("size")
}

import MarkupReader

/// A list of feeds as readers exchange it (OPML 1.0 and 2.0).
package struct OutlineFile: Sendable, Hashable {
    /// One feed.
    package struct Source: Sendable, Hashable {
        /// Address of the feed.
        package var address: String
        /// What it is called; `nil` without a name.
        package var title: String?
        /// The page that it belongs to.
        package var page: String?
        /// Names of the folders that it is in, the outermost first.
        package var folders: [String] = []

        /// Makes a source.
        package init(
            address: String,
            title: String? = nil,
            page: String? = nil,
            folders: [String] = []
        ) {
            self.address = address
            self.title = title
            self.page = page
            self.folders = folders
        }
    }

    /// Feeds that are read of one file.
    package static let sourcesMax = 100_000

    /// What the list is called.
    package var title: String?
    /// The feeds in the order of the list; an address that comes twice is there once.
    package var sources: [Source]

    /// Makes a list.
    package init(title: String? = nil, sources: [Source]) {
        self.title = title
        self.sources = sources
    }

    /// Reads a list; `nil` when the bytes are none.
    package init?(_ bytes: [UInt8]) {
        var reader = MarkupReader(MarkupText.utf8(Array(bytes.prefix(Feed.sizeMaxBytes))))
        guard let root = MarkupElement(&reader), root.name.local.lowercased() == "opml" else {
            return nil
        }
        sources = []
        var known: Set<String> = []
        for part in root.elements {
            switch part.name.local.lowercased() {
            case "head":
                title = part.elements.first { $0.name.local.lowercased() == "title" }
                    .map { $0.text.feedTrimmed }
            case "body": read(part, in: [], &known)
            default: break
            }
        }
    }

    // Depth is bounded by `MarkupLimits.depthMax`.
    private mutating func read(
        _ parent: MarkupElement,
        in folders: [String],
        _ known: inout Set<String>
    ) {
        for outline in parent.elements where outline.name.local.lowercased() == "outline" {
            let names = [outline.attribute("title"), outline.attribute("text")]
            let name = names.compactMap { $0?.feedTrimmed }.first { !$0.isEmpty }
            let address = outline.attribute("xmlUrl")?.feedTrimmed ?? ""
            if !address.isEmpty, sources.count < Self.sourcesMax, known.insert(address).inserted {
                sources.append(
                    Source(
                        address: address,
                        title: name,
                        page: outline.attribute("htmlUrl")?.feedTrimmed,
                        folders: folders
                    )
                )
            }
            let isFolder = address.isEmpty
            read(outline, in: isFolder ? folders + [name].compactMap(\.self) : folders, &known)
        }
    }

    /// The list as OPML 2.0 in UTF-8; equal lists give equal text. Folders stand where the first of
    /// their feeds does.
    package var text: String {
        var text = """
            <?xml version="1.0" encoding="UTF-8"?>
            <opml version="2.0">
            <head><title>\(Self.escaped(title ?? ""))</title></head>
            <body>

            """
        var open: [String] = []
        for source in grouped {
            let shared = zip(open, source.folders).prefix { $0 == $1 }.count
            for depth in stride(from: open.count - 1, through: shared, by: -1) {
                text += Self.indent(depth) + "</outline>\n"
            }
            for (depth, folder) in source.folders.enumerated().dropFirst(shared) {
                text += Self.indent(depth) + "<outline text=\"\(Self.escaped(folder))\">\n"
            }
            open = source.folders
            text += Self.indent(open.count) + Self.line(source)
        }
        for depth in stride(from: open.count - 1, through: 0, by: -1) {
            text += Self.indent(depth) + "</outline>\n"
        }
        return text + "</body>\n</opml>\n"
    }

    /// The feeds with those of one folder together.
    private var grouped: [Source] {
        var places: [[String]: Int] = [:]
        for source in sources where places[source.folders] == nil {
            places[source.folders] = places.count
        }
        let ranked = sources.enumerated().map {
            (rank: places[$1.folders] ?? 0, index: $0, source: $1)
        }
        return ranked.sorted { ($0.rank, $0.index) < ($1.rank, $1.index) }.map(\.source)
    }

    private static func line(_ source: Source) -> String {
        let title = escaped(source.title ?? source.address)
        let page = source.page.map { " htmlUrl=\"\(escaped($0))\"" } ?? ""
        let address = escaped(source.address)
        return "<outline type=\"rss\" text=\"\(title)\" xmlUrl=\"\(address)\"\(page)/>\n"
    }

    private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth + 1) }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing("\"", with: "&quot;").replacing("\n", with: "&#10;")
    }
}

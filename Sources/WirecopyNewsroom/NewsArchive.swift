import Foundation

/// All that the newsroom publishes, read from the package's resources and checked.
package struct NewsArchive: Sendable {
    /// The outlets, by key.
    package let publishers: [Publisher]
    /// First versions, oldest first.
    package let articles: [NewsArticle]
    /// Later versions of some of `articles`, with a correction.
    package let revisions: [NewsArticle]
    /// Text copied out of pages of other outlets, with the truth about it, by file name.
    package let texts: [TextPage]

    /// Addresses that the demo adds to the ordinary ones: second addresses and a dead one.
    package let demoAddresses: [DemoAddress]

    /// An address that is no article of its own.
    package struct DemoAddress: Sendable, Equatable {
        /// Path and query.
        package let path: String
        /// What a fetch of it should end in, once the articles are stored.
        package let outcome: ExpectedOutcome
    }

    /// Running stories with at least one article, sorted.
    package var stories: [String] { Set(articles.compactMap(\.story)).sorted() }

    /// The archive of the package's own resources.
    package static func bundled() throws(NewsroomFailure) -> NewsArchive {
        try loaded.get()
    }

    private static let loaded = Result<NewsArchive, NewsroomFailure> { () throws(NewsroomFailure) in
        try NewsArchive(folder: Bundle.module.bundlePath + "/Resources")
    }

    /// Reads a folder of the layout that `Resources/README.md` describes.
    package init(folder: String) throws(NewsroomFailure) {
        let files = SourceFolder(path: folder)
        var cast = Cast()
        for name in try files.names(in: "casts", ending: ".cast") {
            try cast.add(try files.text("casts/\(name)"), path: "casts/\(name)")
        }
        var publishers: [Publisher] = []
        var all: [NewsArticle] = []
        for key in try files.names(in: "publishers", ending: "") {
            publishers.append(try Self.publisher(key, files))
            let reader = ArticleReader(cast: cast, publisher: key)
            for name in try files.names(in: "articles/\(key)", ending: ".article") {
                let path = "articles/\(key)/\(name)"
                all.append(try reader.read(try files.text(path), path: path))
            }
        }
        var texts: [TextPage] = []
        for name in try files.names(in: "texts", ending: ".article") {
            texts.append(try TextPage(try files.text("texts/\(name)"), name: name, cast: cast))
        }
        all.sort { first, second in
            let (one, other) = (first.published, second.published)
            return (one.secondsSinceEpoch, first.path) < (other.secondsSinceEpoch, second.path)
        }
        self.publishers = publishers
        self.articles = all.filter { $0.version == 1 }
        self.revisions = all.filter { $0.version > 1 }
        self.texts = texts
        self.demoAddresses = try Self.demoAddresses(try files.text("demo-addresses.txt"))
        try check()
    }

    private static func publisher(
        _ key: String,
        _ files: SourceFolder
    ) throws(NewsroomFailure) -> Publisher {
        let folder = "publishers/\(key)"
        return try Publisher.read(
            key: key,
            source: try files.text("\(folder)/\(key).publisher"),
            path: "\(folder)/\(key).publisher"
        ) { (name) throws(NewsroomFailure) in
            let path = "\(folder)/\(name).html"
            guard files.has(path) else { return nil }
            let source = try files.text(path)
            do throws(SourceFault) {
                let template = try PageTemplate(source)
                let unknown = template.places.subtracting(PageRenderer.places)
                guard unknown.isEmpty else {
                    throw SourceFault("the places \(unknown.sorted()) are unknown")
                }
                return template
            } catch {
                throw .badSource(path: path, line: 1, reason: error.reason)
            }
        }
    }

    /// `duplicate PATH = ORIGINAL` or `dead PATH = reason`, one a line.
    private static func demoAddresses(_ source: String) throws(NewsroomFailure) -> [DemoAddress] {
        var addresses: [DemoAddress] = []
        for (index, line) in source.lines.enumerated() {
            let entry = line.trimmed
            if entry.isEmpty || entry.hasPrefix("#") { continue }
            let (kind, rest) = entry.cut(at: " ")
            let (path, value) = rest.cut(at: " = ")
            switch kind {
            case "duplicate": addresses.append(.init(path: path, outcome: .duplicate(of: value)))
            case "dead": addresses.append(.init(path: path, outcome: .dead(reason: value)))
            default:
                throw .badSource(
                    path: "demo-addresses.txt",
                    line: index + 1,
                    reason: "an entry starts with duplicate or dead"
                )
            }
        }
        return addresses
    }

    private func check() throws(NewsroomFailure) {
        var paths: Set<String> = []
        for article in articles + revisions {
            guard paths.insert(article.path).inserted else {
                throw .inconsistent("two articles have the path \(article.path)")
            }
            guard article.path.hasPrefix("/\(article.publisher)/") else {
                throw .inconsistent("\(article.path) is not below /\(article.publisher)/")
            }
            guard (article.story == nil) == (article.episode == nil) else {
                throw .inconsistent("\(article.path) needs both a story and an episode or none")
            }
        }
        for article in articles {
            guard let original = article.syndicatedFrom, !paths.contains(original) else { continue }
            throw .inconsistent("\(article.path) carries \(original), which does not exist")
        }
        for address in demoAddresses {
            guard case .duplicate(let original) = address.outcome, !paths.contains(original) else {
                continue
            }
            throw .inconsistent("\(address.path) duplicates \(original), which does not exist")
        }
        for revision in revisions where !paths.contains(revision.canonicalPath) {
            throw .inconsistent("\(revision.path) has no first version")
        }
    }
}

/// Read access to a folder of source files.
private struct SourceFolder {
    let path: String

    func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: "\(path)/\(name)") }

    func text(_ name: String) throws(NewsroomFailure) -> String {
        guard let bytes = FileManager.default.contents(atPath: "\(path)/\(name)"),
            let text = String(bytes: bytes, encoding: .utf8)
        else { throw .unreadable(path: name, reason: "it is missing or not UTF-8") }
        return text
    }

    /// Visible names in a folder, sorted; an ending selects, an empty one takes all.
    func names(in folder: String, ending: String) throws(NewsroomFailure) -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(folder)")
                .filter { $0.hasSuffix(ending) && !$0.hasPrefix(".") }
                .sorted()
        } catch {
            throw .unreadable(path: folder, reason: "\(error.localizedDescription)")
        }
    }
}

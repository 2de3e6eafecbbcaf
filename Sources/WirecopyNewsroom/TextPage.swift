/// A page as a reader copied it out of a browser: lines of text, boilerplate and all.
package struct TextPage: Sendable {
    /// What the page says and is, with a path below `/texts/` and the publisher `texts`.
    package let article: NewsArticle
    /// The page's text.
    package let text: String

    /// Reads a source of the article format in which `~ ` marks boilerplate and `# ` the place of
    /// the headline. With the header `spacing: none` there are no empty lines between blocks.
    init(_ source: String, name: String, cast: Cast) throws(NewsroomFailure) {
        let reader = ArticleReader(cast: cast, publisher: "texts")
        article = try reader.read(source, path: "texts/\(name)")
        let isTight = source.lines.contains("spacing: none")
        var text = ""
        var previous: NewsArticle.Block.Kind?
        for block in article.blocks {
            let isRun = block.kind == .boilerplate && previous == .boilerplate
            if previous != nil { text += isTight || isRun ? "\n" : "\n\n" }
            let isCaption = block.kind == .caption
            text +=
                isCaption ? block.text.fields(separatedBy: "|").joined(separator: " ") : block.text
            previous = block.kind
        }
        self.text = text + "\n"
        guard article.path == "/texts/\(article.fileName)", article.fileName.hasSuffix(".txt")
        else {
            throw .inconsistent("texts/\(name) has the path \(article.path)")
        }
        let headlines = article.blocks.filter { $0.kind == .headline }.map(\.text)
        guard headlines == [article.title] else {
            throw .inconsistent("texts/\(name) needs its title once, marked with #")
        }
    }
}

extension NewsArticle {
    /// The last part of the path.
    fileprivate var fileName: String { path.split(separator: "/").last.map(String.init) ?? "" }
}

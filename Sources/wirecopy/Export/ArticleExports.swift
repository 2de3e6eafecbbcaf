import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage
import WirecopyWeb

/// Hands the articles of a selection out, one at a time, and tells how many they were.
func exportEach(
    _ selection: ArticleSelection,
    from options: StoreOptions,
    _ write: (ArticleReport) throws(ProgramFailure) -> Void
) async throws {
    var failed: ProgramFailure?
    let count = try await options.read { (store) throws(StorageFailure) in
        var articles = try store.export(selection).makeAsyncIterator()
        var count = 0
        while failed == nil, let article = try await articles.next() {
            do throws(ProgramFailure) {
                try write(article)
                count += 1
            } catch {
                failed = error
            }
        }
        return count
    }
    if let failed { throw failed }
    Terminal.note("\(Quantity.count(count, "article"))")
}

/// `export csv`
struct CSVExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "csv",
        abstract: "Write articles as comma-separated values, one row an article."
    )

    @OptionGroup var selection: ArticleSelectionOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        Terminal.write(ArticleFormat.csv.opening, to: .standardOutput)
        try await write(.csv, selection, options)
    }
}

/// `export markdown`
struct MarkdownExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "markdown",
        abstract: "Write articles as Markdown with their fields in front, to a folder of files."
    )

    @Option(help: "Folder to write a file an article to; standard output without it.")
    var out: String?

    @OptionGroup var selection: ArticleSelectionOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        try await exportEach(selection.selection(), from: options) {
            (article) throws(ProgramFailure) in
            let text = try text(of: article, .markdown)
            guard let out else { return Terminal.write(text, to: .standardOutput) }
            do {
                let folder = URL(fileURLWithPath: out)
                try FileManager.default.createDirectory(
                    at: folder,
                    withIntermediateDirectories: true
                )
                try Data(text.utf8).write(to: folder.appendingPathComponent("\(article.id).md"))
            } catch {
                throw ProgramFailure(
                    .cannotCreate,
                    "\(out) cannot be written: \(error.localizedDescription)."
                )
            }
        }
    }
}

/// `export ninjs`
struct NinjsExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ninjs",
        abstract: "Write articles as IPTC ninjs 3.1, one JSON object a line."
    )

    @OptionGroup var selection: ArticleSelectionOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        try await write(.ninjs, selection, options)
    }
}

/// `export news-article`
struct NewsArticleExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "news-article",
        abstract: "Write articles as schema.org NewsArticle in JSON-LD, one object a line."
    )

    @OptionGroup var selection: ArticleSelectionOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        try await write(.newsArticle, selection, options)
    }
}

/// `export atom`
struct AtomExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "atom",
        abstract: "Write the newest articles, or those of a query, as an Atom feed."
    )

    @Option(help: "Title of the feed.")
    var title: String?

    @OptionGroup var selection: ArticleSelectionOptions
    @OptionGroup var options: StoreOptions

    func run() async throws {
        let wanted = try selection.selection()
        let articles = try await options.read { (store) throws(StorageFailure) in
            try await store.newest(wanted)
        }
        let name = title ?? selection.about ?? selection.host ?? "Wirecopy"
        Terminal.write(ArticleFormat.feed(name, articles), to: .standardOutput)
        Terminal.note("\(Quantity.count(articles.count, "article"))")
    }
}

/// `export sqlite`
struct SQLiteExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sqlite",
        abstract: "Copy the whole store, as it is at one moment, to a new SQLite file."
    )

    @Argument(help: "File to write, which must not be there yet.")
    var file: String

    @OptionGroup var options: StoreOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        try StoreCommand.backUp(options.path, to: file)
    }
}

/// Writes the articles of a selection to standard output.
func write(
    _ format: ArticleFormat,
    _ selection: ArticleSelectionOptions,
    _ options: StoreOptions
) async throws {
    try await exportEach(selection.selection(), from: options) {
        (article) throws(ProgramFailure) in
        Terminal.write(try text(of: article, format), to: .standardOutput)
    }
}

private func text(
    of article: ArticleReport,
    _ format: ArticleFormat
) throws(ProgramFailure) -> String {
    do {
        return try format.text(of: article)
    } catch {
        throw ProgramFailure(.softwareError, "An article cannot be written as JSON: \(error).")
    }
}

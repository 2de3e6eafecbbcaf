import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy diff ARTICLE`: what changed between two versions of an article.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Show what changed between versions of an article, word by word.",
        discussion: "Without colours, [-these words-] were removed and {+these+} were added."
    )

    @Argument(help: "Identifier of the article, the beginning of one, a URL, or a file.")
    var article: String

    @Option(help: "The versions to compare, such as 1..3; the last two without it.")
    var versions: String?

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws { _ = try numbers() }

    func run() async throws {
        let reference = PageAddress.reference(article)
        let numbers = try numbers()
        let found = try await options.read { (store) throws(StorageFailure) in
            try await store.difference(reference, versions: numbers)
        }
        guard let found else {
            throw ProgramFailure(
                .noInput,
                "The store has no article \(article). Type wirecopy search WORDS to find one."
            )
        }
        if output.json { return Terminal.printReport(found) }
        guard found.from.n != found.to.n else {
            return Terminal.note("The article has one version.")
        }
        let text = ScreenText(columns: Terminal.columns, isColoured: Terminal.showsColours)
        DiffScreen(found, text).lines.forEach { Terminal.print($0) }
    }

    private func numbers() throws -> (from: Int, to: Int)? {
        guard let versions else { return nil }
        let parts = versions.split(separator: ".", omittingEmptySubsequences: true)
        let numbers = parts.compactMap { Int($0) }
        guard versions.contains(".."), numbers.count == 2, parts.count == 2 else {
            throw ValidationError("\(versions) are no versions; type them as 1..3.")
        }
        return (numbers[0], numbers[1])
    }
}

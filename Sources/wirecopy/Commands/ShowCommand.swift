import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy show ARTICLE`: one article with what was found in it.
struct ShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Show an article: text, names, statements, sources, evidence, versions."
    )

    @Argument(help: "Identifier of the article, the beginning of one, a URL, or a file.")
    var article: String

    @Flag(help: "Show where each field came from and what was left out of the page.")
    var why = false

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let reference = PageAddress.reference(article)
        let found = try await options.read { (store) throws(StorageFailure) in
            try await store.article(reference)
        }
        guard let found else {
            throw ProgramFailure(
                .noInput,
                "The store has no article \(article). Type wirecopy search WORDS to find one."
            )
        }
        if output.json { return Terminal.printReport(found) }
        ArticleScreen(found, explains: why).lines.forEach { Terminal.print($0) }
    }
}

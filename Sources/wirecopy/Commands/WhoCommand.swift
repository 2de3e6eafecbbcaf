import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy who NAME`: a person, organisation, place, ... over all articles.
struct WhoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "who",
        abstract: "Show who somebody is: names, roles over time, statements, company, articles.",
        discussion: """
            An exact name of several words wins, else whoever most articles name. What the articles
            call by one name is one here; wirecopy alias tells names apart, or together.
            """
    )

    @Argument(help: "Words of the name, in any order, or the number of an entity: #12.")
    var name: [String]

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let words = name.joined(separator: " ")
        let found = try await options.read { (store) throws(StorageFailure) in
            try await store.entity(words)
        }
        guard let found else {
            throw ProgramFailure(
                .noInput,
                "No article names \(words). Give fewer words, or the beginning of one with *."
            )
        }
        if output.json { return Terminal.printReport(found) }
        let screen = EntityScreen(
            found,
            ScreenText(columns: Terminal.columns, isColoured: Terminal.showsColours)
        )
        screen.lines.forEach { Terminal.print($0) }
    }
}

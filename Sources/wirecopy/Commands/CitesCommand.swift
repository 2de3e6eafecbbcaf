import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy cites OUTLET`: who cites an outlet, and whom it cites.
struct CitesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cites",
        abstract: "Show who cites an outlet, and on whom it rests itself.",
        discussion: """
            ORIGINS counts articles that are no copies of another: forty copies of an agency's
            report are one.
            """
    )

    @Argument(help: "Host of the outlet, its name, or the name by which others cite it.")
    var outlet: [String]

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let name = outlet.joined(separator: " ")
        let report = try await options.read { (store) throws(StorageFailure) in
            try await store.citations(of: name)
        }
        if output.json { return Terminal.printReport(report) }
        guard !report.names.isEmpty || !report.hosts.isEmpty else {
            throw ProgramFailure(
                .noInput,
                "The store has no outlet \(name), and nobody cites one. Try its host."
            )
        }
        show(report)
    }

    private func show(_ report: CitationReport) {
        if !report.names.isEmpty {
            Terminal.note("cited as " + report.names.map(Terminal.safe).joined(separator: ", "))
        }
        var citing = Table([
            ("CITED BY", .left), ("ARTICLES", .right), ("ORIGINS", .right), ("FIRST", .left),
            ("LAST", .left), ("NAME", .left),
        ])
        for outlet in report.citedBy {
            citing.add([
                outlet.host, String(outlet.articles), String(outlet.origins),
                Day.text(milliseconds: outlet.firstMs), Day.text(milliseconds: outlet.lastMs),
                outlet.siteName ?? "",
            ])
        }
        if !citing.isEmpty {
            citing.lines(columns: Terminal.columns).forEach { Terminal.print($0) }
        }
        guard !report.cites.isEmpty else { return }
        var cited = Table([
            ("CITES", .left), ("ARTICLES", .right), ("ORIGINS", .right), ("WHO RESTS ON", .left),
        ])
        for source in report.cites {
            cited.add([
                source.name, String(source.articles), String(source.origins), source.citing ?? "",
            ])
        }
        if !citing.isEmpty { Terminal.print("") }
        cited.lines(columns: Terminal.columns).forEach { Terminal.print($0) }
    }
}

import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage
import WirecopyWeb

/// `wirecopy sql QUERY`: SQL that reads the store.
struct SQLCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sql",
        abstract: "Ask the store in SQL; only what reads is run, within limits.",
        discussion: """
            The views are described in docs/guides/sql-views.md:
            wirecopy sql "SELECT host, count(*) FROM v_article GROUP BY host ORDER BY 2 DESC"
            """
    )

    @Argument(help: "One statement that reads.")
    var query: String

    @Option(help: "Most rows to give.")
    var rows = 1000

    @Option(help: "Seconds that the query may take.")
    var seconds = 10

    @Flag(help: "Write the rows as CSV (RFC 4180).")
    var csv = false

    @OptionGroup var options: StoreOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard rows > 0, seconds > 0 else { throw ValidationError("The limits are above zero.") }
        guard !(csv && output.json) else { throw ValidationError("Give --csv or --json.") }
    }

    func run() async throws {
        let asked = SQLQuery(query, rowsMax: rows, timeMax: .seconds(seconds))
        let report: SQLReport
        do throws(StorageFailure) {
            report = try ArticleStore.answer(asked, path: options.path)
        } catch {
            throw ProgramFailure(error)
        }
        if output.json { return Terminal.printReport(report) }
        if csv {
            Terminal.print(CSV.row(report.columns))
            report.rows.forEach { Terminal.print(CSV.row($0.map(\.text))) }
        } else {
            show(report)
        }
        let more = report.isCut ? "; there are more: --rows" : ""
        Terminal.note("\(Quantity.count(report.rows.count, "row"))\(more)")
    }

    private func show(_ report: SQLReport) {
        guard !report.columns.isEmpty else { return }
        var table = Table(
            report.columns.indices.map { index in
                let isNumeric = report.rows.allSatisfy { row in
                    switch row[index] {
                    case .integer, .real, .null: true
                    case .text: false
                    }
                }
                return (report.columns[index], isNumeric ? .right : .left)
            }
        )
        for row in report.rows {
            table.add(row.map { $0.text.replacing("\n", with: " ") })
        }
        table.lines(columns: Terminal.columns).forEach { Terminal.print($0) }
    }
}

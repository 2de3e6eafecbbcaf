import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy store`: looks after the file of the store.
struct StoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Check the store, or copy it while it is in use.",
        subcommands: [Check.self, Backup.self]
    )

    /// `store check`
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "check",
            abstract:
                "Check the file and the rules that its rows keep; exit with 1 if any is broken."
        )

        @Flag(
            help: "Compare the search indexes with the texts, too; storage workers wait meanwhile."
        )
        var indexes = false

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            _ = options.program.startLogging("wirecopy")
            let report: StoreCheckReport
            do throws(StorageFailure) {
                report = try StoreCare(path: options.path).check(includesIndexes: indexes)
            } catch {
                throw ProgramFailure(error)
            }
            if output.json { Terminal.printReport(report) } else { show(report) }
            guard report.isSound else {
                throw ProgramFailure(
                    .incomplete,
                    "The store is not sound. Restore a backup, or send what is missing again with "
                        + "wirecopy replay --stage store."
                )
            }
        }

        private func show(_ report: StoreCheckReport) {
            for finding in report.findings {
                Terminal.print(
                    Terminal.safe(
                        "Broken: \(finding.rule) "
                            + "Not so for \(finding.count), such as \(finding.example)."
                    )
                )
            }
            let verdict = report.isSound ? "sound" : "not sound"
            let indexes = report.indexesChecked ? "" : "; --indexes compares the search indexes too"
            Terminal.note(
                "\(Quantity.count(report.articles, "article")), "
                    + "\(Quantity.count(report.rules, "rule")): \(verdict)\(indexes)"
            )
        }
    }

    /// `store backup`
    struct Backup: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "backup",
            abstract: "Copy the store, as it is at one moment, to a new file."
        )

        @Argument(help: "File to write, which must not be there yet.")
        var file: String

        @OptionGroup var options: StoreOptions

        func run() async throws {
            _ = options.program.startLogging("wirecopy")
            try backUp(options.path, to: file)
        }
    }

    /// Copies a store and tells its size.
    static func backUp(_ path: String, to target: String) throws(ProgramFailure) {
        do throws(StorageFailure) {
            let bytes = try StoreCare(path: path).backUp(to: target)
            Terminal.note("\(target), \(Quantity.bytes(bytes))")
        } catch {
            throw ProgramFailure(error)
        }
    }
}

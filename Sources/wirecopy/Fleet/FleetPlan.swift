import ArgumentParser
import Foundation
import WirecopyProgram

/// How many workers of each stage are started on this machine.
struct FleetPlan: ParsableArguments {
    @Option(help: "Fetcher processes.")
    var fetchers = 1

    @Option(help: "Parser processes.")
    var parsers = 1

    @Option(help: "Entity extractor processes.")
    var extractors = 1

    @Option(help: "Storage processes.")
    var storages = 1

    @Flag(
        inversion: .prefixedNo,
        help: "Let the fetcher connect to private and loopback addresses."
    )
    var allowPrivateAddresses = Configuration.current.boolean(.allowPrivateAddresses)

    @Option(help: "Folder with rules for sites, for the parsers.")
    var siteRules: String?

    @Option(help: "File that says which names mean one thing, for the entity extractors.")
    var aliases: String?

    func validate() throws {
        for count in [fetchers, parsers, extractors, storages] where !(0...64 ~= count) {
            throw ValidationError("A number of processes must be between 0 and 64.")
        }
    }

    /// Programs and arguments of all workers, for a broker at `endpoint`.
    func workers(endpoint: String, directory: DataDirectory) -> [WorkerPlan] {
        let broker = ["--broker", endpoint]
        let fetching = broker + (allowPrivateAddresses ? ["--allow-private-addresses"] : [])
        let rules = siteRules ?? Configuration.current.text(.siteRules)
        let parsing = broker + (rules.map { ["--site-rules", $0] } ?? [])
        let list = aliases ?? Configuration.current.text(.aliases)
        let extracting = broker + (list.map { ["--aliases", $0] } ?? [])
        let kinds: [(String, Int, [String])] = [
            ("wirecopy-fetcher", fetchers, fetching),
            ("wirecopy-parser", parsers, parsing),
            ("wirecopy-entity-extractor", extractors, extracting),
            ("wirecopy-storage", storages, broker + ["--store", directory.store]),
        ]
        return kinds.flatMap { program, count, arguments in
            (0..<count).map { number in
                WorkerPlan(program: program, number: number + 1, arguments: arguments)
            }
        }
    }
}

/// One worker to start.
struct WorkerPlan: Sendable {
    /// Name of the program.
    let program: String
    /// Counted from 1 among the workers of the same program.
    let number: Int
    /// What it is started with.
    let arguments: [String]

    /// The file for its log lines.
    func log(in directory: DataDirectory) -> URL {
        URL(filePath: "\(directory.logs)/\(program)-\(number).log")
    }
}

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

    /// Where the web page is served beside the workers; `nil` for a fleet that ends with a command.
    var pageAddress: String?

    /// What flags say; the page is no flag of its own here.
    private enum CodingKeys: CodingKey {
        case fetchers, parsers, extractors, storages, allowPrivateAddresses, siteRules, aliases
    }

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
        // A store that is configured, maybe with a password, is read from there by the worker too.
        let isStoreNamed = Configuration.current.text(.store) != nil
        let storing = isStoreNamed ? [] : ["--store", directory.store]
        let kinds: [(String, Int, [String])] = [
            ("wirecopy-fetcher", fetchers, fetching),
            ("wirecopy-parser", parsers, parsing),
            ("wirecopy-entity-extractor", extractors, extracting),
            ("wirecopy-storage", storages, broker + storing),
        ]
        return kinds.flatMap { program, count, arguments in
            (0..<count).map { number in
                WorkerPlan(program: program, number: number + 1, arguments: arguments)
            }
        }
    }
}

extension FleetPlan {
    /// The program that serves the web page, or nothing where none was asked for.
    func page(directory: DataDirectory) -> [WorkerPlan] {
        guard let pageAddress else { return [] }
        let arguments = ["--data", directory.path, "--listen", pageAddress]
        return [WorkerPlan(program: "wirecopy-web", number: 1, arguments: arguments)]
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

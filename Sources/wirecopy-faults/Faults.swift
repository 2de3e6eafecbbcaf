import ArgumentParser
import Foundation
import WirecopyProgram

/// Breaks a running installation in one way after another and checks that nothing is lost.
@main
struct Faults: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-faults",
        abstract: "Break real programs, disks, clocks and networks; lose nothing.",
        subcommands: [RunFaults.self, PoisonParser.self],
        defaultSubcommand: RunFaults.self
    )

    static func main() async { await runEndingWithStatus("wirecopy-faults") }
}

/// `wirecopy-faults [NAME...]`: one JSON line a fault.
struct RunFaults: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Cause faults; status 1 when anything was lost, doubled or crashed.",
        discussion: "NAME is one of \(FaultName.list); all of them if none is given."
    )

    @Argument(help: "What to cause.")
    var names: [FaultName] = []

    @Flag(help: "Fewer pages and fewer faults, for every day.")
    var short = false

    @Option(help: "Seed of moments, victims and damage.")
    var seed: UInt64 = 1

    @Option(help: "Pages, instead of what suits the fault.")
    var pages: Int?

    @Option(help: "The library that scripts/fault-test builds from scripts/fault-shim.c.")
    var shim: String?

    @Option(help: "Folder for the installations; those that broke are kept.")
    var folder = FileManager.default.temporaryDirectory.path

    func validate() throws {
        guard pages.map({ 10...1_000_000 ~= $0 }) ?? true else {
            throw ValidationError("--pages is 10 to 1000000.")
        }
    }

    func run() throws {
        var broken: [String] = []
        for name in names.isEmpty ? FaultName.allCases : names {
            let plan = FaultPlan(
                name: name,
                isShort: short,
                seed: seed,
                pages: pages,
                shim: shim,
                folder: folder
            )
            let result = plan.run()
            // At once, also into a file: a long run is watched.
            try FileHandle.standardOutput.write(contentsOf: Data((result.line() + "\n").utf8))
            if !result.holds { broken.append(name.rawValue) }
        }
        guard broken.isEmpty else {
            throw ProgramFailure(.incomplete, "It did not hold: \(broken.joined(separator: ", ")).")
        }
    }
}

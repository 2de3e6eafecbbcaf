import ArgumentParser
import Foundation
import WirecopyProgram
import WirecopySimulation

/// Runs the pipeline in this process, seed after seed: one JSON line on standard output, and each
/// seed of which something did not hold, with its last events, on standard error.
@main
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-simulate",
        abstract: "Run the whole pipeline in one process, from seeds, with everything going wrong.",
        discussion: "Build it with --configuration release. A seed always gives the same events."
    )

    /// Seeds that are shown; more of them fail for the same reason.
    private static let failuresMax = 5

    @Option(help: "Seeds to run: one, or a range such as 1..10000.")
    private var seeds = "1..100"

    @Option(help: "What goes wrong: \(words(Scenario.self)).")
    private var scenario = Scenario.storm

    @Option(help: "Pages that are published; the seed decides when it is not given.")
    private var pages: Int?

    @Option(help: "A part that lies, which must be noticed: \(words(Mutant.self)).")
    private var mutant: Mutant?

    @Option(help: "Events shown of a seed that fails.")
    private var events = 40

    func run() throws {
        let start = ContinuousClock.now
        var tally = SimulationTally()
        for seed in try range() where tally.failures < Self.failuresMax {
            let result = simulation(seed, linesMax: 0).run()
            tally.add(result.tally)
            if !result.findings.isEmpty { show(simulation(seed, linesMax: events).run()) }
        }
        let seconds = (ContinuousClock.now - start) / .seconds(1)
        print(tally.line(of: scenario, seconds: seconds))
        if tally.failures > 0 { throw ExitCode(ExitStatus.incomplete.rawValue) }
    }

    private func range() throws -> ClosedRange<Int> {
        let ends = seeds.components(separatedBy: "..").map { Int($0) }
        guard let first = ends.first ?? nil, let last = ends.last ?? nil, ends.count <= 2,
            first <= last
        else {
            throw ValidationError("--seeds is a number, or two with .. between: 1..10000.")
        }
        return first...last
    }

    private func simulation(_ seed: Int, linesMax: Int) -> Simulation {
        Simulation(
            seed: seed,
            scenario: scenario,
            pages: pages,
            mutant: mutant,
            linesMax: linesMax
        )
    }

    private func show(_ result: SimulationResult) {
        var again = "wirecopy-simulate --seeds \(result.seed) --scenario \(scenario.rawValue)"
        if let pages { again += " --pages \(pages)" }
        if let mutant { again += " --mutant \(mutant.rawValue)" }
        let lines =
            ["", "The last events of seed \(result.seed):"] + result.lines.suffix(events)
            + ["", "Seed \(result.seed) failed:"] + result.findings
            + ["Run it again with: \(again)", ""]
        FileHandle.standardError.write(Data(lines.joined(separator: "\n").utf8))
    }

    private static func words<Word: CaseIterable & RawRepresentable<String>>(
        _ type: Word.Type
    ) -> String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}

extension Scenario: ExpressibleByArgument {}
extension Mutant: ExpressibleByArgument {}

extension SimulationTally {
    /// One line of JSON with sorted keys.
    fileprivate func line(of scenario: Scenario, seconds: Double) -> String {
        let counts: [(String, Int)] = [
            ("crashes", crashes), ("deliveries", deliveries), ("events", events),
            ("failures", failures), ("lost", lost), ("messages", messages), ("seeds", seeds),
            ("retired_pages", retired), ("simulated_s", simulatedMilliseconds / 1000),
            ("syncs", syncs),
            ("torn_sectors", tornSectors), ("twice", twice),
        ]
        let kinds = faults.map { "\"\($0.key.rawValue)\":\($0.value)" }.sorted()
        var fields = counts.map { "\"\($0.0)\":\($0.1)" }
        fields.append("\"faults\":{\(kinds.joined(separator: ","))}")
        fields.append("\"scenario\":\"\(scenario.rawValue)\"")
        fields.append("\"seconds\":\(String(format: "%.1f", seconds))")
        return "{\(fields.sorted().joined(separator: ","))}"
    }
}

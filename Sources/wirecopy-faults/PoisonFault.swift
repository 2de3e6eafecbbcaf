import ArgumentParser
import Glibc
import WirecopyMessages
import WirecopyParse
import WirecopyProgram
import WirecopyWorker

/// One page in a hundred kills every parser that takes it; all others must come through.
enum PoisonFault {
    /// Which page of a hundred.
    static let number = 37

    static func run(_ plan: FaultPlan, _ result: inout FaultResult) throws {
        let pages = plan.pages(short: 200, long: 1000)
        let poisoned = (0..<pages).count { $0 % 100 == number }
        try plan.withRig(&result, pages: pages, given: poisoned) { rig, result in
            try rig.startBroker()
            for kind in WorkerKind.allCases where kind != .parser { try rig.startWorker(kind) }
            for _ in 0..<2 { rig.adopt(try parser(rig), as: .parser) }
            let adding = try rig.add(0..<pages)
            var deaths = 0
            let isDone = try Wait.until(within: plan.isShort ? 240 : 1200) {
                deaths += try replaceDead(rig)
                // The others come through long before the poisonous ones are given up.
                Wait.pass(0.3)
                guard rig.handled >= pages - poisoned else { return false }
                return rig.isAtRest
            }
            result.expect(isDone, "The pages did not come to an end: \(rig.handled) are handled.")
            try rig.finish(adding)
            result.figures["poisonous"] = poisoned
            result.figures["parsers_killed"] = deaths
            let dead = rig.ledger()?.count(.dead) ?? 0
            result.expect(
                dead == poisoned,
                "\(dead) pages were given up, \(poisoned) are poisonous."
            )
        }
    }

    private static func parser(_ rig: Rig) throws -> RigProgram {
        let arguments = ["poison-parser", "--broker", rig.endpoint, "--slots", "2"]
        return try rig.start("wirecopy-faults", arguments)
    }

    /// Starts a parser for each that died of poison.
    private static func replaceDead(_ rig: Rig) throws -> Int {
        let dead = (rig.workers[.parser] ?? []).filter { !$0.isRunning }
        for program in dead {
            rig.note(program, expecting: -SIGKILL)
            rig.adopt(try parser(rig), as: .parser)
        }
        rig.forgetEnded(.parser)
        return dead.count
    }
}

/// A parser that dies of some pages, as one with a fault would.
struct PoisonParser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "poison-parser",
        abstract: "A parser that one page in a hundred kills.",
        shouldDisplay: false
    )

    @OptionGroup var worker: WorkerOptions

    func run() async {
        await worker.run("wirecopy-faults") { () throws(ProgramFailure) in
            do throws(ParseFailure) {
                return PoisonStage(stage: try ParseStage())
            } catch {
                throw ProgramFailure(.softwareError, error.message)
            }
        }
    }
}

/// The real stage, but for poison.
private struct PoisonStage: Stage {
    let stage: ParseStage

    var name: StageName { stage.name }
    var version: String { stage.version }

    func process(_ input: StageInput<FetchedPage>) async throws(StageFailure) -> [StageOutput] {
        let last = input.envelope.subject.split(separator: "/").last ?? ""
        if let page = Int(last), page % 100 == PoisonFault.number { kill(getpid(), SIGKILL) }
        return try await stage.process(input)
    }
}

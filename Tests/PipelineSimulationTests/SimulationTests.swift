import Testing
import WirecopySimulation

/// The short form of what `scripts/simulate` runs at length.
struct SimulationTests {
    @Test func `the same seed gives the same events, byte for byte`() {
        for scenario in Scenario.allCases {
            let runs = (1...2).map { _ in
                Simulation(seed: 11, scenario: scenario, pages: 8, linesMax: .max / 4).run()
            }
            #expect(runs[0].lines.count > 100)
            #expect(runs[0].lines == runs[1].lines, "\(scenario)")
            #expect(runs[0].digest == runs[1].digest)
        }
    }

    @Test func `another seed gives other events`() {
        let digests = (1...20).map { Simulation(seed: $0, scenario: .calm, pages: 4).run().digest }
        #expect(Set(digests).count == 20)
    }

    @Test(arguments: Scenario.allCases)
    func `nothing is lost and nothing is stored twice`(_ scenario: Scenario) {
        var tally = SimulationTally()
        for seed in 1...Self.seeds(scenario) {
            let result = Simulation(seed: seed, scenario: scenario, pages: 12).run()
            tally.add(result.tally)
            let again =
                "wirecopy-simulate --seeds \(seed) --scenario \(scenario.rawValue) --pages 12"
            #expect(result.findings == [], "Run it again with: \(again)")
        }
        #expect(tally.lost == 0)
        #expect(tally.twice == 0)
        #expect(tally.messages > 0)
    }

    /// A part that lies must be noticed, or the simulation proves nothing.
    @Test(arguments: [
        (Mutant.idleSync, Scenario.powerLoss), (.earlyAnswer, .powerLoss),
        (.earlyAnswer, .crashes), (.forgottenOutputs, .crashes), (.lostRelease, .deploy),
    ])
    func `a part that lies is noticed within twenty seeds`(
        _ mutant: Mutant,
        _ scenario: Scenario
    ) {
        let noticed = (1...20).first { seed in
            !Simulation(seed: seed, scenario: scenario, mutant: mutant).run().findings.isEmpty
        }
        #expect(noticed != nil, "\(mutant.rawValue) was not noticed.")
    }

    private static func seeds(_ scenario: Scenario) -> Int {
        switch scenario {
        case .calm: 4
        case .powerLoss: 50
        case .flood, .clock: 8
        case .storm: 20
        case .deploy, .crashes, .network, .disk, .poison: 15
        }
    }
}

import Testing
import WirecopySimulation

struct SimulationTests {
    @Test func `calm seeds run`() {
        let result = Simulation(seed: 1, scenario: .calm).run()
        #expect(result.findings == [])
    }
}

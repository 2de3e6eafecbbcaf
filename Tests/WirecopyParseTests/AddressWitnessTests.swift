import Testing

@testable import WirecopyParse

@Suite struct AddressWitnessTests {
    private let witness = AddressWitness(
        "https://post.example/2024/05/29/lenne-rises-after-rain.html"
    )

    private func stems(_ text: String) -> Set<UInt64> { LineStems.stems(of: FoldedLine(text)) }

    @Test func `a headline shares its words with its address, another line does not`() {
        let headline = witness.shares(with: stems("Lenne rises after a night of rain"))
        let menu = witness.shares(with: stems("Sport and weather"))
        #expect(headline.allSatisfy { $0 > 0.5 })
        #expect(menu == [0, 0])
    }

    @Test func `its day agrees with one day`() throws {
        let day = try #require(CalendarDate(year: 2024, month: 5, day: 29))
        let other = try #require(CalendarDate(year: 2024, month: 5, day: 30))
        #expect(witness.agreement(with: day) == 1)
        #expect(witness.agreement(with: other) == -1)
    }

    @Test(arguments: ["", "file:///pages/2024/05/29/river-rises-after-rain.txt"])
    func `the name of a saved copy says nothing`(_ url: String) throws {
        let witness = AddressWitness(url)
        let day = try #require(CalendarDate(year: 2024, month: 5, day: 29))
        #expect(witness.shares(with: stems("River rises after rain")) == [-1, -1])
        #expect(witness.agreement(with: day) == 0)
    }
}

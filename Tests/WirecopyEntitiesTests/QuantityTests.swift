import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct QuantityTests {
    @Test(arguments: [
        ("The crew tested 44 of the 64 drones.", "44 of the 64: 44 of 64 [drones] (tested)"),
        ("The flood killed at least 12 people.", "at least 12: 12 [people] (killed) at_least"),
        ("They shot down four drones.", "four: 4 [drones] (shot down)"),
        ("It left twelve dead.", "twelve: 12 (dead)"),
        (
            "Some 30 Quillish sailors were later injured.",
            "Some 30: 30 [Quillish sailors] (injured) about"
        ),
        ("The road is about 300 kilometres long.", "about 300 kilometres: 300 kilometre about"),
        (
            "Nearly 60 percent of voters stayed away.",
            "Nearly 60 percent: 60 percent [voters] (stayed) about"
        ),
        (
            "They sell 2.5 million barrels of crude oil.",
            "2.5 million barrels: 2500000 barrel [crude oil]"
        ),
        ("Between 10 and 15 boats sank.", "Between 10 and 15: 10..15 [boats]"),
        ("It takes 10 to 15 minutes.", "10 to 15 minutes: 10..15 minute"),
        ("Winds of 60–80 mph came.", "60–80 mph: 60..80 mile_per_hour"),
        ("A 44-year-old man slept.", "44-year-old: 44 year_of_age [man]"),
        ("Dozens of boats came.", "Dozens: 24.. [boats] about"),
        ("Tens of thousands of birds flew.", "Tens of thousands: 20000.. [birds] about"),
        (
            "No more than two hundred and fifty guests may come.",
            "No more than two hundred and fifty: 250 [guests] at_most"
        ),
        ("The death toll rose to 58.", "58: 58 [death toll]"),
        ("The number of cases fell from 90 to 58.", "90: 90 [cases]"),
        ("It was −5 °C outside.", "−5 °C: -5 degree_celsius"),
        ("The lake has 160 square miles.", "160 square miles: 160 square_mile"),
        ("Half a million people came.", "Half a million: 500000 [people]"),
        ("Two and a half years went by.", "Two and a half years: 2.5 year"),
        ("The boat is 23 m long.", "23 m: 23 metre"),
        ("It blew at 8 m/s.", "8 m/s: 8 metre_per_second"),
        ("It took 18+ years.", "18+ years: 18 year (took) at_least"),
        ("2m people came.", "2m: 2000000 [people]"),
        (
            "A 10-member board met 17 out of 18 of the town's mayors.",
            "17 out of 18: 17 of 18 [mayors]"
        ),
    ])
    func `a quantity has number, unit, subject and predicate`(text: String, value: String) throws {
        let amounts = try ReadText(text).amounts
        #expect(amounts.first == value)
    }

    @Test(arguments: [
        ("It costs $5.", "$5: 5 USD"),
        ("They raised US$1.5 billion in aid.", "US$1.5 billion: 1500000000 USD [aid] (raised)"),
        ("It has $5 billion approved last year.", "$5 billion: 5000000000 USD (approved)"),
        ("A fine of £200m came.", "£200m: 200000000 GBP"),
        (
            "It took five to six million euros.",
            "five to six million euros: 5000000..6000000 EUR (took)"
        ),
        ("About 300 Swiss francs.", "About 300 Swiss francs: 300 CHF about"),
        ("He has 40 pesos.", "40 pesos: 40 money"),
        ("They want $10-15 million.", "$10-15 million: 10000000..15000000 USD"),
        ("It is worth EUR 3bn.", "EUR 3bn: 3000000000 EUR"),
        ("He owes a million dollars.", "a million dollars: 1000000 USD"),
        ("It cost 3 million pounds.", "3 million pounds: 3000000 GBP (cost)"),
        ("It weighs 3 pounds.", "3 pounds: 3 pound"),
    ])
    func `money has a currency`(text: String, value: String) throws {
        #expect(try ReadText(text).amounts == [value])
    }

    @Test(arguments: [
        "Flight 370 left at 10:30 from room 12.", "It was 9/11 again, at 7 p.m. or 1800 UTC.",
        "1. Rain", "He won 3-1.", "One of them left, and no one came back.", "Category 5 storms",
        "The second day", "Quillcon 2019 returned.", "The 18th chapter", "He ran over the hill.",
    ])
    func `a number that names, orders or tells the time is no quantity`(text: String) throws {
        #expect(try ReadText(text).amounts == [])
    }

    @Test func `the age behind a person's name is a quantity`() throws {
        let read = try ReadText("Mary Quillon, 44, met John Larch.")
        #expect(read.amounts == ["44: 44 year_of_age [Mary Quillon]"])
    }

    @Test func `a number inside of a name is no quantity`() throws {
        let read = try ReadText("They sent two Leopard 2 tanks of the 5th Quill Brigade.")
        #expect(read.amounts == ["two: 2 [Leopard 2 tanks] (sent)"])
    }

    @Test func `two numbers with from and to are two values`() throws {
        let read = try ReadText("Prices rose from 6% to 11%.")
        #expect(read.amounts == ["6%: 6 percent", "11%: 11 percent"])
    }

    @Test func `decimals keep all their digits`() {
        #expect(ExactDecimal(Array("1,234.50".utf8)[...])?.text == "1234.5")
        #expect(ExactDecimal(Array("0.05".utf8)[...])?.scaled(by: 6).text == "50000")
        #expect(ExactDecimal(Array("2.5".utf8)[...])?.scaled(by: 9).text == "2500000000")
        #expect(ExactDecimal(Array("1.2.3".utf8)[...]) == nil)
        #expect(ExactDecimal(Array("1234567890123456".utf8)[...]) == nil)
    }
}

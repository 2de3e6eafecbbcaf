import Testing

@testable import WirecopyParse

@Suite struct DateReaderTests {
    @Test(
        arguments: [
            ("2024-05-29", "2024-05-29"),
            ("2024-05-29T14:03:00+02:00", "2024-05-29T14:03:00+02:00"),
            ("2024-05-29T14:03:00.250Z", "2024-05-29T14:03:00Z"),
            ("2024-05-29 14:03", "2024-05-29T14:03:00"),
            ("2024-05-29T14:03+0530", "2024-05-29T14:03:00+05:30"),
            ("Wed, 29 May 2024 14:03:07 GMT", "2024-05-29T14:03:07Z"),
            ("20240529", "2024-05-29"),
            ("20240529140307", "2024-05-29T14:03:07"),
            ("1716991387", "2024-05-29T14:03:07.000Z"),
            ("May 29, 2024 2:03 p.m. EDT", "2024-05-29T14:03:00-04:00"),
            ("May.29 - 2024 7:37 AM CET", "2024-05-29T07:37:00+01:00"),
            ("29. Mai 2024, 14.03 Uhr", "2024-05-29T14:03:00"),
            ("mercredi 29 mai 2024 à 14h03", "2024-05-29T14:03:00"),
            ("29 de mayo de 2024", "2024-05-29"),
            ("29 мая 2024, 14:03", "2024-05-29T14:03:00"),
            ("2024年5月29日 14:03", "2024-05-29T14:03:00"),
            ("4:19 PM, May 29, 2024", "2024-05-29T16:19:00"),
            ("Published May 2024", "2024-05"),
            ("29/05/2024", "2024-05-29"),
            ("5/29/2024", "2024-05-29"),
            ("29.5.24", "2024-05-29"),
            ("29-May-2024", "2024-05-29"),
            ("May, 29 2024", "2024-05-29"),
            ("2024. május 29.", "2024-05-29"),
            ("2024 m. gegužės 29 d.", "2024-05-29"),
            ("2024. gada 29. maijā", "2024-05-29"),
            ("29. мај 2024.", "2024-05-29"),
            ("29 مايو، 2024", "2024-05-29"),
            ("٢٩ مايو ٢٠٢٤", "2024-05-29"),
            ("২৯ মে ২০২৪", "2024-05-29"),
            ("२९ मई २०२४", "2024-05-29"),
            ("29 במאי 2024", "2024-05-29"),
            ("２０２４年５月２９日", "2024-05-29"),
        ]
    )
    func `a date is read in the form in which pages write it`(text: String, expected: String) {
        let date = DateReader.machineDate(text)?.rfc3339
        #expect(date == expected.replacing(".000Z", with: "Z"))
    }

    @Test(arguments: [
        "", "1.2.3", "32 May 2024", "2024-13-01", "30 February 2024", "call 555 1234",
    ])
    func `what is no date gives none`(text: String) {
        #expect(DateReader.machineDate(text) == nil)
    }

    @Test func `an ambiguous numeric date follows the order of the place`() {
        let european = DateReader(order: .dayFirst).firstDate(in: "03/04/2024")
        let american = DateReader(order: .monthFirst).firstDate(in: "03/04/2024")
        #expect(european?.date.rfc3339 == "2024-04-03")
        #expect(american?.date.rfc3339 == "2024-03-04")
    }

    @Test func `an ambiguous numeric date keeps the day of the other order`() {
        let reader = DateReader(order: .dayFirst)
        #expect(reader.firstDate(in: "03/04/2024")?.otherOrder?.rfc3339 == "2024-03-04")
        #expect(reader.firstDate(in: "04/04/2024")?.otherOrder == nil)
        #expect(reader.firstDate(in: "13/04/2024")?.otherOrder == nil)
    }

    @Test func `a day is found again from its number`() throws {
        for day in [(1999, 1, 1), (2000, 2, 29), (2024, 12, 31), (2026, 3, 1)] {
            let date = try #require(CalendarDate(year: day.0, month: day.1, day: day.2))
            #expect(CalendarDate(dayNumber: date.dayNumber) == date)
        }
    }

    @Test func `points put the day first everywhere`() {
        let date = DateReader(order: .monthFirst).firstDate(in: "03.04.2024")
        #expect(date?.date.rfc3339 == "2024-04-03")
    }

    @Test func `a date without a year becomes the last such day and is marked`() throws {
        let latest = try #require(CalendarDate(year: 2024, month: 3, day: 1))
        let reader = DateReader(latest: latest)
        let before = try #require(reader.firstDate(in: "Feb. 27"))
        let after = try #require(reader.firstDate(in: "December 24"))
        #expect(before.date.rfc3339 == "2024-02-27")
        #expect(after.date.rfc3339 == "2023-12-24")
        #expect(before.isYearInferred && after.isYearInferred)
        #expect(DateReader().firstDate(in: "Feb. 27") == nil)
    }

    @Test func `minutes of reading are no offset`() {
        let date = DateReader.machineDate("May 29, 2024 10:30 - 5 min read")
        #expect(date?.rfc3339 == "2024-05-29T10:30:00")
    }

    @Test(
        arguments: [
            ("https://news.example/2024/05/29/river-rises", "2024-05-29"),
            ("https://news.example/world/20240529-river", "2024-05-29"),
            ("https://news.example/2024/may/29/river", "2024-05-29"),
        ]
    )
    func `an address gives its day`(url: String, expected: String) {
        #expect(URLDate.date(in: url)?.rfc3339 == expected)
    }

    @Test(arguments: ["https://news.example/2024/05/", "https://news.example/a?d=2024/05/29", "x"])
    func `an address without a day gives none`(url: String) {
        #expect(URLDate.date(in: url) == nil)
    }
}

import Testing
import WirecopyMessages

@testable import WirecopyEntities

struct StatedDateTests {
    /// A Wednesday.
    private static let published = "2024-05-29T14:03:00+02:00"

    @Test(arguments: [
        ("He spoke on Tuesday.", "Tuesday: 2024-05-28 day"),
        ("He spoke on Wednesday.", "Wednesday: 2024-05-29 day"),
        ("They will meet on Tuesday.", "Tuesday: 2024-06-04 day"),
        ("They are set to meet in Quill on Friday.", "Friday: 2024-05-31 day"),
        ("Quill said late on Tuesday nobody would go.", "Tuesday: 2024-05-28 day"),
        ("She announced that from Friday, it would close.", "Friday: 2024-05-31 day"),
        ("It rained Monday evening.", "Monday evening: 2024-05-27 day"),
        ("It rained last Wednesday.", "last Wednesday: 2024-05-22 day"),
        ("It opens next Wednesday.", "next Wednesday: 2024-06-05 day"),
        ("It rained yesterday.", "yesterday: 2024-05-28 day"),
        ("It rained last night.", "last night: 2024-05-28 day"),
        ("It rained last week.", "last week: 2024-05-20 week"),
        ("It opens next month.", "next month: 2024-06 month"),
        ("It closed last year.", "last year: 2023 year"),
        ("It closed three weeks ago.", "three weeks ago: 2024-05-06 week"),
        ("It closed a year ago.", "a year ago: 2023 year"),
        ("It closed on January 18.", "January 18: 2024-01-18 day"),
        ("It closed on December 18.", "December 18: 2023-12-18 day"),
        ("It will close on January 18.", "January 18: 2025-01-18 day"),
        ("It closed on Monday, 3 June.", "Monday, 3 June: 2024-06-03 day"),
        ("They predict rain on Saturday morning.", "Saturday morning: 2024-06-01 day"),
        ("It was to end in August.", "August: 2024-08 month"),
        ("It ran from May 3-5.", "May 3-5: 2024-05-03..2024-05-05 day"),
        ("It closed in August.", "August: 2023-08 month"),
        ("It will close in August.", "August: 2024-08 month"),
        ("It closed last March.", "last March: 2024-03 month"),
    ])
    func `a relative date is seen from the day of publication`(
        text: String,
        date: String
    ) throws {
        #expect(try ReadText(text, published: Self.published).dates == [date])
    }

    @Test(arguments: [
        ("It was on January 18, 2019.", "January 18, 2019: 2019-01-18 day"),
        ("It was on the 18th of January 2019.", "18th of January 2019: 2019-01-18 day"),
        ("It was on 2019-01-18.", "2019-01-18: 2019-01-18 day"),
        ("It began in January 2019.", "January 2019: 2019-01 month"),
        ("It began in 2019.", "2019: 2019 year"),
        ("It lived from 2014–2016.", "2014–2016: 2014..2016 year"),
        ("It lived 2019-20.", "2019-20: 2019..2020 year"),
        ("In the 1990s it grew.", "1990s: 1990 decade"),
        ("It ended mid-2019.", "mid-2019: 2019 year"),
        ("The 2013 storm broke it.", "2013: 2013 year"),
    ])
    func `a full date needs no publication`(text: String, date: String) throws {
        #expect(try ReadText(text).dates == [date])
    }

    @Test(arguments: [
        ("He spoke on Tuesday.", "Tuesday: ? day"), ("It rained last week.", "last week: ? week"),
        ("It closed on January 18.", "January 18: ? day"),
        ("It closed in August.", "August: ? month"),
    ])
    func `without a publication it stays open`(text: String, date: String) throws {
        #expect(try ReadText(text).dates == [date])
    }

    @Test(arguments: [
        "They may march on.", "Over the last week it rained.", "About 2000 people came.",
        "It was Black Friday.", "He sits every Thursday.", "It sails every second Thursday.",
        "They vote on the first Tuesday of a month.", "The Quillton This Week is a paper.",
        "The sun set at 1930 UTC.",
    ])
    func `other words name no date`(text: String) throws {
        #expect(try ReadText(text, published: Self.published).dates == [])
    }

    @Test func `the calendar counts days across years and leap years`() throws {
        let day = try #require(CalendarDay("2024-02-29"))
        #expect(day.weekday == 3)
        #expect(day.adding(days: 366)?.text == "2025-03-01")
        #expect(CalendarDay(number: day.number) == day)
        #expect(CalendarDay("1970-01-01")?.number == 0)
        #expect(CalendarDay(2023, 2, 29) == nil && CalendarDay("2024-13-01") == nil)
        #expect(CalendarDay("today") == nil)
    }

    @Test func `a publication known to the month gives no day`() throws {
        let page = FetchedPage(
            url: "https://harbour.example/1",
            origin: "file",
            fetchedAt: Instant(milliseconds: 0),
            bodyBytes: 1,
            bodyDigest: "sha256:00"
        )
        var article = ParsedArticle(
            page: page,
            encoding: "utf-8",
            paragraphs: [Paragraph(.body, "It rained on Tuesday.")]
        )
        let stage = try EntityStage()
        for (precision, date) in [(DatePrecision.month, nil), (.second, "2024-05-28")] {
            let evidence = Evidenced(Self.published, source: "hint", confidence: 1)
            article.published = PublicationDate(evidence, precision: precision)
            let stated = StatedDate(date, precision: .day)
            #expect(stage.annotated(article).values.map(\.content) == [.date(stated)])
        }
    }
}

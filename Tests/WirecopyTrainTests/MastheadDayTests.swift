import Testing

@testable import wirecopy_train

@Suite struct MastheadDayTests {
    @Test(
        arguments: [
            (0, "Saturday, March 2, 2024"), (1, "March 2, 2024"), (2, "Saturday 2 March 2024"),
            (3, "2.3.2024"),
        ]
    )
    func `the day of reading is counted over the end of a month`(form: Int, line: String) {
        #expect(MastheadDay.line(after: "2024-02-28", days: 3, form: form) == line)
    }

    @Test func `what is no day gives none`() {
        #expect(MastheadDay.line(after: "yesterday", days: 0, form: 0) == nil)
    }
}

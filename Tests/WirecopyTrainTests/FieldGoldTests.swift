import Testing

@testable import wirecopy_train

@Suite struct FieldGoldTests {
    @Test func `a truth in UTC leaves the days beside it open`() {
        #expect(FieldGold.isDay("2024-05-29", "2024-05-29", "2024-05-29T23:10:00Z") == true)
        #expect(FieldGold.isDay("2024-05-30", "2024-05-29", "2024-05-29T23:10:00Z") == nil)
        #expect(FieldGold.isDay("2024-05-31", "2024-05-29", "2024-05-29T23:10:00Z") == false)
    }

    @Test func `a truth without a zone is that day and no other`() {
        #expect(FieldGold.isDay("2024-05-30", "2024-05-29", "2024-05-29") == false)
        #expect(FieldGold.isDay("2024-05-30", "2024-05-29", nil) == false)
    }
}

import Foundation
import GRDB
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct PlacingLineTests {
    /// Stores articles at the same moment, and says how many were stored.
    private static func stored(_ count: Int, by stage: StorageStage) async -> Int {
        await withTaskGroup(of: Bool.self) { group in
            for number in 0..<count {
                group.addTask {
                    let draft = Draft.numbered(number, paragraphs: 3)
                    return (try? await stage.handle(draft)) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
    }

    private static func rows(_ table: String, _ fixture: StoreFixture) throws -> Int {
        try fixture.read { try $0.first(Int.self, "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// With `ROLLBACK`, SQLite ends the transaction while the other thread still writes rows.
    @Test(arguments: ["ABORT", "FAIL", "ROLLBACK"])
    func `an article whose place is refused leaves nothing`(_ how: String) async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            try fixture.refuse("story_article", "TRUE", how)
            #expect(await Self.stored(60, by: stage) == 0)
            for table in ["article", "article_version", "mention", "story", "handled_message"] {
                #expect(try Self.rows(table, fixture) == 0, "\(table) has rows.")
            }
            try await fixture.expectSoundIndex()
        }
    }

    @Test(arguments: ["ABORT", "ROLLBACK"])
    func `an article whose place is refused fails alone`(_ how: String) async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            try fixture.refuse("story_article", "NEW.article % 5 = 0", how)
            // Its number is free again, so that no article is lost that comes with another one.
            let stored = await Self.stored(40, by: stage)
            #expect(stored < 40)
            #expect(try Self.rows("article", fixture) == stored)
            #expect(try Self.rows("story_article", fixture) == stored)
            let report = try StoreCare(path: fixture.path).check(includesIndexes: true)
            #expect(report.findings == [])
        }
    }

    @Test func `rows that are refused leave no place behind`() async throws {
        try await StoreFixture.with { fixture in
            let stage = try await fixture.stage()
            let seventh = "(SELECT count(*) FROM handled_message) % 7 = 6"
            try fixture.refuse("handled_message", seventh, "ROLLBACK")
            let stored = await Self.stored(40, by: stage)
            #expect(stored == 6)
            #expect(try Self.rows("story_article", fixture) == stored)
            #expect(try Self.rows("article", fixture) == stored)
        }
    }
}

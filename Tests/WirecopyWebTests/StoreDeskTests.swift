import Foundation
import Testing

@testable import WirecopyStorage
@testable import WirecopyWeb

struct StoreDeskTests {
    @Test func `a question that takes too long is interrupted`() async throws {
        try await SiteFixture.with { fixture in
            let path = fixture.folder.appendingPathComponent("store.sqlite").path
            let desk = StoreDesk(path: path, limit: .milliseconds(1))
            let failure = await #expect(throws: WebFailure.self) {
                try await desk.read { (store) throws(StorageFailure) -> Int? in
                    try await store.read(to: "count for ever") { db in
                        try db.first(
                            Int.self,
                            """
                            WITH RECURSIVE number(n) AS
                                (SELECT 1 UNION ALL SELECT n + 1 FROM number)
                            SELECT max(n) FROM number
                            """
                        )
                    }
                }
            }
            // The question itself must have ended, or the test would not.
            #expect(failure?.code == .unavailable)
            #expect(failure?.message.contains("interrupted") == true)
        }
    }

    @Test func `a store that comes later is opened when it is there`() async throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("wirecopy-desk-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appendingPathComponent("store.sqlite").path
        let desk = StoreDesk(path: path, limit: SiteFixture.patience)
        let failure = await #expect(throws: WebFailure.self) {
            try await desk.read { (store) throws(StorageFailure) in try await store.articleCount() }
        }
        #expect(failure?.code == .unavailable)
        _ = try await StoreWriter.open(StoreConfiguration(path: path))
        let count = try await desk.read { (store) throws(StorageFailure) in
            try await store.articleCount()
        }
        #expect(count == 0)
    }
}

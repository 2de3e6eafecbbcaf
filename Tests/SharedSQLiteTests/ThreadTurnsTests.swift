import Foundation
import GRDBSQLite
import Testing

@testable import SharedSQLite

@Suite struct ThreadTurnsTests {
    /// What only the thread whose turn it is may touch.
    private final class Row: @unchecked Sendable {
        var isTouched = false
        var touches = 0
        var collisions = 0

        func touch() {
            if isTouched { collisions += 1 }
            isTouched = true
            for _ in 0..<200 { touches += 1 }
            isTouched = false
        }
    }

    /// A database in memory, in a transaction.
    private static func withConnection(_ body: (SharedConnection) throws -> Void) throws {
        var handle: OpaquePointer?
        #expect(sqlite3_open_v2(":memory:", &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK)
        let connection = try #require(handle)
        defer { sqlite3_close(connection) }
        sqlite3_exec(connection, "BEGIN", nil, nil, nil)
        try body(SharedConnection(connection))
    }

    @Test func `two threads are never at the connection at once`() throws {
        try Self.withConnection { connection in
            let row = Row()
            let (began, ended) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            Thread.detachNewThread {
                let turns = ThreadTurns(connection, .second)
                began.signal()
                for _ in 0..<2000 {
                    turns.begin()
                    row.touch()
                    turns.end()
                }
                ended.signal()
            }
            began.wait()
            let turns = ThreadTurns(connection, .first)
            for _ in 0..<2000 {
                turns.begin()
                row.touch()
                turns.begin()
                row.touch()
                turns.end()
                turns.end()
            }
            turns.giveUp()
            ended.wait()
            #expect(row.touches == 6000 * 200)
            #expect(row.collisions == 0)
        }
    }

    @Test func `a thread that gives up lets the other one go on`() throws {
        try Self.withConnection { connection in
            let first = ThreadTurns(connection, .first)
            first.begin()
            first.begin()
            first.giveUp()
            let went = DispatchSemaphore(value: 0)
            Thread.detachNewThread {
                let second = ThreadTurns(connection, .second)
                second.begin()
                second.end()
                went.signal()
            }
            went.wait()
            first.begin()
            #expect(first.isInTransaction)
            first.end()
        }
    }

    @Test func `the end of the transaction is seen by both threads`() throws {
        try Self.withConnection { connection in
            let (first, second) = (
                ThreadTurns(connection, .first), ThreadTurns(connection, .second)
            )
            first.begin()
            #expect(first.isInTransaction)
            sqlite3_exec(connection.handle, "ROLLBACK", nil, nil, nil)
            #expect(!first.isInTransaction)
            first.end()
            first.giveUp()
            second.begin()
            #expect(!second.isInTransaction)
            second.end()
        }
    }
}

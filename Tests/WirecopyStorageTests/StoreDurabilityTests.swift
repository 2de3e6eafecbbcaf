import Foundation
import GRDB
import Glibc
import Synchronization
import Testing
import WirecopyMessages

@testable import WirecopyStorage

@Suite struct StoreDurabilityTests {
    @Test(.timeLimit(.minutes(1)))
    func `an outcome waits for the disk while the next article is written`() async throws {
        try await StoreFixture.with { fixture in
            let held = HeldConnection(try fixture.connection())
            let stage = fixture.stage(over: try StoreWriter(held))
            let told = Tally()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<3 {
                    group.addTask {
                        let outcome = try await stage.handle(Draft.numbered(number))
                        #expect(outcome.outcome == .stored)
                        told.add()
                    }
                    await held.committed(number + 1)
                }
                #expect(try await ArticleStore(path: fixture.path).counts().articles == 3)
                #expect(told.count == 0)
                held.release()
                try await group.waitForAll()
            }
            #expect(told.count == 3)
        }
    }

    @Test func `an article that does not reach the disk is given back as store_failed`()
        async throws
    {
        try await StoreFixture.with { fixture in
            let disk = FailingDisk()
            let stage = fixture.stage(over: try StoreWriter(fixture.connection(disk)))
            let (first, second) = (MessageID.any(), MessageID.any())
            #expect(try await stage.handle(Draft.numbered(0)).outcome == .stored)
            disk.fails(from: disk.syncs)
            for id in [first, second] {
                let failure = await #expect(throws: StageFailure.self) {
                    try await stage.handle(Draft.numbered(1), id: id)
                }
                #expect(failure?.code == .storeFailed)
                #expect(failure?.message.contains("-wal") == true)
            }
            disk.works()
            // It was committed, but nobody was told.
            #expect(try await stage.handle(Draft.numbered(1), id: first).outcome == .stored)
            #expect(try await stage.handle(Draft.numbered(1), id: second).outcome == .unchanged)
            #expect(try StoreCare(path: fixture.path).check(includesIndexes: true).findings == [])
        }
    }

    @Test func `a store whose disk failed is whole when it is opened anew`() async throws {
        try await StoreFixture.with { fixture in
            let disk = FailingDisk()
            do {
                let stage = fixture.stage(over: try StoreWriter(fixture.connection(disk)))
                #expect(try await stage.handle(Draft.numbered(0)).outcome == .stored)
                disk.fails(from: disk.syncs)
                await #expect(throws: StageFailure.self) {
                    try await stage.handle(Draft.numbered(1))
                }
                let anew = fixture.stage(over: try StoreWriter(fixture.connection(disk)))
                await #expect(throws: StageFailure.self) {
                    try await anew.handle(Draft.numbered(1))
                }
            }
            let stage = try await fixture.stage()
            #expect(try await stage.handle(Draft.numbered(2)).outcome == .stored)
            #expect(try await ArticleStore(path: fixture.path).counts().articles == 3)
            #expect(try StoreCare(path: fixture.path).check(includesIndexes: true).findings == [])
        }
    }

    @Test func `a file that cannot be synced is written no more, and the log keeps all`()
        async throws
    {
        try await StoreFixture.with { fixture in
            var settings = SQLiteOpening.LogSettings(checkpointPages: 16)
            settings.syncDatabase = { _ in ResultCode.SQLITE_IOERR_FSYNC.rawValue }
            var stored = 0
            do {
                let configuration = StoreConfiguration(path: fixture.path)
                let connection = try SQLiteOpening.openForWriting(configuration, settings)
                let stage = fixture.stage(over: try StoreWriter(connection))
                let failure = await #expect(throws: StageFailure.self) {
                    for number in 0..<1000 {
                        _ = try await stage.handle(Draft.numbered(number))
                        stored += 1
                    }
                }
                #expect(failure?.code == .storeFailed)
                #expect(failure?.message.contains("Stop all programs") == true)
                await #expect(throws: StageFailure.self) { try await stage.handle(Draft()) }
            }
            #expect(fixture.logBytes > LogFrames.headerBytes)
            #expect(try await fixture.stage().handle(Draft()).outcome == .stored)
            #expect(try await ArticleStore(path: fixture.path).counts().articles == stored + 1)
            #expect(try StoreCare(path: fixture.path).check(includesIndexes: true).findings == [])
        }
    }

    @Test func `a sync that follows a failed one proves nothing`() async throws {
        try await StoreFixture.with { fixture in
            _ = try await fixture.stage().handle(Draft())
            let open = try fixture.connection()
            try open.writeWaiting {
                try $0.run("UPDATE story_revision SET revision = revision + 1")
            }
            let disk = FailingDisk()
            let log = WriteAheadLog(try LogFile(path: fixture.path + "-wal", sync: disk.sync))
            #expect(log.isInDoubt)
            await #expect(throws: StorageFailure.self) { try await log.makeDurable() }
            try log.rewrite()
            try await log.makeDurable()
            disk.fails(from: disk.syncs, count: 1)
            let failure = await #expect(throws: StorageFailure.self) {
                try await log.makeDurable()
            }
            #expect(failure?.underlying == "EIO")
            await #expect(throws: StorageFailure.self) { try await log.makeDurable() }
            #expect(throws: StorageFailure.self) { try log.makeDurableWaiting() }
            try log.rewrite()
            try log.makeDurableWaiting()
            try await open.makeDurable()
        }
    }

    @Test func `writing a log once more leaves each byte as it is`() async throws {
        try await StoreFixture.with { fixture in
            let connection = try fixture.connection()
            let stage = fixture.stage(over: try StoreWriter(connection))
            for number in 0..<5 { _ = try await stage.handle(Draft.numbered(number)) }
            let path = fixture.path + "-wal"
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            try LogFile(path: path) { fdatasync($0) }.writeOver()
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
            let header = [UInt8](before.prefix(LogFrames.headerBytes))
            let frames = try #require(LogFrames(header: header))
            let bytes = [UInt8](before.dropFirst(LogFrames.headerBytes))
            #expect(frames.count(in: bytes) > 5 * frames.frameBytes)
            try await connection.makeDurable()
        }
    }

    @Test func `frames of an earlier round do not count`() throws {
        var header = [UInt8](repeating: 0, count: LogFrames.headerBytes)
        header.replaceSubrange(0..<4, with: [0x37, 0x7F, 0x06, 0x83])
        header[10] = 2
        header.replaceSubrange(16..<24, with: 1...8)
        let frames = try #require(LogFrames(header: header))
        #expect(frames.frameBytes == 24 + 512)
        var frame = [UInt8](repeating: 0, count: frames.frameBytes)
        let old = frame
        frame.replaceSubrange(8..<16, with: 1...8)
        #expect(frames.count(in: frame + frame + old + frame) == 2 * frames.frameBytes)
        #expect(frames.count(in: frame + frame.dropLast()) == frames.frameBytes)
        #expect(frames.count(in: []) == 0)
        #expect(LogFrames(header: old.suffix(32)) == nil)
        #expect(LogFrames(header: []) == nil)
    }

    @Test func `SQLite leaves the waiting to us`() async throws {
        try await StoreFixture.with { fixture in
            let connection = try fixture.connection()
            let (synchronous, checkpoint, mode, pageSize) = try connection.writeWaiting { db in
                (
                    try db.first(Int.self, "PRAGMA synchronous"),
                    try db.first(Int.self, "PRAGMA wal_autocheckpoint"),
                    try db.text("PRAGMA journal_mode"),
                    try db.first(Int.self, "PRAGMA page_size")
                )
            }
            #expect(synchronous == 1)
            #expect(checkpoint == 0)
            #expect(mode == "wal")
            #expect(pageSize == StoreSchema.pageSizeBytes)
        }
    }

    @Test func `the log stays short under a steady writer`() async throws {
        let pages = 50
        // What makes transactions wait, and one transaction's pages.
        let bound = 5 * pages * StoreSchema.pageSizeBytes
        #expect(try await longestLog(pages: pages) < bound)
        #expect(try await longestLog(pages: .max / 8) > 2 * bound, "Nothing is moved.")
    }

    /// Bytes of the log while articles are stored one by one.
    private func longestLog(pages: Int) async throws -> Int {
        try await StoreFixture.with { fixture in
            let stage = fixture.stage(over: try StoreWriter(fixture.connection(pages: pages)))
            var longest = 0
            for number in 0..<80 {
                _ = try await stage.handle(Draft.numbered(number, paragraphs: 10))
                longest = max(longest, fixture.logBytes)
            }
            return longest
        }
    }

    @Test func `a reader that holds on to what it sees does not stop the writer`() async throws {
        try await StoreFixture.with { fixture in
            let pages = 16
            let stage = fixture.stage(over: try StoreWriter(fixture.connection(pages: pages)))
            _ = try await stage.handle(Draft.numbered(0))
            let reader = try fixture.database()
            try await reader.writeWithoutTransaction { db in
                try db.beginTransaction(.deferred)
                _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM article")
            }
            for number in 1...30 {
                let outcome = try await stage.handle(Draft.numbered(number))
                #expect(outcome.outcome == .stored)
            }
            let seen = try await reader.unsafeRead { db in
                try Int.fetchOne(db, sql: "SELECT count(*) FROM article")
            }
            #expect(seen == 1)
            let held = fixture.logBytes
            #expect(held > 4 * pages * StoreSchema.pageSizeBytes)
            try await reader.writeWithoutTransaction { try $0.commit() }
            for number in 31...60 { _ = try await stage.handle(Draft.numbered(number)) }
            #expect(fixture.logBytes <= held, "It began anew when the reader was gone.")
        }
    }
}

extension StoreFixture {
    /// A connection whose disk is as given.
    fileprivate func connection(
        _ disk: FailingDisk = FailingDisk(),
        pages: Int = CheckpointPlan.pagesUsual
    ) throws -> SQLiteWriting {
        let log = SQLiteOpening.LogSettings(sync: disk.sync, checkpointPages: pages)
        return try SQLiteOpening.openForWriting(StoreConfiguration(path: path), log)
    }

    fileprivate var logBytes: Int {
        var status = stat()
        return stat(path + "-wal", &status) == 0 ? Int(status.st_size) : 0
    }
}

/// Counts what several tasks do.
private final class Tally: Sendable {
    private let sum = Mutex(0)

    var count: Int { sum.withLock { $0 } }

    func add() { sum.withLock { $0 += 1 } }
}

/// A disk whose syncs fail when it is told to.
private final class FailingDisk: Sendable {
    private struct State {
        var syncs = 0
        var failing = 0..<0
    }

    private let state = Mutex(State())

    /// Syncs so far.
    var syncs: Int { state.withLock { $0.syncs } }

    /// The syncs from a number on fail.
    func fails(from first: Int, count: Int = 1_000_000) {
        state.withLock { $0.failing = first..<first + count }
    }

    func works() { state.withLock { $0.failing = 0..<0 } }

    var sync: LogFile.Sync {
        { [self] descriptor in
            let fails = state.withLock { state in
                defer { state.syncs += 1 }
                return state.failing.contains(state.syncs)
            }
            guard fails else { return fdatasync(descriptor) }
            errno = EIO
            return -1
        }
    }
}

/// A connection that commits and holds on to what shall be on disk, until it is released.
private final class HeldConnection: WritingConnection {
    private struct State {
        var commits = 0
        var isReleased = false
        var watchers: [(commits: Int, CheckedContinuation<Void, Never>)] = []
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let inner: SQLiteWriting
    private let state = Mutex(State())

    init(_ inner: SQLiteWriting) { self.inner = inner }

    func commit<Answer: Sendable>(
        _ body: @escaping @Sendable (StoreDatabase) throws -> Answer
    ) async throws -> Answer {
        let answer = try await inner.commit(body)
        let due = state.withLock { state in
            state.commits += 1
            let due = state.watchers.filter { $0.commits <= state.commits }
            state.watchers.removeAll { $0.commits <= state.commits }
            return due.map(\.1)
        }
        for watcher in due { watcher.resume() }
        return answer
    }

    func makeDurable() async throws {
        await withCheckedContinuation { caller in
            let isReleased = state.withLock { state in
                if !state.isReleased { state.held.append(caller) }
                return state.isReleased
            }
            if isReleased { caller.resume() }
        }
        try await inner.makeDurable()
    }

    func writeWaiting<Answer>(_ body: (StoreDatabase) throws -> Answer) throws -> Answer {
        try inner.writeWaiting(body)
    }

    /// Waits until so many transactions were committed.
    func committed(_ commits: Int) async {
        await withCheckedContinuation { caller in
            let isDone = state.withLock { state in
                if state.commits < commits { state.watchers.append((commits, caller)) }
                return state.commits >= commits
            }
            if isDone { caller.resume() }
        }
    }

    func release() {
        let held = state.withLock { state in
            state.isReleased = true
            defer { state.held = [] }
            return state.held
        }
        for caller in held { caller.resume() }
    }
}

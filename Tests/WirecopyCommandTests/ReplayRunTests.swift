import Foundation
import Logging
import Testing
import WirecopyBroker
import WirecopyClient
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

@testable import wirecopy

/// Replays against a broker of this process without workers: what is sent through again waits.
@Suite(.timeLimit(.minutes(1)))
struct ReplayRunTests {
    /// More than may wait at a time, so that a replay has to stop in between.
    private static let count = ReplayRun.waitingMax + 700

    @Test func `a replay is held, survives its broker, and sends each message once`() async throws {
        let folder = try ScratchFolder()
        try fill(folder)
        var request = ReplayRequest()
        request.stage = .fetch

        // The first command is asked to stop as soon as the queue is full.
        let held = try await withBroker(in: folder) { connection in
            let (record, lock) = try await begin(request, connection, folder)
            let run = ReplayRun(connection: connection, folder: shelf(folder), stop: StopFlag())
            async let result = run.run(record)
            try await eventually { try shelf(folder).record(record.id).replayed > 0 }
            try await eventually {
                let status: BrokerStatus = try await connection.admin(.status, NoArguments())
                return status.stages[0].ready >= ReplayRun.waitingMax
            }
            try shelf(folder).askToPause(record.id)
            defer { withExtendedLifetime(lock) {} }
            return try await result
        }
        #expect(held.state == .paused)
        #expect(held.count == Self.count)
        #expect(held.replayed == ReplayRun.waitingMax)

        // Workers finish what waits; a later command, with a later broker, goes on.
        try finishEverything(folder)
        let finished = try await withBroker(in: folder) { connection in
            let (record, lock) = try shelf(folder).take(held.id)
            defer { withExtendedLifetime(lock) {} }
            let run = ReplayRun(connection: connection, folder: shelf(folder), stop: StopFlag())
            return try await run.run(record)
        }
        #expect(finished.state == .finished)
        #expect(finished.replayed == Self.count)
        let journal = try LogJournal(directory: folder.path + "/queue")
        defer { try? journal.close() }
        let open = try journal.state().openCounts
        #expect(open.map(\.messages) == [Self.count - ReplayRun.waitingMax])
        #expect(open.map(\.priority) == [.replay])
    }

    @Test func `what enters after a replay began is no part of it`() async throws {
        let folder = try ScratchFolder()
        try fill(folder, count: 10)
        var request = ReplayRequest()
        request.stage = .fetch
        let record = try await withBroker(in: folder) { connection in
            let (record, lock) = try await begin(request, connection, folder)
            defer { withExtendedLifetime(lock) {} }
            return record
        }
        try fill(folder, count: 5, from: 100)
        let finished = try await withBroker(in: folder) { connection in
            let run = ReplayRun(connection: connection, folder: shelf(folder), stop: StopFlag())
            return try await run.run(record)
        }
        #expect(finished.replayed == 10)
    }

    @Test func `a replay that is stopped before it begins changes nothing`() async throws {
        let folder = try ScratchFolder()
        try fill(folder, count: 10)
        var request = ReplayRequest()
        request.stage = .fetch
        let stop = StopFlag()
        stop.raise()
        let record = try await withBroker(in: folder) { connection in
            let (record, lock) = try await begin(request, connection, folder)
            defer { withExtendedLifetime(lock) {} }
            return try await ReplayRun(connection: connection, folder: shelf(folder), stop: stop)
                .run(record)
        }
        #expect(record.state == .paused)
        #expect(record.replayed == 0)
        #expect(try JournalReports(openingReadOnly: folder.path + "/queue").ledger().inFlight == 0)
    }

    // MARK: Journal

    /// Writes pages whose way has ended.
    private func fill(_ folder: ScratchFolder, count: Int = count, from first: Int = 0) throws {
        let journal = try LogJournal(directory: folder.path + "/queue")
        let now = Instant(milliseconds: 1)
        for start in stride(from: 0, to: count, by: 500) {
            let numbers = first + start..<first + min(count, start + 500)
            let entered = numbers.map { JournalChange.append(Self.request($0)) }
            _ = try journal.commit(entered, now: now)
        }
        try journal.close()
        try finishEverything(folder)
    }

    /// Ends the way of every page that is open.
    private func finishEverything(_ folder: ScratchFolder) throws {
        let journal = try LogJournal(directory: folder.path + "/queue")
        for priority in MessageClass.allCases {
            let request = RefillRequest(stage: .fetch, priority: priority, after: 0, limit: 100_000)
            let changes = try journal.openEntries(request).map { entry in
                let parent = try journal.message(at: entry.position).envelope
                let envelope = Envelope(
                    of: .outcome,
                    id: Self.id(),
                    madeFrom: parent,
                    source: "/worker/test",
                    madeAt: Instant(milliseconds: 2)
                )
                let end = Message(envelope: envelope, payload: Outcome(.stored, article: "a"))
                return JournalChange.acknowledge(position: entry.position, outputs: [end])
            }
            _ = try journal.commit(changes, now: Instant(milliseconds: 2))
        }
        try journal.close()
    }

    private static func request(_ number: Int) -> Message {
        let url = "https://tide.example/\(number)"
        let envelope = Envelope(
            entering: .fetchRequest,
            id: id(),
            subject: url,
            lane: "tide.example",
            source: "/command/test",
            madeAt: Instant(milliseconds: 1)
        )
        return Message(envelope: envelope, payload: FetchRequest(url: url, origin: "url"))
    }

    private static func id() -> MessageID {
        var generator = SystemRandomNumberGenerator()
        return MessageID(milliseconds: 1, using: &generator)
    }

    // MARK: Broker

    private func shelf(_ folder: ScratchFolder) -> ReplayFolder {
        ReplayFolder(DataDirectory(path: folder.path))
    }

    private func begin(
        _ request: ReplayRequest,
        _ connection: BrokerConnection,
        _ folder: ScratchFolder
    ) async throws -> (ReplayRecord, ReplayLock) {
        let counted = try await QueueAccess.broker(connection).countReplay(request)
        return try shelf(folder).begin(request, counted: counted, now: Instant(milliseconds: 5))
    }

    private func withBroker<Answer: Sendable>(
        in folder: ScratchFolder,
        _ body: (BrokerConnection) async throws -> Answer
    ) async throws -> Answer {
        var configuration = BrokerConfiguration(journalDirectory: folder.path + "/queue")
        configuration.stopGrace = .zero
        let logger = Logger(label: "replay-test", factory: { _ in SwiftLogNoOpLogHandler() })
        let service = BrokerService(configuration: configuration, logger: logger)
        let (endpoints, ready) = AsyncStream.makeStream(of: String.self)
        let running = Task {
            defer { ready.finish() }
            try await service.run { ready.yield($0.local) }
        }
        var iterator = endpoints.makeAsyncIterator()
        let endpoint = try #require(await iterator.next())
        let link = LinkConfiguration(endpoint: endpoint, peer: "wirecopy/test")
        let connection = try BrokerConnection(link, logger: logger)
        try await connection.open()
        let answer = try await body(connection)
        await connection.close()
        service.stop()
        try await running.value
        return answer
    }

    private func eventually(_ fact: () async throws -> Bool) async throws {
        // The suite's time limit ends a wait that has no end.
        while try await !fact() { try await Task.sleep(for: .milliseconds(10)) }
    }
}

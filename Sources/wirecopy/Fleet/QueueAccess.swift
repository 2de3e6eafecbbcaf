import Logging
import WirecopyClient
import WirecopyMessages
import WirecopyProgram
import WirecopyQueue

/// The state of the queue: asked of the broker that runs, or read from the journal at rest.
enum QueueAccess {
    case broker(BrokerConnection)
    case journal(JournalReports)

    /// Connects to the broker that the flags name or that serves the folder, else opens its
    /// journal.
    static func open(
        _ options: DataOptions,
        _ logger: Logger
    ) async throws(ProgramFailure) -> QueueAccess {
        if let endpoint = options.endpoint {
            return .broker(try await Pipeline.connect(to: endpoint, logger))
        }
        return .journal(try journal(in: options.directory))
    }

    /// Opens a folder's journal for reading, whether or not a broker writes it: for what needs
    /// the content of messages, which a broker tells workers only.
    static func journal(in directory: DataDirectory) throws(ProgramFailure) -> JournalReports {
        do {
            return try JournalReports(openingReadOnly: directory.queue)
        } catch {
            guard error.code != .journalTooNew else {
                throw ProgramFailure(.protocol, error.message)
            }
            throw ProgramFailure(
                .noInput,
                "\(error.message) Name the folder with --data, or a broker with --broker."
            )
        }
    }

    /// Disconnects.
    func close() async {
        if case .broker(let connection) = self { await connection.close() }
    }

    /// Queues, workers and ledger.
    func status() async throws(ProgramFailure) -> BrokerStatus {
        switch self {
        case .broker(let connection): try await ask(connection, .status, NoArguments())
        case .journal(let reports):
            try read { () throws(QueueFailure) in try reports.status(now: .now()) }
        }
    }

    /// The balance of everything that ever entered, in each stage and over all sources too.
    func ledger() async throws(ProgramFailure) -> LedgerReport {
        let request = LedgerRequest(details: true)
        switch self {
        case .broker(let connection): return try await ask(connection, .ledger, request)
        case .journal(let reports):
            return try read { () throws(QueueFailure) in try reports.ledger(request) }
        }
    }

    /// The way of the pages of one URL.
    func trace(_ request: TraceRequest) async throws(ProgramFailure) -> TraceReport {
        switch self {
        case .broker(let connection): try await ask(connection, .trace, request)
        case .journal(let reports):
            try read { () throws(QueueFailure) in try reports.trace(request, now: .now()) }
        }
    }

    /// Messages that were given up.
    func deadLetters(
        _ request: DeadLetterRequest
    ) async throws(ProgramFailure) -> DeadLetterReport {
        switch self {
        case .broker(let connection): try await ask(connection, .deadLetters, request)
        case .journal(let reports):
            try read { () throws(QueueFailure) in try reports.deadLetters(request) }
        }
    }

    /// All watched sources.
    func sources() async throws(ProgramFailure) -> [SourcesReport.Source] {
        var sources: [SourcesReport.Source] = []
        var request = SourcesRequest()
        repeat {
            let report = try await page(request)
            sources += report.sources
            request.after = report.next
        } while request.after != nil
        return sources
    }

    private func page(
        _ request: SourcesRequest
    ) async throws(ProgramFailure) -> SourcesReport {
        switch self {
        case .broker(let connection): try await ask(connection, .sources, request)
        case .journal(let reports):
            try read { () throws(QueueFailure) in try reports.sources(request) }
        }
    }

    /// What a replay would select; changes nothing.
    func countReplay(_ request: ReplayRequest) async throws(ProgramFailure) -> ReplayReport {
        var request = request
        request.dryRun = true
        switch self {
        case .broker(let connection): return try await ask(connection, .replay, request)
        case .journal(let reports):
            let counted = request
            return try read { () throws(QueueFailure) in try reports.replay(counted) }
        }
    }

    private func ask<Answer: Report>(
        _ connection: BrokerConnection,
        _ operation: AdminOperation,
        _ arguments: some Report
    ) async throws(ProgramFailure) -> Answer {
        do {
            return try await connection.admin(operation, arguments)
        } catch {
            throw ProgramFailure(error)
        }
    }

    private func read<Answer>(
        _ query: () throws(QueueFailure) -> Answer
    ) throws(ProgramFailure) -> Answer {
        do {
            return try query()
        } catch {
            let isUsage = error.code == .requestInvalid
            throw ProgramFailure(isUsage ? .usage : .inputOutputError, error.message)
        }
    }
}

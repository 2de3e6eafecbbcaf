import Logging
import WirecopyMessages
import WirecopyProgram

/// A replay from its selection to its end, in a pipeline of its own.
///
/// Where the pipeline was started for this command, it waits until everything has ended; a service
/// goes on by itself.
struct ReplaySession {
    let options: DataOptions
    let plan: FleetPlan
    let logger: Logger

    /// Counts what is selected and replays it; `nil` when nothing is.
    func start(_ request: ReplayRequest) async throws(ProgramFailure) -> ReplayRecord? {
        try await use { (run) async throws(ProgramFailure) in
            var counting = request
            counting.dryRun = true
            let counted = try await QueueAccess.broker(run.connection).countReplay(counting)
            guard counted.count > 0 else { return nil }
            let (record, lock) = try run.folder.begin(request, counted: counted, now: .now())
            defer { withExtendedLifetime(lock) {} }
            return try await run.run(record)
        }
    }

    /// Goes on with a replay where it was.
    func resume(_ id: Int) async throws(ProgramFailure) -> ReplayRecord? {
        try await use { (run) async throws(ProgramFailure) in
            let (record, lock) = try run.folder.take(id)
            defer { withExtendedLifetime(lock) {} }
            guard record.state != .finished else { return record }
            return try await run.run(record)
        }
    }

    private func use(
        _ body: (ReplayRun) async throws(ProgramFailure) -> ReplayRecord?
    ) async throws(ProgramFailure) -> ReplayRecord? {
        let stop = StopFlag()
        let folder = ReplayFolder(options.directory)
        return try await Pipeline.use(options, plan: plan, logger: logger, stop: stop) {
            (pipeline) async throws(ProgramFailure) in
            let run = ReplayRun(connection: pipeline.connection, folder: folder, stop: stop)
            let record = try await body(run)
            if pipeline.isOwn, record != nil { try await follow(pipeline, stop) }
            return record
        }
    }

    private func follow(
        _ pipeline: Pipeline,
        _ stop: StopFlag
    ) async throws(ProgramFailure) {
        let watch = LedgerWatch(connection: pipeline.connection)
        let progress = RunProgress(before: try await watch.status().ledger)
        _ = try await watch.follow(progress, until: { true }, stop).get()
    }
}

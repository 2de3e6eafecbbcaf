import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// Sends selected messages through again and, where the pipeline was started for this command,
/// waits until they have ended.
struct Replay {
    let pipeline: Pipeline
    let request: ReplayRequest

    /// Replays, follows the ledger, and closes the pipeline in any case.
    func run() async throws(ProgramFailure) -> ReplayReport {
        let stop = StopFlag()
        let signals = StopSignals { stop.raise() }
        do {
            let report = try await replayAndFollow(stop)
            await pipeline.close()
            withExtendedLifetime(signals) {}
            return report
        } catch {
            await pipeline.close()
            throw error
        }
    }

    private func replayAndFollow(_ stop: StopFlag) async throws(ProgramFailure) -> ReplayReport {
        let watch = LedgerWatch(connection: pipeline.connection)
        let progress = RunProgress(before: try await watch.status().ledger)
        let report: ReplayReport
        do {
            report = try await pipeline.connection.admin(.replay, request)
        } catch {
            throw ProgramFailure(error)
        }
        _ = try await watch.follow(progress, until: { true }, stop).get()
        return report
    }
}

import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// Follows the ledger of a broker until everything that entered has ended.
struct LedgerWatch: Sendable {
    /// How often the ledger is asked for.
    static let interval = Duration.milliseconds(200)
    /// How long the broker may be away, for example while it is started again.
    static let silenceMax = Duration.seconds(60)

    let connection: BrokerConnection

    /// The broker's state at this moment.
    func status() async throws(ProgramFailure) -> BrokerStatus {
        do {
            return try await connection.admin(.status, NoArguments())
        } catch {
            throw ProgramFailure(error)
        }
    }

    /// Shows progress until everything was published and nothing is in flight, or `stop` is raised.
    func follow(
        _ progress: RunProgress,
        until isPublished: @Sendable () -> Bool,
        _ stop: StopFlag
    ) async -> Result<BrokerStatus, ProgramFailure> {
        var progress = progress
        var lastAnswer = ContinuousClock.now
        while true {
            let hadFinished = isPublished() || stop.isRaised
            do {
                let status = try await status()
                lastAnswer = .now
                progress.show(status.ledger)
                if hadFinished, status.ledger.inFlight == 0 || stop.isRaised {
                    progress.finish()
                    return .success(status)
                }
            } catch {
                guard ContinuousClock.now - lastAnswer < Self.silenceMax else {
                    progress.finish()
                    return .failure(error)
                }
            }
            try? await Task.sleep(for: Self.interval)
        }
    }
}

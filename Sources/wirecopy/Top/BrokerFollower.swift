import Logging
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// Asks one broker for its status again and again, whether it is there or not.
struct BrokerFollower: Sendable {
    /// How long one question waits; a broker that is away must not look as if it were slow.
    static let patience = Duration.seconds(3)

    let index: Int
    let interval: Duration
    private let connection: BrokerConnection

    init(
        _ endpoint: BrokerEndpoint,
        index: Int,
        interval: Duration,
        logger: Logger
    ) throws(ProgramFailure) {
        self.index = index
        self.interval = interval
        connection = try Pipeline.makeConnection(to: endpoint, patience: Self.patience, logger)
    }

    /// Puts look after look on the board until it is stopped, or `count` were taken.
    func run(_ board: TopBoard, _ stop: StopFlag, count: Int?) async {
        var left = count ?? .max
        while left > 0, !stop.isRaised {
            let next = ContinuousClock.now + interval
            board.add(await look(), of: index)
            left -= 1
            while left > 0, !stop.isRaised, ContinuousClock.now < next {
                try? await Task.sleep(for: .milliseconds(20))
            }
        }
        await close()
    }

    /// Disconnects; a question that waits fails at once.
    func close() async { await connection.close() }

    private func look() async -> Result<BrokerStatus, ProgramFailure> {
        do {
            return .success(try await connection.admin(.status, NoArguments()))
        } catch {
            return .failure(ProgramFailure(error))
        }
    }
}

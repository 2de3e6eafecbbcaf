package import Logging
package import WirecopyClient
package import WirecopyMessages

/// Asks the broker of an installation, whichever serves it at the moment.
///
/// A broker may end and another begin at another address; so the address is looked up again
/// whenever the connection is gone.
package actor BrokerDesk: QueueReports {
    /// How long one question waits: a page is not shown later for a broker that is away.
    private static let patience = Duration.seconds(3)

    private let address: @Sendable () -> LinkConfiguration?
    private let logger: Logger
    private var link: (connection: BrokerConnection, configuration: LinkConfiguration)?

    /// Prepares a desk; `address` says where the broker is now, or that there is none.
    package init(logger: Logger, address: @escaping @Sendable () -> LinkConfiguration?) {
        self.address = address
        self.logger = logger
    }

    /// Disconnects.
    package func close() async {
        let last = link
        link = nil
        await last?.connection.close()
    }

    /// Queues, workers and ledger.
    package func status() async throws(WebFailure) -> BrokerStatus {
        try await ask(.status, NoArguments())
    }

    /// The balance of everything.
    package func ledger() async throws(WebFailure) -> LedgerReport {
        try await ask(.ledger, LedgerRequest(details: true))
    }

    /// Messages that were given up.
    package func deadLetters(
        _ request: DeadLetterRequest
    ) async throws(WebFailure) -> DeadLetterReport {
        try await ask(.deadLetters, request)
    }

    /// Watched sources, a part at a time.
    package func sources(_ request: SourcesRequest) async throws(WebFailure) -> SourcesReport {
        try await ask(.sources, request)
    }

    /// The way of the pages of one address.
    package func trace(_ request: TraceRequest) async throws(WebFailure) -> TraceReport {
        try await ask(.trace, request)
    }

    /// Counts messages, or sends them through again.
    package func replay(_ request: ReplayRequest) async throws(WebFailure) -> ReplayReport {
        try await ask(.replay, request)
    }

    private func ask<Answer: Report>(
        _ operation: AdminOperation,
        _ arguments: some Report
    ) async throws(WebFailure) -> Answer {
        let connection = try await connection()
        do {
            return try await connection.admin(operation, arguments)
        } catch {
            guard error.code == .operationFailed else {
                await forget(connection)
                throw WebFailure(.unavailable, error.message)
            }
            throw WebFailure(.unprocessable, error.message)
        }
    }

    private func connection() async throws(WebFailure) -> BrokerConnection {
        guard let configuration = address() else {
            await close()
            throw WebFailure(.unavailable, "No broker runs here. wirecopy up starts one.")
        }
        if let link, link.configuration == configuration { return link.connection }
        await close()
        do {
            let connection = try BrokerConnection(
                configuration,
                reachTimeout: Self.patience,
                logger: logger
            )
            link = (connection, configuration)
            return connection
        } catch {
            throw WebFailure(.unavailable, error.message)
        }
    }

    private func forget(_ connection: BrokerConnection) async {
        guard link?.connection === connection else { return }
        await close()
    }
}

package import WirecopyMessages

/// What pages ask of the queue: of the broker that runs, or of scripted answers in tests.
package protocol QueueReports: Sendable {
    /// Queues, workers and ledger.
    func status() async throws(WebFailure) -> BrokerStatus
    /// The balance of everything, in each stage and by source.
    func ledger() async throws(WebFailure) -> LedgerReport
    /// Messages that were given up.
    func deadLetters(_ request: DeadLetterRequest) async throws(WebFailure) -> DeadLetterReport
    /// Watched sources, a part at a time.
    func sources(_ request: SourcesRequest) async throws(WebFailure) -> SourcesReport
    /// The way of the pages of one address.
    func trace(_ request: TraceRequest) async throws(WebFailure) -> TraceReport
    /// Counts messages that are done or dead, or sends them through again.
    func replay(_ request: ReplayRequest) async throws(WebFailure) -> ReplayReport
}

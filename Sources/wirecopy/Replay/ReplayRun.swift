import Foundation
import WirecopyClient
import WirecopyMessages
import WirecopyProgram

/// Sends selected messages through again, slice by slice, and keeps a record of how far it is.
///
/// At most `waitingMax` of them wait in the queue at a time, so that a pause takes effect at once.
/// A slice whose answer was lost is asked for again: what it sent through already is then open, or
/// is done once more, which changes nothing.
struct ReplayRun {
    /// Messages of a slice: one commit of the journal.
    static let sliceMax = 512
    /// Messages that wait in the queue before the next slice is sent: a few seconds of work for
    /// the parsers of one machine, and enough for the fastest workers between two looks.
    static let waitingMax = 4 * sliceMax
    /// How long to wait while the workers are behind.
    private static let pause = Duration.milliseconds(10)

    let connection: BrokerConnection
    let folder: ReplayFolder
    let stop: StopFlag

    /// Goes on with a replay until it is finished, held or stopped; returns how far it came.
    func run(_ record: ReplayRecord) async throws(ProgramFailure) -> ReplayRecord {
        var record = record
        record.state = .running
        folder.forgetPause(record.id)
        try folder.save(record)
        var waiting = 0
        while record.state == .running {
            guard !stop.isRaised, !folder.isAskedToPause(record.id) else {
                record.state = .paused
                break
            }
            let isFull = waiting >= Self.waitingMax
            if isFull { try? await Task.sleep(for: Self.pause) }
            let slice = try await slice(of: record.request, limit: isFull ? 0 : Self.sliceMax)
            waiting = slice.waiting ?? 0
            guard !isFull else { continue }
            record.advance(slice, now: .now())
            try folder.save(record)
            show(record)
        }
        folder.forgetPause(record.id)
        try folder.save(record)
        return record
    }

    /// Asks for one slice; a broker that is started again meanwhile is waited for.
    private func slice(
        of request: ReplayRequest,
        limit: Int
    ) async throws(ProgramFailure) -> ReplayReport {
        var request = request
        request.limit = limit
        let deadline = ContinuousClock.now + LedgerWatch.silenceMax
        while true {
            do throws(ClientFailure) {
                return try await connection.admin(.replay, request)
            } catch {
                guard error.code == .unreachable, ContinuousClock.now < deadline else {
                    throw ProgramFailure(error)
                }
            }
        }
    }

    private func show(_ record: ReplayRecord) {
        guard Terminal.showsProgress else { return }
        let line = "\r\u{1B}[Kreplay \(record.id): \(record.replayed) of \(record.count)"
        Terminal.write(record.state == .running ? line : "\r\u{1B}[K", to: .standardError)
    }
}

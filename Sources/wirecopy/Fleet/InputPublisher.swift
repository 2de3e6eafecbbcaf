import Synchronization
import WirecopyClient
import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// Reads inputs and hands them to the broker, slice by slice, so that a million pages need no more
/// memory than a few.
final class InputPublisher: Sendable {
    private let connection: BrokerConnection
    private let stop: StopFlag
    private let finished = Mutex(false)
    private let archives = Mutex(ArchiveTally())

    /// Makes a publisher that has not begun.
    init(connection: BrokerConnection, stop: StopFlag) {
        self.connection = connection
        self.stop = stop
    }

    /// Whether everything was handed over, or given up.
    var hasFinished: Bool { finished.withLock { $0 } }

    /// Publishes all inputs until done or stopped; returns how many pages are on the broker's disk.
    ///
    /// - Throws: `ProgramFailure` when the broker goes away for good or refuses a page.
    func publish(_ inputs: [String], _ options: AddOptions) async throws(ProgramFailure) -> Int {
        try await publish(inputs, options.settings(source: "/wirecopy/add"))
    }

    /// What was found in web archives, once everything was handed over.
    var archiveTally: ArchiveTally { archives.withLock { $0 } }

    /// Publishes inputs that are read with these settings.
    ///
    /// - Throws: as `publish(_:_:)`.
    func publish(
        _ inputs: [String],
        _ settings: InputSettings,
        showsRejected: Bool = false
    ) async throws(ProgramFailure) -> Int {
        defer { finished.withLock { $0 = true } }
        let reader = InputReader(inputs, settings: settings, mint: .system)
        var count = 0
        var slice = await reader.next()
        while !stop.isRaised, let current = slice {
            // The next slice is read while the broker brings this one to its disk.
            async let next = reader.next()
            for skipped in current.skipped {
                Terminal.note(Terminal.safe("skipped \(skipped.path): \(skipped.reason)"))
            }
            if showsRejected { note(current.messages) }
            count += try await publish(current.messages)
            slice = await next
        }
        archives.withLock { $0 = reader.archiveTally }
        return count
    }

    /// Tells of each place that could not be read.
    private func note(_ messages: [Message]) {
        for message in messages where message.envelope.kind == .outcome {
            let outcome = try? Outcome(json: message.data)
            Terminal.note(
                Terminal.safe("rejected \(outcome?.message ?? message.envelope.subject)")
            )
        }
    }

    private func publish(_ messages: [Message]) async throws(ProgramFailure) -> Int {
        let confirmations: [BrokerReply.Confirmation]
        do {
            confirmations = try await connection.publish(messages)
        } catch {
            throw ProgramFailure(error)
        }
        for (message, confirmation) in zip(messages, confirmations) {
            guard case .refused(let code, let sentence) = confirmation else { continue }
            throw ProgramFailure(
                .unavailable,
                "The broker did not take \(message.envelope.subject) (\(code.rawValue)): "
                    + sentence
            )
        }
        return confirmations.count { $0 != .duplicate }
    }
}

import Logging
import WirecopyKeys
import WirecopyMessages
import WirecopyMetrics
import ZeroMQ

/// Who may connect: the broker's own key, the list of keys that it takes, and the handler that
/// libzmq asks about each connection.
///
/// Belongs to the socket loop's thread. Files are looked at every second, and read when they have
/// changed; both are small. Close it after the socket that it guards: libzmq takes every key where
/// there is no handler.
final class BrokerGate {
    /// How often files are looked at; a key that is taken back works no longer than this.
    private static let lookInterval = Duration.seconds(1)

    private let folder: KeyFolder
    private let context: Context
    private let loop: SocketLoop
    private let clock: BrokerClock
    private let logger: Logger
    private var allowed: AllowListFile
    private var diary = RefusalDiary()
    private var authenticator: Authenticator?
    private var monitor: HandshakeMonitor?
    private var timer: LoopTimer?
    /// Called when the broker's own key has become another.
    var onNewKey: (() -> Void)?
    private var complaint: String?

    /// Reads the files; nobody is let in yet.
    ///
    /// - Throws: `KeyFailure` when they cannot be used.
    init(
        _ folder: KeyFolder,
        in context: Context,
        on loop: SocketLoop,
        clock: BrokerClock,
        logger: Logger
    ) throws(KeyFailure) {
        self.folder = folder
        self.context = context
        self.loop = loop
        self.clock = clock
        self.logger = logger
        brokerKey = try folder.broker()
        allowed = try AllowListFile(path: folder.allowed)
    }

    /// The broker's own key at this moment, for the addresses that others can reach.
    private(set) var brokerKey: CurveKeyPair

    /// Connections that were not taken since the start.
    var refusedTotals: CountTable<RefusalDiary.Reason> { diary.totals }

    /// Begins to guard a socket that has not been bound yet.
    func open(for socket: Socket) throws(ZeroMQError) {
        authenticator = try Authenticator(in: context, on: loop) { [weak self] applicant in
            self?.judge(applicant) ?? .refused
        }
        monitor = try HandshakeMonitor(socket, in: context, on: loop) { [weak self] event in
            self?.note(event)
        }
        look()
    }

    /// Guards nothing any more.
    func close() {
        loop.cancel(timer)
        monitor?.close()
        authenticator?.close()
        (monitor, authenticator, onNewKey) = (nil, nil, nil)
    }

    /// Tells who speaks, by what the handler said when the connection was made.
    ///
    /// `user` is the property of the message; `nil` for a connection that was never asked for a
    /// key, which only the address of this machine takes.
    func principal(_ user: String?) -> Principal {
        guard let user else { return .unkeyed }
        guard let key = CurveKey(user), let entry = allowed.list[key] else {
            return .outlaw("The broker does not know this key any more; ask for a new one.")
        }
        guard let role = entry.role else {
            return .outlaw("The key \(key.short) of \(entry.name) was revoked; ask for a new one.")
        }
        return .owner(name: entry.name, role)
    }
}

extension BrokerGate {
    private func judge(_ applicant: Authenticator.Applicant) -> Authenticator.Verdict {
        guard let key = applicant.key else {
            count(.notEncrypted, from: applicant.address)
            return .refused
        }
        // A key that was made just now must not wait for the next look.
        if allowed.list[key] == nil { lookAtList() }
        let entry = allowed.list[key]
        guard entry?.role == nil else { return .accepted(user: key.description) }
        count(
            entry == nil ? .unknownKey : .revokedKey,
            from: applicant.address,
            key: key,
            name: entry?.name
        )
        return .refused
    }

    private func note(_ event: HandshakeMonitor.Event) {
        switch event {
        // The handler has counted what it refused.
        case .succeeded, .refused: return
        case .mechanismMismatch: count(.notEncrypted)
        case .cryptographic: count(.wrongBrokerKey)
        case .malformed: count(.malformed)
        case .broken: count(.broken)
        }
    }

    private func count(
        _ reason: RefusalDiary.Reason,
        from address: String? = nil,
        key: CurveKey? = nil,
        name: String? = nil
    ) {
        guard let entry = diary.note(reason, now: clock.now) else { return }
        var metadata: Logger.Metadata = [
            "refusal": "\(reason.rawValue)", "refused.total": "\(entry.total)",
            "refused.unlogged": "\(entry.unlogged)",
        ]
        metadata["peer.address"] = address.map { "\($0)" }
        metadata["key"] = key.map { "\($0.short)" }
        metadata["key.name"] = name.map { "\($0)" }
        logger.warning("A connection was not taken.", metadata: metadata)
    }

    /// Looks at the files, and again after the interval.
    private func look() {
        timer = loop.setTimer(after: Self.lookInterval) { [weak self] in self?.look() }
        lookAtList()
        lookAtBrokerKey()
    }

    private func lookAtList() {
        switch allowed.look() {
        case .same: break
        case .changed:
            complaint = nil
            logger.info(
                "The list of keys was read again.",
                metadata: ["keys": "\(allowed.list.entries.count)"]
            )
        case .unusable(let failure): complain(failure)
        }
    }

    private func lookAtBrokerKey() {
        do {
            let present = try folder.broker()
            guard present != brokerKey else { return }
            brokerKey = present
            logger.info(
                "The broker has a new key.",
                metadata: ["key": "\(present.publicKey.short)"]
            )
            onNewKey?()
        } catch {
            complain(error)
        }
    }

    /// What was read last still holds; said once.
    private func complain(_ failure: KeyFailure) {
        guard complaint != failure.message else { return }
        complaint = failure.message
        logger.error(
            "Keys cannot be read; those that were read before still hold.",
            metadata: ["reason": "\(failure.message)"]
        )
    }
}

import WirecopyKeys
import WirecopyMessages
import ZeroMQ

/// Makes the link's sockets, each with the keys that its files hold at that moment, and explains
/// why a broker does not take a connection.
///
/// Used on the loop's thread alone, like the link that owns it.
final class LinkDoor {
    /// Why a connection was not taken.
    struct Refusal {
        /// A full sentence that says what to do.
        let sentence: String
        /// False while another key of the broker is still to be tried.
        let isFinal: Bool
    }

    /// A connection that ends in the middle of its handshake may meet a broker that starts or
    /// stops; so many in a row mean that it does not understand what it is told.
    private static let brokenMax = 3

    private let configuration: LinkConfiguration
    private let loop: SocketLoop
    private let context: Context
    private var monitor: HandshakeMonitor?
    private var keys: KeyFile?
    private var brokerKeyIndex = 0
    private var brokenCount = 0

    init(_ configuration: LinkConfiguration, loop: SocketLoop, context: Context) {
        self.configuration = configuration
        self.loop = loop
        self.context = context
    }

    /// Opens a socket that connects.
    ///
    /// - Parameter onRefusal: called on the loop's thread when the broker does not take it; the
    ///   socket is of no use then.
    /// - Returns: a socket that is not registered with the loop yet.
    /// - Throws: `ClientFailure`: `keyUnusable` or `socketFailed`.
    func open(_ onRefusal: @escaping (Refusal) -> Void) throws(ClientFailure) -> Socket {
        try readKeys()
        var options = SocketOptions()
        options.linger = .zero
        options.frameBytesMax = MessageLimits.attachmentBytes
        if let keys {
            let brokerKey = keys.brokerKeys[brokerKeyIndex % keys.brokerKeys.count]
            options.security = .curveClient(keys.keys, server: brokerKey)
        }
        do {
            let socket = try Socket(.dealer, in: context, options: options)
            monitor = try HandshakeMonitor(socket, in: context, on: loop) { [weak self] event in
                if let refusal = self?.refusal(event) { onRefusal(refusal) }
            }
            try socket.connect(configuration.endpoint)
            return socket
        } catch {
            close()
            throw ClientFailure(.socketFailed, error.message)
        }
    }

    /// Ends the watch over the present socket, before that is closed.
    func close() {
        monitor?.close()
        monitor = nil
    }

    /// True when the files hold another key than the one that the present connection uses: the
    /// peer's key was changed meanwhile.
    var hasNewKey: Bool {
        guard let keys, let present = try? configuration.keys?.read() else { return false }
        return present.keys.publicKey != keys.keys.publicKey
    }

    private func readKeys() throws(ClientFailure) {
        guard let source = configuration.keys else {
            // What is no address at all is told so by the socket.
            let endpoint = configuration.endpoint
            guard
                configuration.allowsPlaintext || LinkAddress.isLocal(endpoint)
                    || !endpoint.contains("://")
            else { throw .keyNeeded(endpoint) }
            return
        }
        do {
            keys = try source.read()
        } catch {
            throw ClientFailure(.keyUnusable, error.message)
        }
    }
}

extension LinkDoor {
    private func refusal(_ event: HandshakeMonitor.Event) -> Refusal? {
        if event == .succeeded { brokenCount = 0 }
        guard let sentence = sentence(event) else { return nil }
        brokenCount = 0
        brokerKeyIndex += 1
        let isLastKey = brokerKeyIndex % (keys?.brokerKeys.count ?? 1) == 0
        // Another key of the broker does not help a peer whose own key is not taken.
        if case .refused = event { return Refusal(sentence: sentence, isFinal: true) }
        return Refusal(sentence: sentence, isFinal: isLastKey)
    }

    private func sentence(_ event: HandshakeMonitor.Event) -> String? {
        let broker = "The broker at \(configuration.endpoint)"
        switch event {
        case .succeeded: return nil
        case .refused(status: 400):
            return "\(broker) does not take the key \(keyName): it does not know it, or it was "
                + "revoked. Type wirecopy keys ls on the broker's machine."
        case .refused(let status):
            return "\(broker) cannot check keys at the moment (status \(status))."
        case .mechanismMismatch where keys == nil:
            return "\(broker) takes encrypted connections only. Make a key on its machine with "
                + "wirecopy keys new NAME --role ROLE, and give its file with --key-file."
        case .mechanismMismatch:
            return "\(broker) does not encrypt, and this program has the key \(keyName). Leave "
                + "--key-file out, or start the broker with keys."
        case .cryptographic:
            return "\(broker) and this program do not understand each other's keys: the "
                + "broker-key that is used here is not its own."
        case .malformed(let number):
            return "\(broker) does not follow the protocol of connections (libzmq's error "
                + "\(number)); is it a broker of Wirecopy."
        case .broken:
            brokenCount += 1
            guard brokenCount >= Self.brokenMax else { return nil }
            guard let keys else {
                return "\(broker) ends every connection before it is ready. It takes encrypted "
                    + "connections only, or is no broker: make a key on its machine with wirecopy "
                    + "keys new NAME --role ROLE, and give its file with --key-file."
            }
            let used = keys.brokerKeys[brokerKeyIndex % keys.brokerKeys.count]
            return "\(broker) ends every connection before it is ready: it does not have the "
                + "broker-key \(used.short) that is used here, or is no broker with keys. Type "
                + "wirecopy keys ls on its machine."
        }
    }

    private var keyName: String {
        keys.map { "\($0.name) (\($0.keys.publicKey.short))" } ?? "that it was not given"
    }
}

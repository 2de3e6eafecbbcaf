import Logging
import WirecopyMessages
import WirecopyMetrics
import ZeroMQ

/// The ROUTER behind which all peers are.
///
/// Belongs to the thread that makes it.
struct BrokerSocket {
    private static let receiveLimit = Socket.ReceiveLimit(
        frames: BrokerLimits.commandFramesMax,
        bytes: BrokerLimits.commandBytesMax
    )

    /// Time between two attempts to listen again; libzmq's thread gives an address back within
    /// milliseconds.
    static let doorInterval = Duration.milliseconds(10)

    /// For the loop that watches it.
    let socket: Socket
    /// Where it listens.
    private(set) var endpoints = BrokerEndpoints(local: "")
    private let gate: BrokerGate?

    /// Makes a socket that does not listen yet; with a gate it asks others for keys.
    init(in context: Context, gate: BrokerGate?) throws(ZeroMQError) {
        var options = SocketOptions()
        options.frameBytesMax = MessageLimits.attachmentBytes
        // No peer may take the connection of another by the name that it gives itself on the wire.
        options.handsOver = false
        socket = try Socket(.router, in: context, options: options)
        self.gate = gate
    }

    /// Listens at the addresses of a configuration.
    mutating func listen(_ configuration: BrokerConfiguration) throws(ZeroMQError) {
        guard let gate else {
            try socket.bind(configuration.endpoint)
            endpoints = BrokerEndpoints(local: try socket.lastEndpoint())
            return
        }
        // The handler first: without one libzmq takes every key. The open address before the
        // protected one: what a socket was told holds for what it binds from then on.
        try gate.open(for: socket)
        var local: String?
        if let endpoint = configuration.localEndpoint {
            try socket.bind(endpoint)
            local = try socket.lastEndpoint()
        }
        try socket.protect(with: gate.brokerKey)
        try socket.bind(configuration.endpoint)
        let encrypted = try socket.lastEndpoint()
        endpoints = BrokerEndpoints(local: local ?? encrypted, encrypted: encrypted)
    }

    /// Listens no more where keys are asked for, and ends the connections that were made there;
    /// peers make new ones, and their leases are still theirs.
    func closeDoor() throws(ZeroMQError) {
        guard let endpoint = endpoints.encrypted else { return }
        try socket.unbind(endpoint)
    }

    /// Listens there again, with the broker's key of this moment.
    ///
    /// - Returns: false while libzmq's own thread has not given the address back yet.
    func openDoor() throws(ZeroMQError) -> Bool {
        guard let gate, let endpoint = endpoints.encrypted else { return true }
        try socket.protect(with: gate.brokerKey)
        do {
            try socket.bind(endpoint)
            return true
        } catch  where error.isAddressInUse {
            return false
        }
    }

    /// For whom the connection speaks of which the last command came.
    var principal: Principal { gate?.principal(socket.user) ?? .unkeyed }

    /// Connections that were not taken since the start; none where no keys are asked for.
    var refusedConnections: CountTable<RefusalDiary.Reason> { gate?.refusedTotals ?? .init() }

    /// Ends all connections, and only then the handler that guards them.
    func close() {
        socket.close()
        gate?.close()
    }

    /// Takes the next command, if one is there.
    func receive() throws(ZeroMQError) -> Socket.Reception {
        try socket.receive(Self.receiveLimit)
    }

    /// Hands a reply to ZeroMQ.
    ///
    /// - Returns: what kept it from being taken; `nil` when it was.
    func send(_ parcel: Parcel, _ logger: Logger) -> SendObstacle? {
        do {
            switch try socket.send(parcel.frames) {
            case .sent: return nil
            case .wouldBlock: return .heldUp
            case .hostUnreachable: return .unreachable
            }
        } catch {
            logger.error("A reply could not be sent.", metadata: ["error": "\(error.message)"])
            return .unreachable
        }
    }
}

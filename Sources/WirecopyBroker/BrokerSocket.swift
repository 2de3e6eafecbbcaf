import Logging
import WirecopyMessages
import ZeroMQ

/// The ROUTER behind which all peers are.
///
/// Belongs to the thread that makes it.
struct BrokerSocket {
    private static let receiveLimit = Socket.ReceiveLimit(
        frames: BrokerLimits.commandFramesMax,
        bytes: BrokerLimits.commandBytesMax
    )

    /// For the loop that watches it.
    let socket: Socket

    /// Listens on an address.
    init(listeningOn endpoint: String, in context: Context) throws(ZeroMQError) {
        var options = SocketOptions()
        options.frameBytesMax = MessageLimits.attachmentBytes
        socket = try Socket(.router, in: context, options: options)
        try socket.bind(endpoint)
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

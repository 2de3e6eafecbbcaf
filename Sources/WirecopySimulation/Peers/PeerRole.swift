import WirecopyMessages

/// What a peer wants of the network.
enum PeerOutput {
    /// Say this over the present connection.
    case say(QueueCommand)
    /// Open a socket and connect it.
    case connect
    /// Close the socket; with `lingers` what was said is still sent.
    case disconnect(lingers: Bool)
    /// Say BYE, close the socket, and connect anew after a wait.
    case leaveAndReturn
    /// The process ends as it should.
    case exit
    /// The process dies.
    case die
}

/// What a peer does beside keeping its connection.
protocol PeerRole: Sendable {
    /// The greeting at this moment.
    func hello(_ name: String) -> QueueCommand.Hello

    /// The broker took the peer.
    mutating func welcomed(_ welcome: BrokerReply.Welcome, now: Int, _ world: inout World)

    /// The broker said something else.
    mutating func hear(_ reply: BrokerReply, now: Int, _ world: inout World)

    /// The connection is lost; another is being made.
    mutating func lost()

    /// Time has passed.
    mutating func wake(now: Int, _ world: inout World)

    /// When `wake` has something to do; `nil` for never.
    var wakeAt: Int? { get }

    /// True when nothing of it is unfinished.
    var isQuiet: Bool { get }

    /// Takes what it wants; what it says is dropped while there is no connection.
    mutating func takeOutputs(isOpen: Bool) -> [PeerOutput]
}

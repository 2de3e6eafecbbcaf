import CZeroMQ

/// How a socket's connections are protected; ZeroMQ copies it at each `bind` and `connect`.
package enum SocketSecurity: Sendable, Equatable {
    /// Plain text, and everybody is taken (`NULL`).
    case none
    /// Takes CURVE connections alone, and asks the authenticator of the context about each key.
    ///
    /// The authenticator must be open as long as the socket: libzmq takes every key while there is
    /// none. (`ZMQ_ZAP_ENFORCE_DOMAIN`, which would change that, is a draft and is not built in.)
    case curveServer(CurveKeyPair)
    /// Connects with a key of its own to a server whose key it knows.
    case curveClient(CurveKeyPair, server: CurveKey)

    /// What CURVE adds to a frame: the command's name, the number and the box (RFC 26).
    static let frameBytesAdded = 33
    /// Names all of our sockets to the authenticator. It must not be empty: libzmq asks nobody
    /// about the connections of a socket without a domain (`ZMQ_ZAP_DOMAIN`).
    static let domain = "wirecopy"
}

extension Socket {
    /// Takes CURVE connections alone at the addresses that are bound from now on; those bound
    /// before, and all connections that exist, stay as they are.
    ///
    /// There is no way back: libzmq cannot take a security domain off again.
    ///
    /// - Throws: `ZeroMQError`: `EINVAL` when libzmq was built without CURVE.
    package func protect(with keys: CurveKeyPair) throws(ZeroMQError) {
        try set(.curveServer(keys))
    }

    /// Sets a protection on a socket that has had none.
    func set(_ security: SocketSecurity) throws(ZeroMQError) {
        switch security {
        case .none: return
        case .curveServer(let keys):
            try set(ZMQ_CURVE_SERVER, 1, "server side of CURVE")
            try setKey(ZMQ_CURVE_SECRETKEY, keys.secret)
            try setBytes(ZMQ_ZAP_DOMAIN, Array(SocketSecurity.domain.utf8), "security domain")
        case .curveClient(let keys, let server):
            try setKey(ZMQ_CURVE_SERVERKEY, server.bytes)
            try setKey(ZMQ_CURVE_PUBLICKEY, keys.publicKey.bytes)
            try setKey(ZMQ_CURVE_SECRETKEY, keys.secret)
        }
    }

    private func setKey(_ option: Int32, _ bytes: [UInt8]) throws(ZeroMQError) {
        try setBytes(option, bytes, "key")
    }
}

import CZeroMQ

/// Answers, inside one process, whether a key may connect: the handler of ZAP (RFC 27).
///
/// libzmq asks it about every handshake of the context's CURVE servers, over a socket of the
/// process itself. It must be open before a server binds. Owned by an actor on a `SocketLoop`; the
/// handshakes wait for the loop, the connections that exist do not.
package final class Authenticator {
    /// A connection that wants to be taken.
    package struct Applicant: Sendable, Equatable {
        /// Its key; `nil` when it has shown none.
        package let key: CurveKey?
        /// Where it comes from, such as `10.0.0.7`.
        package let address: String
    }

    /// What an authenticator says.
    package enum Verdict: Sendable, Equatable {
        /// Taken; `Socket.user` is this name with every message of the connection.
        case accepted(user: String)
        /// Not taken; the peer learns the number 400 and nothing else.
        case refused
    }

    /// Questions of libzmq have 8 frames; a client cannot make them longer than its handshake.
    private static let limit = Socket.ReceiveLimit(frames: 16, bytes: 64 << 10)
    private static let endpoint = "inproc://zeromq.zap.01"

    private let socket: Socket
    private let loop: SocketLoop
    private let judge: (Applicant) -> Verdict

    /// Opens the authenticator of a context; there is at most one. `judge` is called on the loop's
    /// thread for every handshake.
    ///
    /// - Throws: `ZeroMQError`: `EADDRINUSE` when the context has one already.
    package init(
        in context: Context,
        on loop: SocketLoop,
        judge: @escaping (Applicant) -> Verdict
    ) throws(ZeroMQError) {
        var options = SocketOptions()
        options.linger = .zero
        // A client that has left meanwhile needs no answer.
        options.isMandatory = false
        socket = try Socket(.router, in: context, options: options)
        try socket.bind(Self.endpoint)
        self.loop = loop
        self.judge = judge
        loop.register(socket) { [weak self] in self?.answer() }
    }

    /// Takes nobody any more; new handshakes fail.
    package func close() {
        loop.unregister(socket)
        socket.close()
    }

    private func answer() {
        for _ in 0..<SocketLoop.drainMax {
            guard case .message(let frames)? = try? socket.receive(Self.limit) else { return }
            guard let question = Question(frames) else { continue }
            let reply = question.reply(judge(question.applicant))
            // What cannot be sent leaves the peer without an answer: it is not taken.
            _ = try? socket.send(reply)
        }
    }
}

extension Authenticator {
    /// One question of libzmq: route, empty frame, version, number, domain, address, identity,
    /// mechanism, and what the mechanism knows of the peer.
    struct Question {
        let route: [[UInt8]]
        let number: [UInt8]
        let applicant: Applicant

        init?(_ frames: [[UInt8]]) {
            guard frames.count >= 8, frames[1].isEmpty, frames[2] == Array("1.0".utf8) else {
                return nil
            }
            route = [frames[0], []]
            number = frames[3]
            let isCurve = frames[7] == Array("CURVE".utf8) && frames.count == 9
            applicant = Applicant(
                key: isCurve ? CurveKey(bytes: frames[8]) : nil,
                address: String(decoding: frames[5].prefix(256), as: UTF8.self)
            )
        }

        func reply(_ verdict: Verdict) -> [[UInt8]] {
            let (status, text, user) =
                switch verdict {
                case .accepted(let user): ("200", "OK", user)
                case .refused: ("400", "The key is not taken.", "")
                }
            let parts = [status, text, user].map { Array($0.utf8) }
            return route + [Array("1.0".utf8), number] + parts + [[]]
        }
    }
}

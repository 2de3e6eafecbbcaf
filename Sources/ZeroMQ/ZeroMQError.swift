import CZeroMQ
import Glibc

/// Why a call of ZeroMQ did not work.
package struct ZeroMQError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The error number as C knows it.
    package let number: Int32
    /// The name of the number in C, such as `EADDRINUSE`.
    package let name: String
    /// A full sentence: what was attempted, on what, and what happened.
    package let message: String

    /// Makes an error of a number; `attempt` reads like `The socket could not bind to tcp://*:1`.
    package init(number: Int32, attempt: String) {
        self.number = number
        name = Self.names[number] ?? "errno \(number)"
        let cause = zmq_strerror(number).map { String(cString: $0) } ?? "unknown error"
        message = "\(attempt): \(cause) (\(name))."
    }

    /// The sentence.
    package var description: String { message }

    /// True when another socket has the address already.
    package var isAddressInUse: Bool { number == EADDRINUSE }

    /// The error that the last call of this thread left.
    static func last(_ attempt: String) -> ZeroMQError {
        ZeroMQError(number: zmq_errno(), attempt: attempt)
    }

    /// The numbers that libzmq's manual names for the calls that are used here.
    private static let names: [Int32: String] = [
        EACCES: "EACCES",
        EADDRINUSE: "EADDRINUSE",
        EADDRNOTAVAIL: "EADDRNOTAVAIL",
        EAGAIN: "EAGAIN",
        ECONNREFUSED: "ECONNREFUSED",
        EFAULT: "EFAULT",
        EFSM: "EFSM",
        EHOSTUNREACH: "EHOSTUNREACH",
        EINTR: "EINTR",
        EINVAL: "EINVAL",
        EMFILE: "EMFILE",
        EMTHREAD: "EMTHREAD",
        ENAMETOOLONG: "ENAMETOOLONG",
        ENOCOMPATPROTO: "ENOCOMPATPROTO",
        ENODEV: "ENODEV",
        ENOENT: "ENOENT",
        ENOMEM: "ENOMEM",
        ENOTSOCK: "ENOTSOCK",
        ENOTSUP: "ENOTSUP",
        EPROTONOSUPPORT: "EPROTONOSUPPORT",
        ETERM: "ETERM",
    ]
}

import HTTPServer
package import WirecopyKeys
package import WirecopyQueue
import ZeroMQ

/// Why the broker could not start, or had to end.
package struct BrokerFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kinds of failure, closed.
    package enum Code: Sendable, Equatable {
        /// The address can be reached from other machines and nothing would be encrypted.
        case endpointRefused
        /// The broker's key, or the list of keys that it takes, cannot be used.
        case keys(KeyFailure.Code)
        /// Another program listens on the address.
        case addressInUse
        /// ZeroMQ could not do its work.
        case socketFailed
        /// The journal cannot be opened, or cannot be trusted any more.
        case journal(QueueFailure.Code)
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence for people.
    package let message: String

    /// Makes a failure with a full sentence.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    init(starting failure: any Error) {
        switch failure {
        case let failure as QueueFailure: self.init(failure)
        case let failure as KeyFailure: self.init(failure)
        case let failure as ZeroMQError: self.init(failure)
        default: self.init(.socketFailed, "The broker could not start: \(failure).")
        }
    }

    init(_ failure: QueueFailure) {
        self.init(.journal(failure.code), failure.message)
    }

    init(_ failure: KeyFailure) {
        self.init(.keys(failure.code), failure.message)
    }

    init(_ failure: HTTPServerFailure) {
        if case .addressTaken = failure {
            self.init(.addressInUse, failure.message)
        } else {
            self.init(.socketFailed, failure.message)
        }
    }

    init(_ failure: ZeroMQError) {
        self.init(failure.isAddressInUse ? .addressInUse : .socketFailed, failure.message)
    }

    /// The sentence.
    package var description: String { message }
}

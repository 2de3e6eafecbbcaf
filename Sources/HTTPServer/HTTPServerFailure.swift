/// Why a server cannot listen.
package enum HTTPServerFailure: Error, Sendable, Equatable {
    /// The text names no address and port of this machine.
    case addressInvalid(String)
    /// Another program listens there.
    case addressTaken(String)
    /// A socket call failed; `code` is the number of the error.
    case socket(call: String, code: Int32)

    /// A full sentence that says what to do.
    package var message: String {
        switch self {
        case .addressInvalid(let text):
            "\(text) is no address to listen on; give one as 127.0.0.1:9577 or [::1]:9577."
        case .addressTaken(let text):
            "Another program listens on \(text); give another port, or 0 for a free one."
        case .socket(let call, let code):
            "No connections can be taken: \(call) failed with errno \(code)."
        }
    }
}

import HTTPServer

/// What can go wrong while the newsroom is loaded or opened; serving itself never throws.
package enum NewsroomFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// A source file breaks its format; `line` counts from 1.
    case badSource(path: String, line: Int, reason: String)
    /// The sources contradict each other, for example two articles with one path.
    case inconsistent(String)
    /// The resources of the package or a folder to write to cannot be used.
    case unreadable(path: String, reason: String)
    /// Another program listens on the port.
    case portTaken(UInt16)
    /// A socket call failed; `code` is the C name or number of the error.
    case socket(call: String, code: Int32)

    /// True when another program has the port: the service is unavailable (69 in sysexits.h).
    package var isPortTaken: Bool {
        if case .portTaken = self { true } else { false }
    }

    /// A full sentence for a person.
    package var description: String {
        switch self {
        case .badSource(let path, let line, let reason):
            return "The source \(path) is wrong at line \(line): \(reason)."
        case .inconsistent(let reason):
            return "The sources of the newsroom contradict each other: \(reason)."
        case .unreadable(let path, let reason):
            return "The newsroom cannot use \(path): \(reason)."
        case .portTaken(let port):
            return "Port \(port) on 127.0.0.1 is taken by another program; give another --port."
        case .socket(let call, let code):
            return "The newsroom cannot listen: \(call) failed with errno \(code)."
        }
    }
}

extension NewsroomFailure {
    /// Why the newsroom cannot listen on a port of the loopback interface.
    init(_ failure: HTTPServerFailure, port: UInt16) {
        switch failure {
        case .addressTaken, .addressInvalid: self = .portTaken(port)
        case .socket(let call, let code): self = .socket(call: call, code: code)
        }
    }
}

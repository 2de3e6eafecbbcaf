import Glibc

/// Makes sockets that listen.
enum ListeningSocket {
    /// Connections that may wait to be accepted.
    private static let backlog: Int32 = 128

    /// Listens on an address; gives the descriptor and the address with the real port.
    static func open(
        _ address: ListenAddress
    ) throws(HTTPServerFailure) -> (Int32, ListenAddress) {
        for port in address.port...address.lastPort {
            do throws(HTTPServerFailure) {
                return try openOne(ListenAddress(host: address.host, port: port))
            } catch {
                guard case .addressTaken = error else { throw error }
            }
        }
        throw .addressTaken("\(address)")
    }

    private static func openOne(
        _ address: ListenAddress
    ) throws(HTTPServerFailure) -> (Int32, ListenAddress) {
        var hints = unsafe addrinfo()
        unsafe hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        guard unsafe getaddrinfo(address.host, "\(address.port)", &hints, &found) == 0,
            let first = unsafe found
        else { throw .addressInvalid("\(address)") }
        defer { unsafe freeaddrinfo(first) }
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = unsafe socket(first.pointee.ai_family, kind, 0)
        guard descriptor >= 0 else { throw .socket(call: "socket", code: errno) }
        do throws(HTTPServerFailure) {
            setSocketOption(descriptor, SOL_SOCKET, SO_REUSEADDR, Int32(1))
            let entry = unsafe first.pointee
            guard unsafe bind(descriptor, entry.ai_addr, entry.ai_addrlen) == 0 else {
                throw Self.failure("bind", address)
            }
            guard listen(descriptor, backlog) == 0 else { throw Self.failure("listen", address) }
            let real = try Self.port(of: descriptor)
            return (descriptor, ListenAddress(host: address.host, port: real))
        } catch {
            close(descriptor)
            throw error
        }
    }

    private static func failure(_ call: String, _ address: ListenAddress) -> HTTPServerFailure {
        switch errno {
        case EADDRINUSE: .addressTaken("\(address)")
        case EADDRNOTAVAIL: .addressInvalid("\(address)")
        default: .socket(call: call, code: errno)
        }
    }

    private static func port(of descriptor: Int32) throws(HTTPServerFailure) -> UInt16 {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let code = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getsockname(descriptor, $0, &size)
            }
        }
        guard code == 0 else { throw .socket(call: "getsockname", code: errno) }
        // The port lies at the same place in the addresses of both families.
        return unsafe withUnsafeBytes(of: &storage) { bytes in
            unsafe UInt16(bytes[2]) << 8 | UInt16(bytes[3])
        }
    }
}

/// Sets an option that may fail without harm: the defaults work too, only slower.
func setSocketOption<Value: BitwiseCopyable>(
    _ descriptor: Int32,
    _ level: Int32,
    _ name: Int32,
    _ value: Value
) {
    var value = value
    let size = socklen_t(MemoryLayout<Value>.size)
    _ = unsafe setsockopt(descriptor, level, name, &value, size)
}

import Glibc

/// The few socket calls that a proxy on loopback needs.
enum TCP {
    /// Listens on a free port of 127.0.0.1.
    static func listen() throws(FaultProxyFailure) -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = loopback(port: 0)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening =
            descriptor >= 0
            && with(&address) { bind(descriptor, $0, size) } == 0
            && Glibc.listen(descriptor, 128) == 0
            && with(&address) { getsockname(descriptor, $0, &size) } == 0
        guard isListening else {
            let number = errno
            if descriptor >= 0 { close(descriptor) }
            throw FaultProxyFailure(message: "The proxy cannot listen: errno \(number).")
        }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// Connects to a port of 127.0.0.1; `nil` when nobody listens there.
    static func connect(port: UInt16) -> Int32? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        var address = loopback(port: port)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        guard with(&address, { Glibc.connect(descriptor, $0, size) }) == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Sends all bytes; false when the other side is gone.
    static func sendAll(_ descriptor: Int32, _ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var sent = 0
            while sent < buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[sent...])
                let count = send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
                guard count > 0 else { return false }
                sent += count
            }
            return true
        }
    }

    /// Makes the coming close a reset.
    static func lingerNever(_ descriptor: Int32) {
        var never = linger(l_onoff: 1, l_linger: 0)
        let size = socklen_t(MemoryLayout<linger>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &never, size)
    }

    /// Closes with a reset.
    static func reset(_ descriptor: Int32) {
        lingerNever(descriptor)
        close(descriptor)
    }

    private static func loopback(port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }

    private static func with(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>) -> Int32
    ) -> Int32 {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}

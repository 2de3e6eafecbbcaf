import Glibc

/// A file that is read once, front to back, in pieces; it is closed when the value ends.
package struct FileBytes: ~Copyable {
    private let descriptor: CInt
    private let path: String

    /// Opens a file; `-` is the standard input.
    ///
    /// - Throws: `fileUnreadable` with the name of the system's error.
    package init(path: String) throws(WebArchiveFailure) {
        try self.init(path: path, offset: 0)
    }

    /// Opens a file to read it from an offset on; the standard input has only offset 0.
    ///
    /// - Throws: `fileUnreadable` with the name of the system's error.
    package init(path: String, offset: Int) throws(WebArchiveFailure) {
        let opened = path == "-" ? STDIN_FILENO : unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard opened >= 0 else { throw Self.failure(path) }
        guard offset == 0 || lseek(opened, off_t(offset), SEEK_SET) == offset else {
            let failure = Self.failure(path)
            if opened != STDIN_FILENO { close(opened) }
            throw failure
        }
        self.path = path
        descriptor = opened
    }

    deinit {
        if descriptor != STDIN_FILENO { close(descriptor) }
    }

    /// Reads at most `maxBytes` bytes; an empty array means the end of the file.
    ///
    /// - Throws: `fileUnreadable` with the name of the system's error.
    package func read(maxBytes: Int) throws(WebArchiveFailure) -> [UInt8] {
        var count = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: maxBytes) {
            buffer,
            initializedCount in
            repeat {
                count = unsafe Glibc.read(descriptor, buffer.baseAddress, maxBytes)
            } while count < 0 && errno == EINTR
            initializedCount = max(0, count)
        }
        guard count >= 0 else { throw Self.failure(path) }
        return bytes
    }

    private static func failure(_ path: String) -> WebArchiveFailure {
        let reason = unsafe String(cString: strerror(errno))
        return WebArchiveFailure(.fileUnreadable, "The file \(path) cannot be read: \(reason).")
    }
}

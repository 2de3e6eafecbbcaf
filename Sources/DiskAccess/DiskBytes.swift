import Glibc

/// Reads and writes of many bytes at a place of a file: a system call may do a part of it only.
package enum DiskBytes {
    /// Reads up to `count` bytes from `offset` on, fewer at the end of the file.
    ///
    /// - Throws: the system's refusal.
    package static func read(
        from descriptor: Int32,
        at offset: Int,
        count: Int
    ) throws(DiskRefusal) -> [UInt8] {
        var cause: Int32 = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let step = unsafe pread(
                    descriptor,
                    buffer.baseAddress?.advanced(by: filled),
                    count - filled,
                    off_t(offset + filled)
                )
                if step < 0, errno == EINTR { continue }
                if step < 0 { cause = errno }
                guard step > 0 else { break }
                filled += step
            }
        }
        guard cause == 0 else { throw DiskRefusal(cause) }
        return bytes
    }

    /// Writes all bytes from `offset` on.
    ///
    /// - Throws: the system's refusal; then a part of them may be written.
    package static func write(
        _ bytes: [UInt8],
        to descriptor: Int32,
        at offset: Int
    ) throws(DiskRefusal) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe pwrite(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    bytes.count - written,
                    off_t(offset + written)
                )
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw DiskRefusal(errno) }
            written += count
        }
    }
}

import Glibc

/// What the disk itself needs to keep 4 KB: the reference of confirm times.
enum DiskSync {
    private static let blockBytes = 4096

    /// Appends and syncs blocks to a new file in `folder`, with the pause that a paced publisher
    /// makes, and gives the times of write and `fdatasync` together, sorted.
    static func times(in folder: String, count: Int, pause: Duration) throws -> [Duration] {
        let path = "\(folder)/wirecopy-bench-sync-\(getpid())"
        let file = unsafe open(path, O_CREAT | O_EXCL | O_WRONLY, 0o600)
        guard file >= 0 else { throw BenchFailure("The file \(path) could not be made: \(errno).") }
        defer {
            Glibc.close(file)
            _ = unsafe unlink(path)
        }
        let block = [UInt8](repeating: 7, count: blockBytes)
        return try (0..<count).map { _ in
            usleep(UInt32(pause.wholeNanoseconds / 1000))
            let start = ContinuousClock.now
            guard unsafe write(file, block, blockBytes) == blockBytes, fdatasync(file) == 0 else {
                throw BenchFailure("The file \(path) could not be synced: \(errno).")
            }
            return .now - start
        }.sorted()
    }
}

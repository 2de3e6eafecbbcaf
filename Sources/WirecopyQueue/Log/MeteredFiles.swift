/// The journal's files with a watch on each sync; everything else passes through.
package struct MeteredFiles: JournalFiles {
    private let files: any JournalFiles
    private let meter: JournalMeter

    /// Measures the syncs of these files.
    package init(_ files: any JournalFiles, _ meter: JournalMeter) {
        self.files = files
        self.meter = meter
    }

    /// Names of the files in a directory.
    package func names(in directory: String) throws(DiskFault) -> [String] {
        try files.names(in: directory)
    }

    /// Makes a directory unless it exists.
    package func makeDirectory(_ path: String) throws(DiskFault) { try files.makeDirectory(path) }

    /// Opens a file; the syncs of one that is written are measured.
    package func open(
        _ path: String,
        _ mode: JournalFileMode
    ) throws(DiskFault) -> any JournalFile {
        let file = try files.open(path, mode)
        if case .reading = mode { return file }
        return MeteredFile(file, meter)
    }

    /// Gives a file another name.
    package func rename(_ path: String, to newPath: String) throws(DiskFault) {
        try files.rename(path, to: newPath)
    }

    /// Removes a file.
    package func remove(_ path: String) throws(DiskFault) { try files.remove(path) }

    /// Makes the names in a directory durable.
    package func syncDirectory(_ path: String) throws(DiskFault) { try files.syncDirectory(path) }

    /// Bytes that the file system still has for us.
    package func freeBytes() -> Int? { files.freeBytes() }
}

/// A file whose syncs are measured.
private final class MeteredFile: JournalFile {
    private let file: any JournalFile
    private let meter: JournalMeter

    init(_ file: any JournalFile, _ meter: JournalMeter) {
        self.file = file
        self.meter = meter
    }

    func size() throws(DiskFault) -> Int { try file.size() }

    func write(_ parts: [[UInt8]], at offset: Int) throws(DiskFault) {
        try file.write(parts, at: offset)
    }

    func sync() throws(DiskFault) {
        let start = ContinuousClock.now
        try file.sync()
        meter.synced(in: .now - start)
    }

    func read(at offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
        try file.read(at: offset, count: count)
    }

    func truncate(to length: Int) throws(DiskFault) { try file.truncate(to: length) }

    func allocate(to length: Int) throws(DiskFault) { try file.allocate(to: length) }
}

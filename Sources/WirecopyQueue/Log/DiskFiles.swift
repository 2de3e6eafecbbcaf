import DiskAccess
import Glibc

/// The journal's files on a real disk.
package struct DiskFiles: JournalFiles {
    private let directory: String

    /// Uses the files in a directory, which must exist.
    package init(in directory: String) { self.directory = directory }

    /// Names of the files in a directory.
    package func names(in directory: String) throws(DiskFault) -> [String] {
        guard let stream = unsafe opendir(path(directory)) else {
            if errno == ENOENT { return [] }
            throw DiskFault("list", directory, errno)
        }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe String(
                    cString: UnsafeRawPointer(pointer).assumingMemoryBound(to: CChar.self)
                )
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    /// Makes a directory unless it exists.
    package func makeDirectory(_ path: String) throws(DiskFault) {
        guard unsafe mkdir(self.path(path), 0o755) == 0 || errno == EEXIST else {
            throw DiskFault("make", path, errno)
        }
    }

    /// Opens a file.
    package func open(
        _ path: String,
        _ mode: JournalFileMode
    ) throws(DiskFault) -> any JournalFile {
        let flags =
            switch mode {
            case .reading: O_RDONLY
            case .writing: O_RDWR
            case .creating: O_RDWR | O_CREAT | O_EXCL
            }
        let descriptor = unsafe Glibc.open(self.path(path), flags | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw DiskFault("open", path, errno) }
        return DiskFile(path: path, descriptor: descriptor)
    }

    /// Gives a file another name.
    package func rename(_ path: String, to newPath: String) throws(DiskFault) {
        guard unsafe Glibc.rename(self.path(path), self.path(newPath)) == 0 else {
            throw DiskFault("rename", path, errno)
        }
    }

    /// Removes a file.
    package func remove(_ path: String) throws(DiskFault) {
        guard unsafe unlink(self.path(path)) == 0 else { throw DiskFault("remove", path, errno) }
    }

    /// Makes the names in a directory durable.
    package func syncDirectory(_ path: String) throws(DiskFault) {
        let descriptor = unsafe Glibc.open(self.path(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw DiskFault("open", path, errno) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw DiskFault("sync", path, errno) }
    }

    /// Bytes that the file system still has for us.
    package func freeBytes() -> Int? { DiskSpace.freeBytes(at: directory) }

    private func path(_ relative: String) -> String {
        relative.isEmpty ? directory : "\(directory)/\(relative)"
    }
}

/// A file on a real disk.
private final class DiskFile: JournalFile {
    private let path: String
    private let descriptor: Int32

    init(path: String, descriptor: Int32) {
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    func size() throws(DiskFault) -> Int {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { throw DiskFault("stat", path, errno) }
        return Int(status.st_size)
    }

    func write(_ parts: [[UInt8]], at offset: Int) throws(DiskFault) {
        var place = offset
        for part in parts {
            try write(part, at: place)
            place += part.count
        }
    }

    private func write(_ bytes: [UInt8], at offset: Int) throws(DiskFault) {
        do {
            try DiskBytes.write(bytes, to: descriptor, at: offset)
        } catch {
            throw DiskFault("write", path, error.number)
        }
    }

    func sync() throws(DiskFault) {
        guard fdatasync(descriptor) == 0 else { throw DiskFault("sync", path, errno) }
    }

    func read(at offset: Int, count: Int) throws(DiskFault) -> [UInt8] {
        do {
            return try DiskBytes.read(from: descriptor, at: offset, count: count)
        } catch {
            throw DiskFault("read", path, error.number)
        }
    }

    func truncate(to length: Int) throws(DiskFault) {
        guard ftruncate(descriptor, off_t(length)) == 0 else {
            throw DiskFault("truncate", path, errno)
        }
    }

    func allocate(to length: Int) throws(DiskFault) {
        let cause = posix_fallocate(descriptor, 0, off_t(length))
        guard cause == 0 else { throw DiskFault("allocate", path, cause) }
    }
}

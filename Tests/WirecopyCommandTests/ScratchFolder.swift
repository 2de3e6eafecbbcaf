import Foundation

/// A directory that is removed when the test ends.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        let name = "wirecopy-command-\(UUID().uuidString)"
        path = FileManager.default.temporaryDirectory.appending(path: name).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Writes a file; returns its path.
    func write(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: "\(path)/\(name)", atomically: true, encoding: .utf8)
        return "\(path)/\(name)"
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

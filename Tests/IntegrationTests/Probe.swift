import Foundation

/// Tries what a machine allows, before the tests that need it.
enum Probe {
    /// Whether a program can be run and ends with status 0.
    static func succeeds(_ path: String, _ arguments: String...) -> Bool {
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }
}

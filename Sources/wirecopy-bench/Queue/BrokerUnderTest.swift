import Foundation
import WirecopyKeys
import WirecopyProgram

/// A broker process over a folder.
struct BrokerUnderTest {
    /// How the broker is started.
    struct Options {
        /// Peers need a key, and everything is encrypted; the key is made for the run.
        var isEncrypted = false
        /// Messages of one host at a time; 0 for any. Most loads are of one host alone.
        var laneLimit = 0
    }

    /// Name of the one key that is made.
    private static let keyName = "bench"

    let process: BenchProcess
    /// Where peers connect.
    let endpoint: String
    /// File of the peers' key; `nil` when none is needed.
    let keyFile: String?
    private let metricsPort: UInt16

    /// Starts a broker over a folder that may hold a journal, and waits until it listens.
    init(over directory: DataDirectory, _ options: Options = Options()) throws {
        metricsPort = try BrokerMetrics.freePort()
        var arguments = [
            "--data", directory.path, "--listen", "tcp://127.0.0.1:*",
            "--lane-limit", "\(options.laneLimit)", "--log-level", "warning",
            "--metrics-address", "127.0.0.1:\(metricsPort)",
        ]
        if options.isEncrypted {
            let keys = KeyFolder(path: directory.keys)
            try keys.add(Self.keyName, KeyRole("all"), day: "2026-11-29")
            arguments += ["--keys", keys.path]
            keyFile = keys.peerKey(Self.keyName)
        } else {
            keyFile = nil
        }
        process = try BenchProcess("wirecopy-broker", arguments)
        let address = try Self.address(in: directory, of: process)
        endpoint = address.encryptedEndpoint ?? address.endpoint
    }

    /// What its metrics say now.
    func metrics() throws -> BrokerMetrics { try BrokerMetrics(port: metricsPort) }

    /// Waits at most 60 seconds until the broker has said where it listens.
    private static func address(
        in directory: DataDirectory,
        of process: BenchProcess
    ) throws -> BrokerAddress {
        for _ in 0..<6000 {
            // A broker that was killed leaves its address behind.
            if let address = BrokerAddress(in: directory), address.pid == process.pid {
                return address
            }
            Thread.sleep(forTimeInterval: 0.01)
        }
        throw BenchFailure("The broker did not listen within 60 s.")
    }
}

/// A folder for one measurement, removed with everything in it afterwards.
enum BenchFolder {
    /// Calls `body` with a new folder of an installation in `parent`.
    static func with<Value>(
        in parent: URL,
        _ body: (DataDirectory) throws -> Value
    ) throws -> Value {
        let folder = parent.appending(path: "wirecopy-bench-\(UUID().uuidString)")
        let directory = DataDirectory(path: folder.path)
        try directory.create()
        defer { remove(folder) }
        return try body(directory)
    }

    private static func remove(_ folder: URL) {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            let note = "The folder \(folder.path) is left behind: \(error).\n"
            FileHandle.standardError.write(Data(note.utf8))
        }
    }
}

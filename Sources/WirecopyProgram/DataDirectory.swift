import Foundation

/// The folder that holds everything of one installation, and the names inside it.
package struct DataDirectory: Sendable, Equatable {
    /// Absolute path of the folder.
    package let path: String

    /// Names a folder; a relative path is taken from the current one.
    package init(path: String) {
        self.path = URL(filePath: path).standardizedFileURL.path
    }

    /// The folder that flags, environment or file name, `wirecopy-data` otherwise.
    package static var configuredPath: String {
        Configuration.current.text(.data, default: "wirecopy-data")
    }

    /// Folder of the journal and its segments; the broker's alone.
    package var queue: String { path + "/queue" }
    /// Database of articles.
    package var store: String { path + "/store.sqlite" }
    /// Folder of the broker's key and of the keys that it takes.
    package var keys: String { path + "/keys" }
    /// Folder of what holds only while programs run.
    package var run: String { path + "/run" }
    /// Folder of what is known of replays, finished or not.
    package var replays: String { path + "/replays" }
    /// Folder of the log files of supervised programs.
    package var logs: String { path + "/logs" }

    /// Makes the folder and those inside it.
    ///
    /// - Throws: `ProgramFailure.cannotCreate` with the path and the cause.
    package func create() throws(ProgramFailure) {
        for folder in [path, queue, run, replays, logs] {
            do {
                try FileManager.default.createDirectory(
                    atPath: folder,
                    withIntermediateDirectories: true
                )
            } catch {
                throw ProgramFailure(
                    .cannotCreate,
                    "The folder \(folder) cannot be made (\(error.localizedDescription)). "
                        + "Choose another with --data."
                )
            }
        }
        guard FileManager.default.isWritableFile(atPath: queue) else {
            throw ProgramFailure(
                .cannotCreate,
                "The folder \(queue) cannot be written. Choose another with --data."
            )
        }
    }
}

/// Where a running broker can be reached: written by the broker once it listens, removed when it
/// stops.
package struct BrokerAddress: Codable, Sendable, Equatable {
    /// ZeroMQ endpoint for programs of this machine, such as `tcp://127.0.0.1:5577`; no key is
    /// asked for there.
    package var endpoint: String
    /// Endpoint for owners of keys, on this machine and others; `nil` without keys.
    package var encryptedEndpoint: String?
    /// Process of the broker.
    package var pid: Int32

    /// Makes an address.
    package init(endpoint: String, encryptedEndpoint: String? = nil, pid: Int32) {
        self.endpoint = endpoint
        self.encryptedEndpoint = encryptedEndpoint
        self.pid = pid
    }

    /// The address of the broker that serves a folder; `nil` when none runs.
    package init?(in directory: DataDirectory) {
        guard let data = FileManager.default.contents(atPath: Self.path(in: directory)),
            let address = try? JSONDecoder().decode(BrokerAddress.self, from: data),
            kill(address.pid, 0) == 0
        else { return nil }
        self = address
    }

    /// Makes the address known to the programs of this machine.
    package func write(in directory: DataDirectory) throws(ProgramFailure) {
        do {
            let data = try JSONEncoder().encode(self)
            try data.write(to: URL(filePath: Self.path(in: directory)), options: .atomic)
        } catch {
            throw ProgramFailure(
                .cannotCreate,
                "The broker's address cannot be written to \(directory.run) "
                    + "(\(error.localizedDescription))."
            )
        }
    }

    /// Takes the address back; a file that is gone already is as good, and the address of another
    /// broker that runs stays.
    package static func remove(in directory: DataDirectory) {
        if let running = BrokerAddress(in: directory), running.pid != getpid() { return }
        _ = unsafe unlink(path(in: directory))
    }

    private static func path(in directory: DataDirectory) -> String {
        directory.run + "/broker.json"
    }
}

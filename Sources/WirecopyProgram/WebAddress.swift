import Foundation

/// Where the web page of an installation is served: written once it is, removed when it stops.
package enum WebAddress {
    /// The address, such as `http://127.0.0.1:5580/`; `nil` while no page is served.
    package static func text(in directory: DataDirectory) -> String? {
        guard let data = FileManager.default.contents(atPath: path(in: directory)) else {
            return nil
        }
        return String(decoding: data, as: UTF8.self).split(separator: "\n").first.map(String.init)
    }

    /// Makes the address known to the programs of this machine.
    ///
    /// - Throws: `ProgramFailure.cannotCreate` when the file cannot be written.
    package static func write(
        _ address: String,
        in directory: DataDirectory
    ) throws(ProgramFailure) {
        do {
            try Data("\(address)\n".utf8)
                .write(to: URL(filePath: path(in: directory)), options: .atomic)
        } catch {
            throw ProgramFailure(
                .cannotCreate,
                "The page's address cannot be written to \(directory.run) "
                    + "(\(error.localizedDescription))."
            )
        }
    }

    /// Takes the address back; a file that is gone already is as good.
    package static func remove(in directory: DataDirectory) {
        _ = unsafe unlink(path(in: directory))
    }

    private static func path(in directory: DataDirectory) -> String {
        directory.run + "/web-address"
    }
}

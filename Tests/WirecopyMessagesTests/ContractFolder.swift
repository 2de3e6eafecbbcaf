import Foundation
import Testing

@testable import WirecopyMessages

/// The folder `proto-schemas` of the repository.
enum ContractFolder {
    static let url = URL(filePath: #filePath)
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .deletingLastPathComponent()
        .appending(path: "proto-schemas")

    /// The examples whose file names begin so, by name without `.json`, without the final newline.
    static func examples(_ prefix: String, in folder: String = "examples") throws
        -> [(name: String, json: [UInt8])]
    {
        let folder = url.appending(path: folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        return try names.filter { $0.hasPrefix(prefix) && $0.hasSuffix(".json") }.map { name in
            var bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            while bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
            return (String(name.dropLast(5)), bytes)
        }
    }

    /// The text of a file of the folder.
    static func text(_ name: String) throws -> String {
        try String(contentsOf: url.appending(path: name), encoding: .utf8)
    }
}

import Foundation
import Gzip
import WirecopyProgram

/// The saved pages that the benches of single stages work on.
enum BenchPages {
    /// Where the development pages lie beside the repository.
    static let usualFolder = "../shared/corpora/articles-dev/pages"

    /// Reads and unpacks the pages of a folder, in the order of their names.
    static func read(_ folder: String, limit: Int) throws -> [[UInt8]] {
        guard FileManager.default.fileExists(atPath: folder) else {
            throw ProgramFailure(.noInput, "There is no folder \(folder); name one with --pages.")
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        return try names.filter { $0.hasSuffix(".html.gz") }.prefix(limit).map { name in
            let packed = Array(try Data(contentsOf: URL(filePath: "\(folder)/\(name)")))
            return try Gzip.decompress(packed, limitBytes: 64 << 20)
        }
    }
}

package import Foundation

/// Where the data of public test suites lies, which is not part of the repository: in
/// `$WIRECOPY_SHARED` or, without that, in the folder `shared` beside the package.
package enum ConformanceFolder {
    private static let shared: URL = {
        let environment = ProcessInfo.processInfo.environment["WIRECOPY_SHARED"]
        let package = URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let beside = package.deletingLastPathComponent().appending(path: "shared")
        return environment.map { URL(filePath: $0, directoryHint: .isDirectory) } ?? beside
    }()

    /// A folder or file of `shared/conformance`, whether it is there or not.
    package static func path(_ name: String) -> URL {
        shared.appending(path: "conformance/\(name)")
    }
}

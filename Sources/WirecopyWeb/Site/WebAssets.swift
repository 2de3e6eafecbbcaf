import Digests
import Foundation

/// The files that pages need besides themselves: read once, and named by their content, so that a
/// browser keeps each for as long as it likes.
package struct WebAssets: Sendable {
    /// One file.
    struct Asset: Sendable {
        /// Its name in the folder.
        let name: String
        /// Path with the digest of its content.
        let path: String
        let contentType: String
        let bytes: [UInt8]

        init(_ name: String, _ contentType: String, in folder: URL) throws(WebFailure) {
            self.name = name
            self.contentType = contentType
            do {
                bytes = Array(try Data(contentsOf: folder.appendingPathComponent(name)))
            } catch {
                throw WebFailure(
                    .internalError,
                    "The file \(name) of the web page could not be read from \(folder.path); "
                        + "install the program again."
                )
            }
            path = "/assets/\(Digest.sha256(of: bytes).hex.prefix(12))/\(name)"
        }
    }

    let style: Asset
    let script: Asset
    let icon: Asset
    let openAPI: Asset

    /// Reads the files that ship.
    ///
    /// - Throws: `internalError` when one is not where it was installed.
    package static func shipped() throws(WebFailure) -> WebAssets {
        let folder = Bundle.module.bundleURL.appendingPathComponent("Resources")
        return WebAssets(
            style: try Asset("style.css", "text/css; charset=utf-8", in: folder),
            script: try Asset("live.js", "text/javascript; charset=utf-8", in: folder),
            icon: try Asset("icon.svg", "image/svg+xml", in: folder),
            openAPI: try Asset("openapi.json", "application/json", in: folder)
        )
    }

    /// The file of a path below `/assets/`.
    func asset(at path: some StringProtocol) -> Asset? {
        [style, script, icon].first { $0.path == path }
    }
}

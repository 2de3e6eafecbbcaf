import Foundation
import WirecopyFetch

/// Addresses as people type them.
enum PageAddress {
    /// A path of a file that is there becomes the URL under which it entered; anything else stays
    /// as it is.
    static func reference(_ text: String) -> String {
        let isFile = !text.contains("://") && FileManager.default.fileExists(atPath: text)
        guard isFile else { return text }
        let folder = FileManager.default.currentDirectoryPath
        return FileAddress.url(ofPath: text, workingDirectory: folder)
    }
}

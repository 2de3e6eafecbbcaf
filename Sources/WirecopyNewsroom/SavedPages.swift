import Foundation

/// Writes the newsroom as files: pages as a browser saves them, texts, lists and the truth.
package struct SavedPages {
    /// How many files were written.
    package let count: Int

    /// Writes below `folder`, which is made if it does not exist; files of the same names are
    /// replaced. `baseURL` goes into the pages' canonical links.
    package init(
        folder: String,
        baseURL: String = "http://127.0.0.1:8471"
    ) throws(NewsroomFailure) {
        let site = Site(archive: try NewsArchive.bundled(), baseURL: baseURL)
        var written = 0
        for (path, page) in site.pages where !path.hasSuffix("/") {
            let file = folder + Self.fileName(path, isPage: page.contentType.hasPrefix("text/html"))
            do {
                try FileManager.default.createDirectory(
                    at: URL(fileURLWithPath: file).deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(page.body).write(to: URL(fileURLWithPath: file))
            } catch {
                throw .unreadable(path: file, reason: error.localizedDescription)
            }
            written += 1
        }
        count = written
    }

    /// The path as a file name: no query, one ending.
    static func fileName(_ path: String, isPage: Bool) -> String {
        let plain = String(path.map { "?&=".contains($0) ? "-" : $0 })
        guard isPage, !plain.hasSuffix(".html"), !plain.hasSuffix(".htm") else { return plain }
        return plain + ".html"
    }
}

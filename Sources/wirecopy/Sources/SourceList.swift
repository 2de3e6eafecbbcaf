import Feeds
import Foundation
import WirecopyMessages
import WirecopyProgram

/// Lists of sources in files, in OPML.
enum SourceList {
    /// The addresses of the feeds in a file.
    static func read(_ path: String) throws(ProgramFailure) -> [String] {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw ProgramFailure(.noInput, "The file \(path) cannot be read.")
        }
        guard let outline = OutlineFile(Array(bytes)) else {
            throw ProgramFailure(.dataError, "\(path) is no list of feeds in OPML.")
        }
        guard !outline.sources.isEmpty else {
            throw ProgramFailure(.dataError, "\(path) lists no feeds (xmlUrl).")
        }
        return outline.sources.map(\.address)
    }

    /// The text of a file with these sources.
    static func text(_ sources: [SourcesReport.Source]) -> String {
        let listed = sources.map { OutlineFile.Source(address: $0.url, title: $0.title) }
        return OutlineFile(title: "Sources of Wirecopy", sources: listed).text
    }
}

import Foundation
import WirecopyProgram

/// Where what is made of a story goes.
enum StoryFile {
    /// Columns of the terminal; those of a usual one for text that is read again.
    static var columns: Int { Terminal.showsOutput ? Terminal.columns : columnsOfFiles }

    /// Writes a text to a file, or to standard output when it is called `-`.
    ///
    /// - Throws: `ProgramFailure` when the file cannot be written.
    static func write(_ text: String, to path: String, what: String) throws(ProgramFailure) {
        guard path != "-" else { return Terminal.write(text, to: .standardOutput) }
        do {
            try Data(text.utf8).write(to: URL(filePath: path))
        } catch {
            throw ProgramFailure(.cannotCreate, "\(path) could not be written: \(error).")
        }
        Terminal.note("\(what) is in \(path).")
    }

    private static let columnsOfFiles = 100
}

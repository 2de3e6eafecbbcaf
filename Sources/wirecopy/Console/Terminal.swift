import Foundation
import Glibc
import WirecopyMessages
import WirecopyProgram
import WirecopyWeb

/// What the command knows of the terminal it writes to; results go to standard output, all else to
/// standard error.
enum Terminal {
    /// Whether standard output is a terminal.
    static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    /// Whether standard error is a terminal, so that a line may be drawn over.
    static var showsProgress: Bool { isatty(STDERR_FILENO) == 1 }

    /// Whether standard output understands colours: a terminal whose user has not asked for none
    /// (no-color.org) and that calls itself more than `dumb`.
    static var showsColours: Bool {
        let environment = ProcessInfo.processInfo.environment
        return showsOutput && environment["NO_COLOR", default: ""].isEmpty
            && environment["TERM"] != "dumb"
    }

    /// Columns of the terminal; more than any line has where output is no terminal, so that a file
    /// or the next program gets whole lines.
    static var columns: Int { showsOutput ? size.columns : 10_000 }
    /// Rows of the terminal; 40 where there is none.
    static var rows: Int { size.rows }

    private static var size: (columns: Int, rows: Int) {
        var window = winsize()
        let isKnown = unsafe ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
        guard isKnown, window.ws_col > 0, window.ws_row > 0 else { return (100, 40) }
        return (Int(window.ws_col), Int(window.ws_row))
    }

    /// Writes a line to standard output.
    static func print(_ line: String) {
        write(line + "\n", to: .standardOutput)
    }

    /// Writes a report as one JSON line; a report that cannot be written ends the program.
    static func printReport(_ report: some Report) {
        do {
            print(String(decoding: try report.reportJSON(), as: UTF8.self))
        } catch {
            note("wirecopy: The report cannot be written as JSON: \(error).")
            exit(ExitStatus.softwareError.rawValue)
        }
    }

    /// Writes a payload's JSON as one line.
    static func printJSON(_ json: [UInt8]) {
        print(String(decoding: json, as: UTF8.self))
    }

    /// Writes a line to standard error.
    static func note(_ line: String) {
        write(line + "\n", to: .standardError)
    }

    /// Writes text as it is; a closed pipe ends the program quietly, as `head` expects.
    static func write(_ text: String, to handle: FileHandle) {
        do {
            try handle.write(contentsOf: Data(text.utf8))
        } catch {
            exit(0)
        }
    }

    /// Text of a page made safe for a terminal: no control or direction-changing characters.
    static func safe(_ text: String) -> String { PageText.visible(text) }
}

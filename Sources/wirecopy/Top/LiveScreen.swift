import Foundation
import Glibc

/// The terminal while `top` has it: a screen of its own, keys without a return, no echo.
///
/// What was there before comes back with `leave`, which must be called before the program ends.
final class LiveScreen {
    private var before: termios?
    private let hasColor: Bool

    /// Takes the terminal; keys are read only where standard input is one too.
    init() {
        hasColor = ProcessInfo.processInfo.environment["NO_COLOR"] == nil
        var settings = termios()
        if unsafe tcgetattr(STDIN_FILENO, &settings) == 0 {
            before = settings
            settings.c_lflag &= ~tcflag_t(ICANON | ECHO)
            unsafe withUnsafeMutableBytes(of: &settings.c_cc) { keys in
                // A read never waits; Ctrl-Z would leave the terminal as it is now.
                unsafe (keys[Int(VMIN)], keys[Int(VTIME)], keys[Int(VSUSP)]) = (0, 0, 0)
            }
            _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
        }
        // Other screen, no cursor, no wrapping: a line too long is cut, not broken.
        Terminal.write("\u{1B}[?1049h\u{1B}[?25l\u{1B}[?7l", to: .standardOutput)
    }

    /// Gives the terminal back.
    func leave() {
        Terminal.write("\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l", to: .standardOutput)
        guard var settings = before else { return }
        before = nil
        _ = unsafe tcsetattr(STDIN_FILENO, TCSADRAIN, &settings)
    }

    /// Keys that were pressed since the last call; arrows and the like are left out.
    func keys() -> [Character] {
        guard before != nil else { return [] }
        var watched = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        guard unsafe poll(&watched, 1, 0) == 1 else { return [] }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
        guard count > 0, buffer[0] != 0x1B else { return [] }
        return buffer.prefix(count).map { Character(UnicodeScalar($0)) }
    }

    /// Shows lines of at most `columns` in place of those that are there: one write, so that
    /// nothing flickers.
    func draw(_ lines: [TopScreen.Line], columns: Int) {
        // Behind a full line there is nothing to clear, and clearing would take its last character.
        let text = lines.map { styled($0) + ($0.text.count < columns ? "\u{1B}[K" : "") }
            .joined(separator: "\r\n")
        // 2026 asks the terminal to show all of it at once; one that cannot ignores it.
        Terminal.write(
            "\u{1B}[?2026h\u{1B}[H\(text)\u{1B}[J\u{1B}[?2026l",
            to: .standardOutput
        )
    }

    private func styled(_ line: TopScreen.Line) -> String {
        let code: String
        switch line.style {
        case .plain: return line.text
        case .title: code = "7"
        case .heading: code = "1"
        case .alarm: code = hasColor ? "1;31" : "1"
        case .faint: code = "2"
        }
        return "\u{1B}[\(code)m\(line.text)\u{1B}[0m"
    }
}

/// A configuration file: `setting = value` lines, `#` comments, and sections such as
/// `[wirecopy-parser]` for settings of one program.
package struct ConfigurationFile: Sendable, Equatable {
    /// Larger files are no configuration of ours.
    package static let sizeMax = 64 << 10

    /// Values for every program, by setting.
    package private(set) var common: [Setting: String] = [:]
    /// Values for one program, by its name.
    package private(set) var programs: [String: [Setting: String]] = [:]

    /// An empty configuration.
    package init() {}

    /// Reads a file's text.
    ///
    /// - Throws: `ProgramFailure` that names the first line that cannot be used.
    package init(parsing text: String, name: String) throws(ProgramFailure) {
        var section: String?
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let content = line.prefix { $0 != "#" }.trimmed
            guard !content.isEmpty else { continue }
            let place = "\(name), line \(index + 1)"
            if content.hasPrefix("[") {
                section = try Self.section(content, place)
            } else {
                let (setting, value) = try Self.entry(content, place)
                set(setting, to: value, in: section)
            }
        }
    }

    /// The value for a program: its own section's before the common one.
    package func value(_ setting: Setting, for program: String) -> String? {
        programs[program]?[setting] ?? common[setting]
    }

    /// A file's text with one setting more, for every program: before the first section.
    package static func text(_ text: String, adding setting: Setting, _ value: String) -> String {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last?.isEmpty == true { lines.removeLast() }
        let section = lines.firstIndex { $0.trimmed.hasPrefix("[") }
        lines.insert("\(setting.rawValue) = \(value)", at: section ?? lines.count)
        return lines.joined(separator: "\n") + "\n"
    }

    private mutating func set(_ setting: Setting, to value: String, in section: String?) {
        if let section {
            programs[section, default: [:]][setting] = value
        } else {
            common[setting] = value
        }
    }

    private static func section(_ line: String, _ place: String) throws(ProgramFailure) -> String {
        guard line.hasSuffix("]"), line.count > 2 else {
            throw ProgramFailure(
                .configuration,
                "\(place): a section is written [wirecopy-parser]."
            )
        }
        return String(line.dropFirst().dropLast()).trimmed
    }

    private static func entry(
        _ line: String,
        _ place: String
    ) throws(ProgramFailure) -> (Setting, String) {
        let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else {
            throw ProgramFailure(.configuration, "\(place): a line is written setting = value.")
        }
        let name = parts[0].trimmed
        guard let setting = Setting(rawValue: name) else {
            let known = Setting.allCases.map(\.rawValue).joined(separator: ", ")
            throw ProgramFailure(
                .configuration,
                "\(place): there is no setting \(name); there are \(known)."
            )
        }
        return (setting, parts[1].trimmed)
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" || $0 == "\r" }
        let start = drop(while: isSpace)
        return String(String(start.reversed().drop(while: isSpace)).reversed())
    }
}

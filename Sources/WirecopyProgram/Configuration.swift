import Foundation

/// Where a program's defaults come from: flags > environment > configuration file > built in.
///
/// Options of the programs take their defaults from here, so that `--help` shows what holds now.
package struct Configuration: Sendable {
    /// The configuration of this process, read once.
    package static let current = Configuration(
        arguments: CommandLine.arguments,
        environment: ProcessInfo.processInfo.environment
    )

    /// The variable of the environment that names the file.
    package static let fileVariable = "WIRECOPY_CONFIG"

    /// The file that a flag or the environment names; a supervisor hands it to its programs.
    package let namedFile: String?
    /// The file that was read; `nil` when there is none.
    package let file: String?
    /// What is wrong with the settings; programs stop with it before they do anything.
    package let problem: ProgramFailure?
    private let program: String
    private let environment: [String: String]
    private let settings: ConfigurationFile

    /// Finds the file in `--config`, `WIRECOPY_CONFIG`, `./wirecopy.conf`, `/etc/wirecopy.conf`.
    package init(arguments: [String], environment: [String: String]) {
        program = arguments.first.map { URL(filePath: $0).lastPathComponent } ?? "wirecopy"
        self.environment = environment
        namedFile = Self.flagValue(arguments) ?? environment[Self.fileVariable]
        var read: (path: String?, settings: ConfigurationFile) = (nil, ConfigurationFile())
        do {
            read = try Self.readFile(namedFile)
            problem = Self.unreadableNumber(read.settings, program, environment)
        } catch {
            problem = error
        }
        (file, settings) = read
    }

    /// The file that is looked for first when none is named.
    package static let usualFile = "wirecopy.conf"

    /// A setting's text, or the built-in value.
    package func text(_ setting: Setting, default builtIn: String) -> String {
        text(setting) ?? builtIn
    }

    /// A setting's text, if any source gives it.
    package func text(_ setting: Setting) -> String? {
        environment[setting.variable] ?? settings.value(setting, for: program)
    }

    /// A setting's whole number, or the built-in value; text that is none is the `problem`.
    package func integer(_ setting: Setting, default builtIn: Int) -> Int {
        text(setting).flatMap { Int($0) } ?? builtIn
    }

    /// A setting's truth value: `true`, `yes` and `1` are true.
    package func boolean(_ setting: Setting) -> Bool {
        ["true", "yes", "1"].contains(text(setting)?.lowercased() ?? "")
    }

    private static func unreadableNumber(
        _ file: ConfigurationFile,
        _ program: String,
        _ environment: [String: String]
    ) -> ProgramFailure? {
        for setting in Setting.allCases where setting.isInteger {
            let text = environment[setting.variable] ?? file.value(setting, for: program)
            guard let text, Int(text) == nil else { continue }
            return ProgramFailure(
                .configuration,
                "The setting \(setting.rawValue) is \(text); it must be a whole number."
            )
        }
        return nil
    }

    private static func readFile(
        _ named: String?
    ) throws(ProgramFailure) -> (path: String?, settings: ConfigurationFile) {
        for path in named.map({ [$0] }) ?? [usualFile, "/etc/wirecopy.conf"] {
            guard let handle = FileHandle(forReadingAtPath: path) else { continue }
            let data = try? handle.read(upToCount: ConfigurationFile.sizeMax + 1)
            guard let data, data.count <= ConfigurationFile.sizeMax else {
                throw ProgramFailure(
                    .configuration,
                    "The file \(path) cannot be read or is too large."
                )
            }
            let text = String(decoding: data, as: UTF8.self)
            return (path, try ConfigurationFile(parsing: text, name: path))
        }
        guard let named else { return (nil, ConfigurationFile()) }
        throw ProgramFailure(.configuration, "The configuration file \(named) cannot be opened.")
    }

    private static func flagValue(_ arguments: [String]) -> String? {
        for (index, argument) in arguments.enumerated() {
            if argument.hasPrefix("--config=") { return String(argument.dropFirst(9)) }
            if argument == "--config", index + 1 < arguments.count { return arguments[index + 1] }
        }
        return nil
    }
}

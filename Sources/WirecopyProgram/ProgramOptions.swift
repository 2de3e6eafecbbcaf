import ArgumentParser
import Foundation
package import Logging

/// The flags that every program has.
package struct ProgramOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "Read settings from this file.")
    private var configurationPath: String?

    @Option(help: "Least important events to log: debug, info, warning, error.")
    private var logLevel = Configuration.current.text(.logLevel, default: "info")

    @Option(help: "How log lines look: text or json.")
    private var logFormat = Configuration.current.text(.logFormat, default: "text")

    package init() {}

    package func validate() throws {
        if let problem = Configuration.current.problem {
            // An error thrown here would end the program as a wrong use of its flags does.
            FileHandle.standardError.write(Data("\(problem.message)\n".utf8))
            _exit(problem.status.rawValue)
        }
        guard Logger.Level(rawValue: logLevel) != nil else {
            throw ValidationError("--log-level is debug, info, warning or error, not \(logLevel).")
        }
        guard LineLogHandler.Format(rawValue: logFormat) != nil else {
            throw ValidationError("--log-format is text or json, not \(logFormat).")
        }
    }

    /// Sets logging up for the process and gives its logger; called once, by the main.
    package func startLogging(_ program: String) -> Logger {
        let level = Logger.Level(rawValue: logLevel) ?? .info
        let format = LineLogHandler.Format(rawValue: logFormat) ?? .text
        LoggingSystem.bootstrap { _ in
            LineLogHandler(program: program, level: level, format: format)
        }
        return Logger(label: program)
    }
}

/// The version that every program shows and every worker reports.
package enum ProgramVersion {
    /// Raised with every release; see CHANGELOG.md.
    package static let current = "0.1.0"
}

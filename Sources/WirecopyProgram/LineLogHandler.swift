import Foundation
package import Logging

/// Writes one line an event to standard error: `time level message key=value ...`, or JSON.
package struct LineLogHandler: LogHandler {
    /// How a line looks.
    package enum Format: String, Sendable, CaseIterable {
        /// For people: logfmt with the sentence first.
        case text
        /// For log collectors: one JSON object.
        case json
    }

    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]
    private let format: Format
    private let program: String

    /// Makes the handler of one program.
    package init(program: String, level: Logger.Level, format: Format) {
        self.program = program
        self.logLevel = level
        self.format = format
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let values = metadata.merging(event.metadata ?? [:]) { $1 }
            .sorted { $0.key < $1.key }
            .map { ($0.key, "\($0.value)") }
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        let time = Date.now.formatted(style)
        let line =
            switch format {
            case .text: text(time, event.level, "\(event.message)", values)
            case .json: json(time, event.level, "\(event.message)", values)
            }
        // One write a line, so that lines of several processes do not mix.
        try? FileHandle.standardError.write(contentsOf: Data((line + "\n").utf8))
    }

    private func text(
        _ time: String,
        _ level: Logger.Level,
        _ message: String,
        _ values: [(String, String)]
    ) -> String {
        let pairs = values.map { " \($0)=\(Self.quotedIfNeeded($1))" }.joined()
        return "\(time) \(level.rawValue) \(program): \(Self.oneLine(message))\(pairs)"
    }

    private func json(
        _ time: String,
        _ level: Logger.Level,
        _ message: String,
        _ values: [(String, String)]
    ) -> String {
        var fields = Dictionary(values) { $1 }
        fields["time"] = time
        fields["level"] = level.rawValue
        fields["message"] = message
        fields["program"] = program
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? encoder.encode(fields)
        return data.map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private static func quotedIfNeeded(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { $0 > 0x20 && $0 != 0x22 && $0 != 0x3D }
        return isPlain && !value.isEmpty ? value : "\"\(oneLine(value))\""
    }

    /// Control characters of hostile pages must not reach a terminal.
    private static func oneLine(_ value: String) -> String {
        String(
            value.unicodeScalars.map {
                $0.properties.generalCategory == .control ? " " : Character($0)
            }
        )
    }
}

import ArgumentParser

/// How long one kind of content is kept: an age, a size, or both.
package struct KeepSetting: Sendable, Equatable {
    /// Hundred years; a larger age is a mistake.
    private static let daysMax = 36_500
    /// A thousand terabytes; a larger size is a mistake.
    private static let terabytesMax = 1000

    /// Age beyond which content is removed; `nil` for any age.
    package private(set) var ageMax: Duration?
    /// Bytes above which the oldest is removed; `nil` for any number.
    package private(set) var bytesMax: Int?

    /// Reads `all`, an age such as `90d` or `36h`, a size such as `50GB`, or both with a comma
    /// between them; `nil` for anything else.
    package init?(_ text: String) {
        if text == "all" { return }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard 1...2 ~= parts.count else { return nil }
        for part in parts {
            let digits = part.prefix { $0.isASCII && $0.isNumber }
            guard let number = Int(digits), number > 0 else { return nil }
            switch part.dropFirst(digits.count) {
            case "d" where number <= Self.daysMax && ageMax == nil:
                ageMax = .seconds(number * 86_400)
            case "h" where number <= Self.daysMax * 24 && ageMax == nil:
                ageMax = .seconds(number * 3600)
            case "MB" where number <= Self.terabytesMax * 1_000_000 && bytesMax == nil:
                bytesMax = number * 1_000_000
            case "GB" where number <= Self.terabytesMax * 1000 && bytesMax == nil:
                bytesMax = number * 1_000_000_000
            case "TB" where number <= Self.terabytesMax && bytesMax == nil:
                bytesMax = number * 1_000_000_000_000
            default: return nil
            }
        }
    }
}

/// Flags that say what the queue keeps of what is finished.
package struct RetentionOptions: ParsableArguments {
    @Option(help: "Pages that ended: all, an age, a size of the log, or both, such as 90d,50GB.")
    var keepFinished = Configuration.current.text(.keepFinished, default: "90d")

    @Option(help: "Pages that were given up, likewise; the size is that of their messages.")
    var keepDead = Configuration.current.text(.keepDead, default: "365d")

    @Option(help: "Bodies of pages, the web archive, likewise.")
    var keepBodies = Configuration.current.text(.keepBodies, default: "all")

    package init() {}

    package func validate() throws {
        for (name, text) in [
            ("finished", keepFinished), ("dead", keepDead), ("bodies", keepBodies),
        ] where KeepSetting(text) == nil {
            throw ValidationError(
                "--keep-\(name) is all, an age (12h, 90d), a size (500MB, 50GB, 2TB) or both "
                    + "(90d,50GB), not \(text)."
            )
        }
    }

    /// For pages that ended; `nil` when the text cannot be read.
    package var finished: KeepSetting? { KeepSetting(keepFinished) }

    /// For pages that were given up.
    package var dead: KeepSetting? { KeepSetting(keepDead) }

    /// For bodies.
    package var bodies: KeepSetting? { KeepSetting(keepBodies) }
}

/// How long finished messages and page bodies are kept.
///
/// Whole files are removed, the oldest first, and only such as hold nothing that is open and
/// nothing of a page that is still under way. What was counted stays counted.
package struct RetentionPolicy: Sendable, Equatable {
    /// Limits of one kind of content; the first that is exceeded counts.
    package struct Limits: Sendable, Equatable {
        /// Age beyond which content is removed; `nil` for any age.
        package var ageMax: Duration?
        /// Bytes on disk above which the oldest is removed; `nil` for any number.
        package var bytesMax: Int?

        /// Makes limits that keep everything.
        package init() {}

        var keepsEverything: Bool { ageMax == nil && bytesMax == nil }
    }

    /// Messages: the files of the log, with their traces and dead letters.
    package var messages = Limits()
    /// Bodies of pages: the WARC segments. A message stays when its body is removed; a replay of it
    /// then fails, and says why.
    package var bodies = Limits()

    /// Makes a policy that keeps everything.
    package init() {}

    var keepsEverything: Bool { messages.keepsEverything && bodies.keepsEverything }
}

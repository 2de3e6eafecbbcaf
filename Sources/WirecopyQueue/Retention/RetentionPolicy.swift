package import WirecopyMessages

/// How long what is finished is kept.
///
/// Nothing that is open is ever removed, nor a page that is still under way. What was counted stays
/// counted.
package struct RetentionPolicy: Sendable, Equatable {
    /// Limits of one kind of content; the first that is exceeded counts.
    package struct Limits: Sendable, Equatable {
        /// Age beyond which content is removed; `nil` for any age.
        package var ageMax: Duration?
        /// Bytes on disk above which the oldest is removed; `nil` for any number.
        package var bytesMax: Int?

        /// Makes limits; without any everything is kept.
        package init(ageMax: Duration? = nil, bytesMax: Int? = nil) {
            self.ageMax = ageMax
            self.bytesMax = bytesMax
        }

        var keepsEverything: Bool { ageMax == nil && bytesMax == nil }
    }

    /// Pages that ended, with their messages and history; the age counts from the end, the bytes
    /// are those of the message log.
    package var finished = Limits()
    /// Pages that were given up, likewise; the bytes are those of the messages that were given up.
    package var dead = Limits()
    /// Bodies of pages: the WARC segments, whole files. A message stays when its body is removed; a
    /// replay of it then fails, and says why. Bodies that open messages need are kept.
    package var bodies = Limits()

    /// How long a page that ended is kept at least, whatever the limits say: as long as somebody
    /// may publish it again who did not hear that it was taken, it must be known.
    package var knownFor: Duration = .seconds(3600)

    /// Makes a policy that keeps everything.
    package init() {}

    /// Whether nothing is ever removed.
    package var keepsEverything: Bool {
        finished.keepsEverything && dead.keepsEverything && bodies.keepsEverything
    }
}

/// What one step of retention did.
package enum RetentionStep: Sendable, Equatable {
    /// So many pages were taken out of the index, with their messages; of these so many were dead
    /// letters of a stage.
    case retired(pages: Int, dead: [StageName: Int])
    /// A file of the log went, with so many bytes.
    case removedLog(path: String, bytes: Int)
    /// A file of the log was written again without what is gone.
    case compactedLog(path: String, bytes: Int, bytesBefore: Int)
    /// A segment went, with so many bytes.
    case removedBodies(path: String, bytes: Int)
    /// Nothing was removed yet; there is more to look at.
    case looked
}

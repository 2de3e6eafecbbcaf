/// Something in the journal's files that is not what was written; told, never passed over.
package struct JournalDamage: Sendable, Equatable {
    /// The file, relative to the journal's directory.
    package let path: String
    /// A full sentence that says what is wrong and what became of it.
    package let sentence: String

    /// Makes a note.
    package init(path: String, sentence: String) {
        self.path = path
        self.sentence = sentence
    }
}

extension LogFinding {
    /// What of a finding is damage.
    var damages: [JournalDamage] {
        switch self {
        case .frame(let frame):
            guard !frame.damagedRows.isEmpty else { return [] }
            let path = LogReader.path(frame.place.file)
            return [
                JournalDamage(
                    path: path,
                    sentence: """
                        \(frame.damagedRows.count) of \(frame.header.records) records of the group \
                        at \(frame.place.offset) of \(path) are damaged; the others were read.
                        """
                )
            ]
        case .damaged(let stretch):
            let path = LogReader.path(stretch.file)
            return [
                JournalDamage(
                    path: path,
                    sentence: """
                        \(stretch.range.count) bytes at \(stretch.range.lowerBound) of \(path) are \
                        no group of messages; they were passed over and are kept in damaged/.
                        """
                )
            ]
        case .lost(let frames, let positions):
            return [
                JournalDamage(
                    path: "log",
                    sentence: """
                        \(frames) groups with the places \(positions.lowerBound) to \
                        \(positions.upperBound - 1) are missing in the log.
                        """
                )
            ]
        }
    }
}

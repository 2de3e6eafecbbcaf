/// What can go wrong before a text is read: a missing word list or model, a broken batch or list
/// of names.
///
/// Extraction itself cannot fail: every text, of any bytes, leads to an annotation. So none of
/// these becomes a `StageFailure`; they end a program at its start.
package enum EntityFailure: Error, Sendable, Equatable {
    /// A word list of the program is not where it was installed.
    case lexiconMissing(file: String, reason: String)
    /// A word list of the program has a line that is no row.
    case lexiconUnreadable(file: String, line: String)
    /// A model of the program is not where it was installed, or not what this program asks.
    case modelUnusable(file: String, reason: String)
    /// A user's list of names could not be read.
    case aliasesUnreadable(path: String, reason: String)
    /// A line of a user's list of names is no rule, or contradicts another.
    case aliasLineInvalid(line: Int, reason: String)
    /// A line of a batch is no JSON object with `id` and `text`.
    case batchLineInvalid(line: Int, reason: String)
    /// A batch could not be read or written.
    case batchUnreadable(reason: String)

    /// Whether a setting of the user is at fault, not the program or its input.
    package var isOfSetting: Bool {
        switch self {
        case .aliasesUnreadable, .aliasLineInvalid: true
        default: false
        }
    }

    /// A full sentence for people.
    package var message: String {
        switch self {
        case .lexiconMissing(let file, let reason):
            "The word list \(file) could not be read: \(reason)."
        case .lexiconUnreadable(let file, let line):
            "The word list \(file) holds a line that is no row: \(line.prefix(80))."
        case .modelUnusable(let file, let reason):
            "The model \(file) cannot be used: \(reason). Train it again or install it again."
        case .aliasesUnreadable(let path, let reason):
            "The list of names \(path) could not be read: \(reason)"
        case .aliasLineInvalid(let line, let reason):
            "Line \(line) of the list of names cannot be used. \(reason)"
        case .batchLineInvalid(let line, let reason):
            "Line \(line) of the batch could not be read: \(reason)"
        case .batchUnreadable(let reason):
            "The batch could not be read or written: \(reason)."
        }
    }
}

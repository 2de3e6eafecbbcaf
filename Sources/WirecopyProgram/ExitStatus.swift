/// How a program ends, as `sysexits.h` numbers it; documented in `docs/guides/commands.md`.
package enum ExitStatus: Int32, Sendable, CaseIterable {
    /// Everything asked for was done.
    case success = 0
    /// It was done, and some pages were given up or the ledger does not balance.
    case incomplete = 1
    /// The arguments cannot be used.
    case usage = 64
    /// The input cannot be used.
    case dataError = 65
    /// What was asked for is not there.
    case noInput = 66
    /// The broker cannot be reached, or an address is taken.
    case unavailable = 69
    /// A fault of the program itself.
    case softwareError = 70
    /// A file or folder cannot be made or written.
    case cannotCreate = 73
    /// Reading or writing failed on the way.
    case inputOutputError = 74
    /// A version or a right does not fit.
    case `protocol` = 76
    /// A setting cannot be used.
    case configuration = 78
    /// Stopped by the operator before everything was done.
    case interrupted = 130
}

/// Why a program cannot go on: the sentence that it prints and the status with which it ends.
package struct ProgramFailure: Error, Sendable, Equatable {
    /// The exit status.
    package let status: ExitStatus
    /// A full sentence that says what to do.
    package let message: String

    /// Makes a failure with a full sentence.
    package init(_ status: ExitStatus, _ message: String) {
        self.status = status
        self.message = message
    }
}

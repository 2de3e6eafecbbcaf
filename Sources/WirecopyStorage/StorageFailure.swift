import GRDB
import PostgreSQL
package import WirecopyMessages

/// Why the store could not be written or read.
package struct StorageFailure: Error, Sendable, Equatable {
    /// The kinds of failure, closed so that counters can use them as labels.
    package enum Code: String, Sendable, CaseIterable {
        /// Other writers held the store longer than the busy timeout, or its server is away.
        case busy
        /// The disk, or the size that the store may have, is used up.
        case full
        /// The file is damaged.
        case damaged
        /// The file is no store of Wirecopy.
        case notAStore = "not_a_store"
        /// The store was made by a newer program.
        case schemaNewer = "schema_newer"
        /// The store was made by an older program and nothing has brought it up to date yet.
        case schemaOlder = "schema_older"
        /// There is no store at the path, or it may not be opened.
        case notOpened = "not_opened"
        /// A search that has nothing to look for.
        case queryEmpty = "query_empty"
        /// The beginning of an identifier that fits several articles.
        case referenceAmbiguous = "reference_ambiguous"
        /// A name, an article or a story that the store does not have.
        case nameUnknown = "name_unknown"
        /// A rule about names or stories that cannot hold.
        case ruleRefused = "rule_refused"
        /// SQL of a reader that cannot be run, or that would take more than it may.
        case queryRefused = "query_refused"
        /// The database of this store has no such thing.
        case notSupported = "not_supported"
        /// The caller was cancelled while it read.
        case cancelled
        /// A row does not fit the store, or cannot be made: the article's own trouble, or ours.
        case rowRefused = "row_refused"
        /// Anything else that the database reports.
        case failed
    }

    /// The kind of failure.
    package let code: Code
    /// A full sentence for people: what was attempted and what happened.
    package let message: String
    /// The database's name of the cause, such as `SQLITE_BUSY` or `SQLSTATE 23505`; `nil` when it
    /// was not asked.
    package let underlying: String?

    /// Makes a failure with a full sentence as its message.
    package init(_ code: Code, _ message: String, underlying: String? = nil) {
        self.code = code
        self.message = message
        self.underlying = underlying
    }

    /// What the queue should do with the message whose article could not be stored.
    ///
    /// Each is worth another attempt. Only a row that does not fit is the article's fault, and
    /// spends its attempts; all else is the machine's.
    package var stageFailure: StageFailure {
        switch code {
        case .busy: StageFailure(.storeBusy, .retry(after: nil), message)
        case .full: StageFailure(.storeFull, .retry(after: Self.fullDelay), message)
        case .rowRefused: StageFailure(.stageFailed, .retry(after: nil), message)
        case .damaged, .notAStore, .schemaNewer, .schemaOlder, .notOpened, .queryEmpty,
            .referenceAmbiguous, .nameUnknown, .ruleRefused, .queryRefused, .notSupported,
            .cancelled, .failed:
            StageFailure(.storeFailed, .retry(after: nil), message)
        }
    }

    /// Somebody has to make room first; trying each second would only fill the log.
    private static let fullDelay = Duration.seconds(30)
}

extension StorageFailure {
    /// Turns what GRDB or PostgreSQL threw while `attempt`, a verb phrase, was done into a failure.
    init(_ error: any Error, attempt: String) {
        switch error {
        case let failure as StorageFailure:
            self = failure
        case let error as DatabaseError:
            let resultCode = error.resultCode.primaryResultCode
            let cause = Self.causes.first { $0.resultCode == resultCode }
            let reason = cause?.reason ?? error.message ?? "no reason was given"
            self.init(
                cause?.code ?? .failed,
                "The store failed to \(attempt): \(reason).",
                underlying: cause?.name ?? "SQLite result code \(resultCode.rawValue)"
            )
        case let failure as PostgreSQLFailure:
            self.init(failure, attempt: attempt)
        case is CancellationError:
            self.init(.cancelled, "The attempt to \(attempt) was cancelled.")
        default:
            self.init(.rowRefused, "The store failed to \(attempt): \(error).")
        }
    }

    /// What a result code of SQLite means here.
    private struct Cause {
        let resultCode: ResultCode
        let name: String
        let code: Code
        let reason: String
    }

    private static let causes: [Cause] = [
        Cause(
            resultCode: .SQLITE_BUSY,
            name: "SQLITE_BUSY",
            code: .busy,
            reason: lockedReason
        ),
        Cause(
            resultCode: .SQLITE_LOCKED,
            name: "SQLITE_LOCKED",
            code: .busy,
            reason: lockedReason
        ),
        Cause(
            resultCode: .SQLITE_FULL,
            name: "SQLITE_FULL",
            code: .full,
            reason: "its disk or its size limit is used up; make room and it goes on by itself"
        ),
        Cause(
            resultCode: .SQLITE_CORRUPT,
            name: "SQLITE_CORRUPT",
            code: .damaged,
            reason: "its file is damaged; stop the storage workers, restore a backup or recover "
                + "the file with the sqlite3 command .recover, and replay what is missing"
        ),
        Cause(
            resultCode: .SQLITE_NOTADB,
            name: "SQLITE_NOTADB",
            code: .notAStore,
            reason: "its file is not an SQLite database; give another path"
        ),
        Cause(
            resultCode: .SQLITE_CANTOPEN,
            name: "SQLITE_CANTOPEN",
            code: .notOpened,
            reason: closedReason
        ),
        Cause(
            resultCode: .SQLITE_PERM,
            name: "SQLITE_PERM",
            code: .notOpened,
            reason: closedReason
        ),
        Cause(
            resultCode: .SQLITE_READONLY,
            name: "SQLITE_READONLY",
            code: .notOpened,
            reason: "its file or folder may not be written; check the permissions"
        ),
        Cause(
            resultCode: .SQLITE_IOERR,
            name: "SQLITE_IOERR",
            code: .failed,
            reason: "the disk failed to read or write; look into the system's log"
        ),
        Cause(
            resultCode: .SQLITE_CONSTRAINT,
            name: "SQLITE_CONSTRAINT",
            code: .rowRefused,
            reason: "a row would break a rule of the schema"
        ),
        Cause(
            resultCode: .SQLITE_ERROR,
            name: "SQLITE_ERROR",
            code: .rowRefused,
            reason: "a statement was refused"
        ),
        Cause(
            resultCode: .SQLITE_MISMATCH,
            name: "SQLITE_MISMATCH",
            code: .rowRefused,
            reason: "a value has the wrong type for its column"
        ),
        Cause(
            resultCode: .SQLITE_TOOBIG,
            name: "SQLITE_TOOBIG",
            code: .rowRefused,
            reason: "a value is larger than the database takes"
        ),
        Cause(
            resultCode: .SQLITE_RANGE,
            name: "SQLITE_RANGE",
            code: .rowRefused,
            reason: "a value has no place in its statement"
        ),
        Cause(
            resultCode: .SQLITE_INTERRUPT,
            name: "SQLITE_INTERRUPT",
            code: .cancelled,
            reason: "it was cancelled"
        ),
    ]

    private static let lockedReason =
        "other writers kept it locked for longer than the busy timeout"
    private static let closedReason =
        "its file cannot be opened; check that the path exists and may be read and written"
}

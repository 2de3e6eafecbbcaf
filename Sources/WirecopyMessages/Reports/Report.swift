import FoundationEssentials

/// Something that the broker or the command tells an operator: JSON over `ADMIN`, or `--json`.
///
/// Reports are few and small, so Foundation's coders do; keys are snake_case and sorted.
package protocol Report: Codable, Sendable, Equatable {}

extension Report {
    /// Reads a report.
    ///
    /// - Throws: Foundation's `DecodingError` when the bytes are another report.
    package init(reportJSON bytes: [UInt8]) throws {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        self = try decoder.decode(Self.self, from: Data(bytes))
    }

    /// The report's JSON in UTF-8, on one line.
    package func reportJSON() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(self))
    }
}

/// Why an `ADMIN` operation could not be done.
package struct AdminFailure: Report, Error {
    /// A full sentence that says what to do.
    package var message: String

    /// Makes a failure with a full sentence.
    package init(message: String) { self.message = message }
}

/// The operations of `ADMIN`; beside each: its arguments → its answer.
package enum AdminOperation: String, Sendable, CaseIterable {
    /// `NoArguments` → `BrokerStatus`.
    case status
    /// `LedgerRequest` → `LedgerReport`.
    case ledger
    /// `TraceRequest` → `TraceReport`.
    case trace
    /// `ReplayRequest` → `ReplayReport`.
    case replay
    /// `DeadLetterRequest` → `DeadLetterReport`.
    case deadLetters = "dead_letters"
    /// `SourcesRequest` → `SourcesReport`.
    case sources
    /// `UnwatchRequest` → `WatchedReport`: the source's next poll ends now, and nothing follows.
    case unwatch
    /// `PollRequest` → `WatchedReport`: another poll takes the place of the source's next one.
    case poll
    /// `StageRequest` → `NoArguments`: the stage leases nothing until resumed.
    case pause
    /// `StageRequest` → `NoArguments`.
    case resume
}

/// The arguments of an operation that has none, and the answer of one that tells nothing.
package struct NoArguments: Report {
    /// Makes the empty value.
    package init() {}
}

/// Names a stage to pause or resume.
package struct StageRequest: Report {
    /// The stage.
    package var stage: StageName

    /// Makes a request.
    package init(stage: StageName) { self.stage = stage }
}

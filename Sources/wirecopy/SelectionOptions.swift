import ArgumentParser
import WirecopyMessages
import WirecopyProgram

/// Flags that select pages in the journal; all that are given must hold.
struct SelectionOptions: ParsableArguments {
    @Option(help: "Only pages queued since: 90m, 12h, 2d, 2026-11-20, or 2026-11-20T08:00:00Z.")
    var since: String?

    @Option(help: "Only pages queued before: 90m, 12h, 2d, 2026-11-20, or 2026-11-20T08:00:00Z.")
    var until: String?

    @Option(help: "Only pages of this host.")
    var host: String?

    @Option(help: "Only the page of this URL or path.")
    var url: String?

    @Option(help: "Only pages that ended so: stored, unchanged, duplicate, rejected or dead.")
    var outcome: String?

    @Option(
        name: [.customLong("error-code"), .customLong("code")],
        help: "Only messages that last failed with this code, such as http_gone."
    )
    var errorCode: String?

    @Option(help: "Only pages that ended for this reason, such as no_main_text.")
    var reason: String?

    @Option(help: "Only messages that this version of the stage finished, such as 1.0.")
    var stageVersion: String?

    @Option(
        name: .customLong("where"),
        help: "Only messages for which this SQL on queue_message holds: \"attempts > 1\"."
    )
    var condition: String?

    func validate() throws {
        if let outcome, OutcomeKind(rawValue: outcome) == nil {
            let words = OutcomeKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("There is no outcome \(outcome); there are \(words).")
        }
    }

    /// The selection; ages count back from now, once, so that it means the same messages later.
    func request(stage: StageName?) throws(ProgramFailure) -> ReplayRequest {
        var request = ReplayRequest()
        request.stage = stage
        request.sinceMs = try Moment.instant(since)?.milliseconds
        request.untilMs = try Moment.instant(until)?.milliseconds
        request.host = host
        request.url = url.map(PageAddress.reference)
        request.outcome = outcome
        request.errorCode = errorCode
        request.reason = reason
        request.stageVersion = stageVersion
        request.condition = condition
        return request
    }

    /// Whether any flag narrows the selection down.
    var isNarrow: Bool {
        let flags = [since, until, host, url, outcome, errorCode, reason, stageVersion, condition]
        return flags.contains { $0 != nil }
    }
}

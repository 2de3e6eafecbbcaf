import WirecopyFetch
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// Runs the parser on inputs in this process, without a queue.
enum StageRun {
    /// What the parser makes of each saved page: a `ParsedArticle` or a rejecting `Outcome`.
    ///
    /// - Throws: `ProgramFailure` for an address of the web, since nothing is fetched here.
    static func parse(
        _ inputs: [String],
        _ options: AddOptions
    ) async throws(ProgramFailure) -> [any Payload] {
        let settings = options.settings(source: "/wirecopy/parse")
        let reader = InputReader(inputs, settings: settings, mint: .system)
        var payloads: [any Payload] = []
        while let slice = await reader.next() {
            for message in slice.messages { payloads += try await parse(message) }
        }
        return payloads
    }

    private static func parse(_ message: Message) async throws(ProgramFailure) -> [any Payload] {
        do {
            switch message.envelope.kind {
            case .outcome: return [try Outcome(json: message.data)]
            case .fetchedPage:
                let input = StageInput(
                    envelope: message.envelope,
                    payload: try FetchedPage(json: message.data),
                    attachments: message.attachments,
                    attempt: 1
                )
                return try await ParseStage().process(input).map(\.payload)
            default: break
            }
        } catch let failure as StageFailure {
            throw ProgramFailure(.dataError, failure.message)
        } catch {
            throw ProgramFailure(.softwareError, "\(error)")
        }
        throw ProgramFailure(
            .usage,
            "\(message.envelope.subject) is not a saved page; type wirecopy run to fetch it."
        )
    }
}

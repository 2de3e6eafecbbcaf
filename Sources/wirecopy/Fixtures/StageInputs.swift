import WirecopyFetch
import WirecopyMessages
import WirecopyProgram

/// The messages that `parse` and `extract` work on: saved pages, and folders of `trace --save`.
struct StageInputs {
    let names: [String]
    let settings: InputSettings

    /// Gives each message to `body`, one after the other.
    ///
    /// - Throws: `ProgramFailure` for an address of the web, since nothing is fetched here.
    func forEach(
        _ body: (Message) async throws(ProgramFailure) -> Void
    ) async throws(ProgramFailure) {
        for name in names {
            if MessageFixture.isFixture(name) {
                try await body(try MessageFixture.read(name))
                continue
            }
            let reader = InputReader([name], settings: settings, mint: .system)
            while let slice = await reader.next() {
                for skipped in slice.skipped {
                    Terminal.note(Terminal.safe("skipped \(skipped.path): \(skipped.reason)"))
                }
                for message in slice.messages {
                    guard message.envelope.kind != .fetchRequest else {
                        throw ProgramFailure(
                            .usage,
                            "\(message.envelope.subject) is not a saved page; "
                                + "type wirecopy run to fetch it."
                        )
                    }
                    try await body(message)
                }
            }
        }
    }
}

extension StageRun {
    /// What the parser makes of a page; an outcome stays as it is.
    ///
    /// - Throws: `ProgramFailure` for other kinds, and for what the stage cannot handle.
    func parsed(_ message: Message) async throws(ProgramFailure) -> any Payload {
        switch message.envelope.kind {
        case .outcome, .parsedArticle: try content(of: message)
        case .fetchedPage: try await made(of: message)
        case .fetchRequest, .annotatedArticle:
            throw ProgramFailure(
                .usage,
                "A message of the kind \(message.envelope.kind.rawValue) is no input of parser or "
                    + "extractor."
            )
        }
    }

    private func content(of message: Message) throws(ProgramFailure) -> any Payload {
        do {
            return try Self.payload(of: message)
        } catch {
            throw ProgramFailure(.dataError, error.message)
        }
    }

    private func made(of message: Message) async throws(ProgramFailure) -> any Payload {
        do {
            return try await output(of: message)
        } catch {
            throw ProgramFailure(.dataError, error.message)
        }
    }
}

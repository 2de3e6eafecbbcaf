import WirecopyEntities
import WirecopyFetch
import WirecopyMessages
import WirecopyParse
import WirecopyProgram

/// Runs the parser or the entity extractor in this process, without a queue.
struct StageRun: Sendable {
    private let parser: ParseStage
    private let extractor: EntityStage

    /// Loads what the stages need, and tells what of the rules for sites has no effect.
    ///
    /// - Parameters:
    ///   - siteRules: folder of the rules, if any.
    ///   - aliases: file that says which names mean one thing, if any.
    /// - Throws: `ProgramFailure` when models or rules cannot be read.
    init(
        siteRules: String? = Configuration.current.text(.siteRules),
        aliases: String? = Configuration.current.text(.aliases)
    ) throws(ProgramFailure) {
        do throws(ParseFailure) {
            let rules: SiteRuleFolder? =
                if let siteRules { try SiteRuleFolder(path: siteRules) } else { nil }
            rules?.notes.forEach { Terminal.note(Terminal.safe($0)) }
            parser = try ParseStage(rules: rules)
        } catch {
            throw ProgramFailure(.softwareError, error.message)
        }
        extractor = try Self.entityStage(aliases: aliases)
    }

    private static func entityStage(aliases: String?) throws(ProgramFailure) -> EntityStage {
        let list = try aliasList(aliases)
        do throws(EntityFailure) {
            return try EntityStage(aliases: list)
        } catch {
            throw ProgramFailure(.softwareError, error.message)
        }
    }

    /// What the user says about names; nothing without a file.
    ///
    /// - Throws: `ProgramFailure` when the file cannot be read or a line cannot be used.
    static func aliasList(_ path: String?) throws(ProgramFailure) -> AliasList {
        guard let path else { return AliasList() }
        do throws(EntityFailure) {
            return try AliasList(path: path)
        } catch {
            throw ProgramFailure(.configuration, error.message)
        }
    }

    /// The version of a stage in this program; empty for those that it does not run.
    func version(of stage: StageName) -> String {
        switch stage {
        case .parse: parser.version
        case .extract: extractor.version
        case .fetch, .store: ""
        }
    }

    /// What the stage that takes a message makes of it: an article or a rejecting `Outcome`.
    ///
    /// - Throws: `StageFailure`; `dataInvalid` for a kind that is not run here.
    func output(of message: Message) async throws(StageFailure) -> any Payload {
        let outputs: [StageOutput]
        switch message.envelope.kind {
        case .fetchedPage: outputs = try await parser.process(try Self.input(message))
        case .parsedArticle: outputs = try await extractor.process(try Self.input(message))
        case .fetchRequest, .annotatedArticle, .outcome:
            let sentence = "No stage that reads \(message.envelope.kind.rawValue) is run here."
            throw StageFailure(.dataInvalid, .bury, sentence)
        }
        guard let payload = outputs.first?.payload else {
            throw StageFailure(.dataInvalid, .bury, "The stage made nothing of the message.")
        }
        return payload
    }

    /// What parser and extractor make of an article's page or of the article itself.
    func annotated(_ payload: any Payload) -> any Payload {
        guard let article = payload as? ParsedArticle else { return payload }
        return extractor.annotated(article)
    }

    /// The typed content of a message.
    static func payload(of message: Message) throws(JSONFailure) -> any Payload {
        switch message.envelope.kind {
        case .fetchRequest: try FetchRequest(json: message.data)
        case .fetchedPage: try FetchedPage(json: message.data)
        case .parsedArticle: try ParsedArticle(json: message.data)
        case .annotatedArticle: try AnnotatedArticle(json: message.data)
        case .outcome: try Outcome(json: message.data)
        }
    }

    private static func input<Content: Payload>(
        _ message: Message
    ) throws(StageFailure) -> StageInput<Content> {
        do throws(JSONFailure) {
            return StageInput(
                envelope: message.envelope,
                payload: try Content(json: message.data),
                attachments: message.attachments,
                attempt: 1
            )
        } catch {
            throw StageFailure(.dataInvalid, .bury, error.message)
        }
    }
}

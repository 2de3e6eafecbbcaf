import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram
import WirecopyWeb

/// `wirecopy extract FILE...`: parser and entity extractor alone, without a queue.
struct ExtractCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Find names and statements in saved pages without storing them.",
        discussion: """
            FILES are saved pages, or folders that wirecopy trace --save wrote.
            With --explain or --html: the text with its names, statements, sources and values.

            For scoring:  wirecopy extract --batch IN.jsonl --out OUT.jsonl
            reads {id, text, published} a line; offsets in the output are Unicode code points. With
            names: [{start, end, type}] in a line, those are linked and none are looked for.
            """
    )

    @Option(help: "File that says which names mean one thing: merge, split, never, is.")
    var aliases: String?

    @Option(help: "Day from which dates such as \"on Tuesday\" are seen, as 2024-05-29.")
    var published: String?

    @Flag(help: "Show the text with names, statements and speakers, sources and values.")
    var explain = false

    @OptionGroup var explaining: ExplainOptions
    @OptionGroup var options: StageOptions

    func validate() throws {
        guard !explain && explaining.html == nil && published == nil || options.batch == nil else {
            throw ValidationError("A batch is scored, not explained, and has its own dates.")
        }
        guard explaining.html == nil || options.files.count == 1 else {
            throw ValidationError("--html writes the explanation of one page; name one file.")
        }
        guard published.map(EntityStage.isDay) ?? true else {
            throw ValidationError("--published takes a day of the calendar, such as 2024-05-29.")
        }
    }

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        let list = aliases ?? Configuration.current.text(.aliases)
        if let batch = options.batch, let out = options.out {
            return try extractBatch(batch, out, list)
        }
        let runner = try StageRun(aliases: list)
        let settings = options.adding.settings(source: "/wirecopy/extract")
        let inputs = StageInputs(names: options.files, settings: settings)
        try await inputs.forEach { (message) async throws(ProgramFailure) in
            let annotated = runner.annotated(seen(try await runner.parsed(message)))
            guard explain || explaining.html != nil else {
                return Terminal.printJSON(annotated.json)
            }
            try show(annotated)
        }
    }

    /// The article with the day that the user gave in place of the one that was read.
    private func seen(_ parsed: any Payload) -> any Payload {
        guard let published, var article = parsed as? ParsedArticle else { return parsed }
        let day = Evidenced(published, source: "hint", confidence: 1)
        article.published = PublicationDate(day, precision: .day)
        return article
    }

    private func show(_ annotated: any Payload) throws(ProgramFailure) {
        if let article = annotated as? AnnotatedArticle {
            return try explaining.show(AnnotationExplanation(article), alsoOnTerminal: explain)
        }
        let outcome = annotated as? Outcome
        throw ProgramFailure(.dataError, outcome?.message ?? "The page gives no article.")
    }

    private func extractBatch(
        _ batch: String,
        _ out: String,
        _ aliases: String?
    ) throws(ProgramFailure) {
        let list = try StageRun.aliasList(aliases)
        guard let input = FileHandle(forReadingAtPath: batch) else {
            throw ProgramFailure(.noInput, "The file \(batch) cannot be opened.")
        }
        guard FileManager.default.createFile(atPath: out, contents: nil),
            let output = FileHandle(forWritingAtPath: out)
        else {
            throw ProgramFailure(.cannotCreate, "The file \(out) cannot be written.")
        }
        do {
            try ExtractBatch.run(input: input, output: output, aliases: list)
        } catch {
            throw ProgramFailure(.dataError, error.message)
        }
    }
}

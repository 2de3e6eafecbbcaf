import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyParse
import WirecopyProgram
import WirecopyWeb

/// `wirecopy parse FILE...`: the parser alone, without a queue.
struct ParseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parse",
        abstract: "Parse saved pages without storing them: one JSON object a page.",
        discussion: """
            FILES are saved pages, or folders that wirecopy trace --save wrote.
            With --explain or --html: what was kept and left out, and why each field is what it is.

            For scoring:  wirecopy parse --batch DIR --out predictions.jsonl
            reads DIR/gold.jsonl (id and url of each row) and DIR/pages/<id>.html.gz.
            """
    )

    @Flag(help: "Show the page with what was kept and left out, and the evidence of each field.")
    var explain = false

    @Option(help: "Folder with rules for sites, in the site-config format of Full-Text RSS.")
    var siteRules: String?

    @OptionGroup var explaining: ExplainOptions
    @OptionGroup var options: StageOptions

    func validate() throws {
        guard !explain && explaining.html == nil || options.batch == nil else {
            throw ValidationError("A batch is scored, not explained: name files.")
        }
        guard explaining.html == nil || options.files.count == 1 else {
            throw ValidationError("--html writes the explanation of one page; name one file.")
        }
    }

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        if let batch = options.batch, let out = options.out {
            return try parseBatch(batch, out)
        }
        let runner = try StageRun(siteRules: siteRules ?? Configuration.current.text(.siteRules))
        let settings = options.adding.settings(source: "/wirecopy/parse")
        let inputs = StageInputs(names: options.files, settings: settings)
        try await inputs.forEach { (message) async throws(ProgramFailure) in
            let parsed = try await runner.parsed(message)
            guard explain || explaining.html != nil else { return Terminal.printJSON(parsed.json) }
            try show(parsed)
        }
    }

    private func show(_ parsed: any Payload) throws(ProgramFailure) {
        if let article = parsed as? ParsedArticle {
            return try explaining.show(Explanation(article), alsoOnTerminal: explain)
        }
        let outcome = parsed as? Outcome
        let reason = outcome?.message ?? "The page gives no article."
        throw ProgramFailure(.dataError, reason)
    }

    private func parseBatch(_ batch: String, _ out: String) throws(ProgramFailure) {
        do throws(ParseFailure) {
            let summary = try ParseBatch.run(directory: batch, output: out, readAt: .now())
            Terminal.note(
                "\(summary.articleCount) articles, \(summary.errorCount) errors in \(out)"
            )
        } catch {
            throw ProgramFailure(.inputOutputError, error.message)
        }
    }
}

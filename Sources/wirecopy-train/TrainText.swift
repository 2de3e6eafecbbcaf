import ArgumentParser
import Foundation
import WirecopyParse
import WirecopyProgram

/// Trains the models that read text which was copied out of pages.
struct TrainText: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Train the models that read text which was copied out of pages."
    )

    @Option(help: "Folder with gold.jsonl and pages/<id>.html.gz.")
    var corpus: String

    @Option(help: "Folder into which the models are written.")
    var out: String?

    @Option(help: "Folder for the pages as text, for wirecopy parse --batch.")
    var dump: String?

    @Flag(help: "Leave empty lines out of that text.")
    var tight = false

    @Flag(help: "Give the addresses of that text's pages.")
    var addresses = false

    @Option(help: "Parts of the sites; each is read by models of the others.")
    var folds = 3

    @Option(help: "File for what models of other sites find on each page of --dump.")
    var predictions: String?

    @Option(help: "File for each page's likeliest titles, names and days with their log-odds.")
    var show: String?

    @Option(help: "Trees of the forest that decides which lines are text.")
    var trees = 200

    func validate() throws {
        if predictions != nil, dump == nil {
            throw ValidationError("--predictions reads the pages of --dump; name that too.")
        }
    }

    func run() throws {
        let folder = URL(fileURLWithPath: corpus, isDirectory: true)
        if let dump {
            let pages = URL(fileURLWithPath: dump, isDirectory: true)
            try CopiedCorpus.write(folder, to: pages, hasAddresses: addresses) { html in
                let page = CopiedPage(html: html)
                return Array((tight ? page.tightLines : page.lines).joined(separator: "\n").utf8)
            }
        }
        guard out != nil || predictions != nil || show != nil else { return }
        let html = ParseModels(mainText: try .shipped(), fields: try .shipped())
        let golds = try GoldPage.all(in: folder)
        let copies = try golds.flatMap { gold in
            let page = try gold.html(in: folder)
            let silver =
                gold.body == nil
                ? html.mainText(ofHTML: page, url: gold.url ?? "") : nil
            return TextCopy.copies(of: gold, html: page, silver: silver)
        }
        var settings = TextTraining.Settings()
        settings.textTrees = trees
        settings.outerParts = folds
        if let out {
            try TextTraining.model(of: copies, settings)
                .write(to: URL(fileURLWithPath: out, isDirectory: true))
        }
        guard predictions != nil || show != nil else { return }
        let validation = try CrossValidation(folds: folds) { fold in
            let others = copies.filter { $0.gold.fold(of: folds) != fold }
            var models = html
            models.text = try TextTraining.model(of: others, settings)
            return models
        }
        if let show {
            let lines = copies.filter { $0.share == 1 }
                .flatMap { $0.shown(validation.models(for: $0.gold).text) }
            try Data(lines.joined(separator: "\n").utf8).write(to: URL(fileURLWithPath: show))
        }
        if let predictions, let dump { try validation.predict(golds, in: dump, to: predictions) }
    }
}

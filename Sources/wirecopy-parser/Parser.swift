import ArgumentParser
import Logging
import WirecopyParse
import WirecopyProgram
import WirecopyWorker

/// The worker of stage two.
@main
struct Parser: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy-parser",
        abstract: "Reads articles out of pages: fetched pages in, parsed articles out.",
        version: ProgramVersion.current
    )

    @OptionGroup var worker: WorkerOptions

    @Option(help: "Folder with rules for sites, in the site-config format of Full-Text RSS.")
    var siteRules: String?

    func run() async {
        await worker.run("wirecopy-parser") { () throws(ProgramFailure) in
            do throws(ParseFailure) {
                guard let siteRules = siteRules ?? Configuration.current.text(.siteRules) else {
                    return try ParseStage()
                }
                let rules = try SiteRuleFolder(path: siteRules)
                let logger = Logger(label: "wirecopy-parser")
                for note in rules.notes {
                    logger.warning(
                        "A rule for a site has no effect.",
                        metadata: ["note": "\(note)"]
                    )
                }
                return try ParseStage(rules: rules)
            } catch {
                throw ProgramFailure(.softwareError, error.message)
            }
        }
    }
}

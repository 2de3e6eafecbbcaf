import ArgumentParser
import WirecopyProgram

/// The command for people: runs the pipeline, asks it, and reads what it found.
@main
struct Wirecopy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "wirecopy",
        abstract: "News pages in; who said what, about which story, citing whom out.",
        discussion: """
            Start with:  wirecopy run page.html texts/ https://example.org/article
            Then read:   wirecopy search WORDS   wirecopy quotes --by NAME   wirecopy show URL
            """,
        version: ProgramVersion.current,
        groupedSubcommands: [
            CommandGroup(
                name: "Collect",
                subcommands: [
                    RunCommand.self, UpCommand.self, AddCommand.self, ImportCommand.self,
                    WatchCommand.self, UnwatchCommand.self, SourcesCommand.self,
                ]
            ),
            CommandGroup(
                name: "Read",
                subcommands: [
                    StoriesCommand.self, BriefCommand.self, TimelineCommand.self,
                    GraphCommand.self, SearchCommand.self, ShowCommand.self, WhyCommand.self,
                    QuotesCommand.self, WhoCommand.self, CitesCommand.self, DiffCommand.self,
                    SQLCommand.self, ExportCommand.self,
                ]
            ),
            CommandGroup(
                name: "Operate",
                subcommands: [
                    ServeCommand.self, StatusCommand.self, TopCommand.self, LedgerCommand.self,
                    TraceCommand.self, ReplayCommand.self, DeadLettersCommand.self,
                    PauseCommand.self, ResumeCommand.self, RetentionCommand.self,
                    AliasCommand.self, StoreCommand.self, KeysCommand.self,
                ]
            ),
            CommandGroup(
                name: "One stage alone",
                subcommands: [ParseCommand.self, ExtractCommand.self]
            ),
        ]
    )

    static func main() async {
        await runEndingWithStatus("wirecopy")
    }
}

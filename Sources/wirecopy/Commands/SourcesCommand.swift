import ArgumentParser
import Foundation
import WirecopyMessages
import WirecopyProgram

/// `wirecopy sources`: what is watched, and how it does.
struct SourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List watched sources, show how they do, write them to a file.",
        subcommands: [List.self, Health.self, Export.self],
        defaultSubcommand: List.self
    )

    /// `sources ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List sources with their next poll and what they bring."
        )

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sources = try await SourcesCommand.sources(options)
            if output.json { return Terminal.printReport(SourcesReport(sources: sources)) }
            let screen = SourcesScreen(sources, now: .now())
            screen.list(columns: Terminal.columns).forEach(Terminal.print)
            Terminal.note(Quantity.count(sources.count, "source"))
        }
    }

    /// `sources health`
    struct Health: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "health",
            abstract: "Show sources by trouble: those that fail, are gone or dry up first.",
            discussion: "Exits with status 1 when a source is in trouble."
        )

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sources = try await SourcesCommand.sources(options)
            let now = Instant.now()
            if output.json {
                Terminal.printReport(SourcesReport(sources: sources))
            } else {
                let screen = SourcesScreen(sources, now: now)
                screen.health(columns: Terminal.columns).forEach(Terminal.print)
            }
            let troubled = sources.count { SourceVerdict($0, now: now).isTrouble }
            Terminal.note("\(troubled) of \(Quantity.count(sources.count, "source")) in trouble")
            if troubled > 0 { throw ExitCode(1) }
        }
    }

    /// `sources export`
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "export",
            abstract: "Write the sources as OPML, which readers of feeds take in."
        )

        @OptionGroup var options: DataOptions

        func run() async throws {
            let sources = try await SourcesCommand.sources(options)
            Terminal.print(SourceList.text(sources))
        }
    }

    private static func sources(
        _ options: DataOptions
    ) async throws(ProgramFailure) -> [SourcesReport.Source] {
        let logger = options.program.startLogging("wirecopy")
        let queue = try await QueueAccess.open(options, logger)
        let sources = try await queue.sources()
        await queue.close()
        return sources
    }
}

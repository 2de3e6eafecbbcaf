import ArgumentParser
import Foundation
import WirecopyClient
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy sources`: what is watched, and how it does.
struct SourcesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sources",
        abstract: "List watched sources, show how they do, ask them now, write them to a file.",
        subcommands: [List.self, Health.self, Poll.self, Export.self],
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
            abstract:
                "Show sources by trouble: those that fail, are gone, dry up or thin out first.",
            discussion: """
                With a store at hand also how many articles of each are in it, and the shares with \
                title, date, author and full text. Exits with status 1 when a source is in trouble.
                """
        )

        @Option(
            help: "Database of articles, if it is not the folder's: a file, or postgresql://..."
        )
        var store: String?

        @OptionGroup var options: DataOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let sources = try await SourcesCommand.sources(options)
            let now = Instant.now()
            let yields = try await yields(now: now)
            if output.json {
                Terminal.printReport(SourceHealthReport(sources, yields: yields, now: now))
            } else {
                let screen = SourcesScreen(sources, yields: yields, now: now)
                screen.health(columns: Terminal.columns).forEach(Terminal.print)
            }
            let troubled = sources.count { source in
                let stored = yields.flatMap { SourceYield.of(source, in: $0) }
                return SourceVerdict(source, stored: stored, now: now).isTrouble
            }
            Terminal.note("\(troubled) of \(Quantity.count(sources.count, "source")) in trouble")
            if troubled > 0 { throw ExitCode(1) }
        }

        /// What the store has of each source; `nil` when there is no store here.
        private func yields(now: Instant) async throws(ProgramFailure) -> [String: SourceYield]? {
            let named = store ?? Configuration.current.text(.store)
            let path = named ?? options.directory.store
            guard named != nil || FileManager.default.fileExists(atPath: path) else { return nil }
            do throws(StorageFailure) {
                return try await ArticleStore(path: path).sourceYields(now: now)
            } catch {
                throw ProgramFailure(error)
            }
        }
    }

    /// `sources poll`
    struct Poll: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "poll",
            abstract: "Ask sources now, whenever they are due; all of them without an address.",
            discussion: """
                Their hosts are asked as gently as ever: what waits for its turn waits. What was \
                learned of a source, and its pace, stay.
                """
        )

        @Argument(help: "Addresses, as wirecopy sources shows them.")
        var urls: [String] = []

        @OptionGroup var options: DataOptions

        func run() async throws {
            let logger = options.program.startLogging("wirecopy")
            guard let endpoint = options.endpoint else {
                throw ProgramFailure(
                    .unavailable,
                    "No broker serves \(options.directory.path). Type wirecopy up first."
                )
            }
            let connection = try await Pipeline.connect(to: endpoint, logger)
            let asked = urls.isEmpty ? try await QueueAccess.broker(connection).sources() : []
            var unknown: [String] = []
            for url in urls + asked.map(\.url) {
                let request = PollRequest(atOnce: url)
                let isKnown = try await SourcePublisher.poll(request, over: connection)
                if !isKnown, urls.contains(url) { unknown.append(url) }
            }
            await connection.close()
            guard unknown.isEmpty else { throw SourcesCommand.unwatched(unknown) }
            Terminal.note("\(Quantity.count(urls.count + asked.count, "source")) asked now.")
        }
    }

    /// Why nothing can be done with addresses that nobody watches.
    static func unwatched(_ urls: [String]) -> ProgramFailure {
        let verb = urls.count == 1 ? "is" : "are"
        let shown = Terminal.safe(urls.joined(separator: ", "))
        return ProgramFailure(
            .noInput,
            "\(shown) \(verb) not watched; wirecopy sources shows what is."
        )
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

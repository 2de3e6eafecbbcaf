import ArgumentParser
import Foundation
import WirecopyEntities
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage
import WirecopyStories

/// `wirecopy stories`: what the news are about, and what persons say of it.
struct StoriesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stories",
        abstract: "List the stories, those with the newest articles first, or show or change one.",
        discussion: """
            wirecopy stories        lists, wirecopy stories 7 shows one: with its number, an
            article's URL or identifier, or words of a headline.
            What a person decides stays: later articles and repairs do not undo it. Where it is
            noted: wirecopy stories edits.
            """,
        subcommands: [
            Show.self, Merge.self, Split.self, Move.self, Undo.self, Edits.self,
        ],
        defaultSubcommand: Show.self
    )

    /// `stories` alone, and `stories show`
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "show",
            abstract: "List the stories, or show one.",
            discussion: """
                STORY is its number, an article's URL or identifier, or words of a headline.
                For scoring:  wirecopy stories --batch IN.jsonl --out OUT.jsonl
                reads {id, text, title, published} a line and writes {id, story, episode}.
                """
        )

        @Argument(help: "Show the episodes and articles of this story, and how it came to be.")
        var story: [String] = []

        @Option(help: "Only stories with articles since: 12h, 2d, 3w, or 2026-11-20.")
        var since: String?

        @Flag(help: "Only stories with articles of the last seven days.")
        var week = false

        @Option(help: "Only stories of at least so many articles.")
        var articles = 1

        @Option(help: "Most stories to list.")
        var limit = 20

        @Option(help: "What to put into stories instead of listing those of the store; see above.")
        var batch: String?

        @Option(help: "With --batch: file to write.")
        var out: String?

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func validate() throws {
            guard (batch == nil) == (out == nil) else {
                throw ValidationError("--batch and --out go together.")
            }
            guard !(week && since != nil) else {
                throw ValidationError("--week is --since 7d; give one of them.")
            }
        }

        func run() async throws {
            if let batch, let out {
                _ = options.program.startLogging("wirecopy")
                return try StoryBatchRun.run(batch, out)
            }
            if story.isEmpty {
                try await list()
            } else {
                try await show(story.joined(separator: " "))
            }
        }

        private func list() async throws {
            let since = try Moment.instant(week ? "7d" : since)
            let report = try await options.read { (store) throws(StorageFailure) in
                try await store.stories(since: since, articlesMin: articles, limit: limit)
            }
            if output.json { return Terminal.printReport(report) }
            StoriesScreen.lines(of: report, columns: Terminal.columns).forEach(Terminal.print)
            let more = report.hasMore ? "; there are more: --limit" : ""
            Terminal.note("\(Quantity.count(report.stories.count, "story", "stories"))\(more)")
        }

        private func show(_ name: String) async throws {
            let report = try await options.story(name)
            if output.json { return Terminal.printReport(report) }
            StoriesScreen.lines(of: report).forEach(Terminal.print)
        }
    }
}

extension StoreOptions {
    /// The story that a person names.
    ///
    /// - Throws: `ProgramFailure` when the store has no such story.
    func story(_ name: String) async throws(ProgramFailure) -> StoryReport {
        let reference = PageAddress.reference(name)
        let found = try await read { (store) throws(StorageFailure) -> StoryReport? in
            guard let number = try await store.storyNumber(reference) else { return nil }
            return try await store.story(number)
        }
        guard let found else {
            throw ProgramFailure(
                .noInput,
                "The store has no story \(name). Type wirecopy stories to see what there is."
            )
        }
        return found
    }
}

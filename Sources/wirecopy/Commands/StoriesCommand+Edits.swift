import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

// What a person says about stories; everything can be undone.
extension StoriesCommand {
    /// `stories merge`
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Make two stories one, under the older number; the other leads to it."
        )

        @Argument(help: "Number of a story, or an article of it.")
        var story: String

        @Argument(help: "The other one.")
        var other: String

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let names = (PageAddress.reference(story), PageAddress.reference(other))
            let edit = try await options.editStories { (editor) throws(StorageFailure) in
                try await editor.merge(names.0, with: names.1, now: .now())
            }
            StoriesCommand.show([edit], output)
        }
    }

    /// `stories split`
    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "split",
            abstract: "Give some articles of a story one of their own, which stays apart.",
            discussion: "wirecopy stories split 7 6b1f22 https://..."
        )

        @Argument(help: "Number of the story, or an article of it.")
        var story: String

        @Argument(help: "The articles that leave: identifiers, beginnings of them, or URLs.")
        var articles: [String]

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let story = PageAddress.reference(story)
            let articles = articles.map(PageAddress.reference)
            let edit = try await options.editStories { (editor) throws(StorageFailure) in
                try await editor.split(story, articles, now: .now())
            }
            StoriesCommand.show([edit], output)
        }
    }

    /// `stories move`
    struct Move: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "move",
            abstract: "Take an article to another story, which stays apart from the one it left."
        )

        @Argument(help: "The article: its identifier, the beginning of it, or its URL.")
        var article: String

        @Argument(help: "Number of the story to which it goes, or an article of it.")
        var story: String

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let names = (PageAddress.reference(article), PageAddress.reference(story))
            let edits = try await options.editStories { (editor) throws(StorageFailure) in
                try await editor.move([names.0], to: names.1, now: .now())
            }
            StoriesCommand.show(edits, output)
        }
    }

    /// `stories undo`
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo",
            abstract: "Take an edit of stories back, the newest or the one of a number."
        )

        @Argument(help: "Number of the edit, as wirecopy stories edits has it.")
        var edit: Int?

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let undone = try await options.editStories { (editor) throws(StorageFailure) in
                try await editor.undo(edit, now: .now())
            }
            StoriesCommand.show([undone], output)
        }
    }

    /// `stories edits`
    struct Edits: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "edits",
            abstract: "List what persons decided about stories, newest first, what was undone too."
        )

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let report = try await options.read { (store) throws(StorageFailure) in
                try await store.storyEdits()
            }
            StoriesCommand.show(report.edits, output)
        }
    }

    private static func show(_ edits: [StoryEdit], _ output: OutputOptions) {
        let report = StoryEditReport(edits: edits)
        if output.json { return Terminal.printReport(report) }
        StoriesScreen.lines(of: report, columns: Terminal.columns).forEach(Terminal.print)
    }
}

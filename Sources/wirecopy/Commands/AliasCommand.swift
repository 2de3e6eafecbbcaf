import ArgumentParser
import WirecopyMessages
import WirecopyProgram
import WirecopyStorage

/// `wirecopy alias`: what the user says about names of the store.
struct AliasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "alias",
        abstract: "Tell names together or apart, over all articles; everything can be undone.",
        subcommands: [Merge.self, Split.self, Undo.self, List.self]
    )

    /// `alias merge`
    struct Merge: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "merge",
            abstract: "Say that two names mean one thing, which is called by the second."
        )

        @Argument(help: "A name in the store.")
        var name: String

        @Argument(help: "What it is called from now on.")
        var target: String

        @OptionGroup var typed: TypeOptions
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let type = try typed.entityType()
            let rule = try await options.edit { (editor) throws(StorageFailure) in
                try await editor.merge(name, into: target, type: type, now: .now())
            }
            show([rule], output)
        }
    }

    /// `alias split`
    struct Split: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "split",
            abstract: "Say that in some articles a name means somebody else.",
            discussion: """
                wirecopy alias split "Ada Quill" --as "Ada Quill (singer)" 6b1f22 https://...
                Two persons of one name stay one until somebody says so.
                """
        )

        @Argument(help: "A name in the store.")
        var name: String

        @Option(name: .customLong("as"), help: "What it is called in those articles.")
        var target: String

        @Argument(help: "The articles: identifiers, beginnings of them, or URLs.")
        var articles: [String]

        @OptionGroup var typed: TypeOptions
        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let type = try typed.entityType()
            let references = articles.map(PageAddress.reference)
            let rules = try await options.edit { (editor) throws(StorageFailure) in
                try await editor.split(name, as: target, in: references, type: type, now: .now())
            }
            show(rules, output)
        }
    }

    /// `alias undo`
    struct Undo: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "undo",
            abstract: "Take a rule about names back, the newest or the one of a number."
        )

        @Argument(help: "Number of the rule, as wirecopy alias ls has it.")
        var rule: Int?

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let undone = try await options.edit { (editor) throws(StorageFailure) in
                try await editor.undo(rule, now: .now())
            }
            show([undone], output)
        }
    }

    /// `alias ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List the rules about names, newest first, those that were undone too."
        )

        @OptionGroup var options: StoreOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let report = try await options.read { (store) throws(StorageFailure) in
                try await store.nameRules()
            }
            show(report.rules, output)
        }
    }

    private static func show(_ rules: [NameRule], _ output: OutputOptions) {
        if output.json { return Terminal.printReport(NameRuleReport(rules: rules)) }
        var table = Table(
            [
                ("RULE", .right), ("DAY", .left), ("SAYS", .left), ("UNDONE", .left),
            ]
        )
        for rule in rules {
            let place = rule.article.map { " in \($0)" } ?? ""
            let verb = rule.action == .merge ? "is" : "is not the other but"
            table.add([
                String(rule.id), Day.text(milliseconds: rule.atMs),
                "\(rule.name) (\(rule.type)) \(verb) \(rule.target)\(place)",
                rule.undoneAtMs.map { Day.text(milliseconds: $0) } ?? "",
            ])
        }
        table.lines(columns: Terminal.columns).forEach { Terminal.print($0) }
    }
}

/// Flag of commands that name an entity.
struct TypeOptions: ParsableArguments {
    @Option(help: "What has the name: PER, ORG, GPE, ...; whatever most articles name without it.")
    var type: String?

    /// The type that the flag names.
    func entityType() throws -> EntityType? {
        guard let type else { return nil }
        guard let known = EntityType(rawValue: type.uppercased()) else {
            let words = EntityType.allCases.map(\.rawValue).joined(separator: ", ")
            throw ValidationError("\(type) is no type; the types are \(words).")
        }
        return known
    }
}

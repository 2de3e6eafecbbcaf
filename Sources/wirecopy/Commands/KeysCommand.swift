import ArgumentParser
import Foundation
import WirecopyKeys
import WirecopyMessages
import WirecopyProgram
import ZeroMQ

/// `wirecopy keys`: who may connect from other machines, and what each may do.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Make, list, change and take back the keys of peers on other machines.",
        discussion: """
            Typed on the broker's machine; a running broker reads changes within a second. Roles: \
            fetch, parse, extract, store, worker (all four), publish, read, operate, all.
            """,
        subcommands: [New.self, List.self, Revoke.self, Rotate.self],
        defaultSubcommand: List.self
    )

    /// `keys new NAME --role ROLE`
    struct New: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Make a key and allow it; prints the file to bring to the peer's machine."
        )

        @Argument(help: "Name of the peer, such as parser-2.")
        var name: String

        @Option(help: "What it may do, such as parse or publish,read.")
        var role: String

        @Option(help: "Allow this public key, which was made elsewhere, and write no file.")
        var publicKey: String?

        @OptionGroup var options: KeyFolderOptions

        func run() async throws {
            let folder = try options.folder()
            try KeysCommand.reporting { () throws(KeyFailure) in
                let known = try KeysCommand.key(publicKey)
                let role = try KeyRole(role)
                let key = try folder.add(name, role, known: known, day: KeysCommand.today)
                KeysCommand.tell(name, key, in: folder, isMadeHere: known == nil)
            }
        }
    }

    /// `keys ls`
    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "ls",
            abstract: "List the broker's key and the keys that it takes."
        )

        @OptionGroup var options: KeyFolderOptions
        @OptionGroup var output: OutputOptions

        func run() async throws {
            let folder = try options.folder()
            let report = try KeysCommand.reporting { () throws(KeyFailure) in
                try KeysReport(folder)
            }
            if output.json { return Terminal.printReport(report) }
            var table = Table([("NAME", .left), ("ROLE", .left), ("MADE", .left), ("KEY", .left)])
            table.add(["broker", "", "", report.broker])
            for key in report.keys { table.add([key.name, key.role, key.day, key.key]) }
            table.lines(columns: Terminal.columns).forEach(Terminal.print)
        }
    }

    /// `keys revoke NAME`
    struct Revoke: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "Take a peer's keys back; its next command is refused."
        )

        @Argument(help: "Name of the peer.")
        var name: String

        @Flag(help: "Only the keys before the newest: the last step of a rotation.")
        var old = false

        @OptionGroup var options: KeyFolderOptions

        func run() async throws {
            let folder = try options.folder()
            let keys = try KeysCommand.reporting { () throws(KeyFailure) in
                try folder.revoke(name, keepsNewest: old)
            }
            for key in keys { Terminal.print("\(key)") }
            Terminal.note("\(Quantity.count(keys.count, "key")) of \(name) revoked.")
        }
    }

    /// `keys rotate NAME` and `keys rotate --broker`
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "rotate",
            abstract: "Change a key without a stop: old and new hold together for a while.",
            discussion: """
                A peer: rotate NAME, bring the new file to its machine, and when it has connected \
                with it, revoke NAME --old. The broker: rotate --broker, bring the changed files \
                to the peers, then rotate --broker --now.
                """
        )

        @Argument(help: "Name of the peer.")
        var name: String?

        @Flag(help: "The broker's own key.")
        var broker = false

        @Flag(help: "With --broker: put the prepared key in its place.")
        var now = false

        @Option(help: "Allow this public key, which was made elsewhere, and write no file.")
        var publicKey: String?

        @OptionGroup var options: KeyFolderOptions

        func validate() throws {
            guard broker == (name == nil), !now || broker, publicKey == nil || !broker else {
                throw ValidationError("Name a peer, or give --broker, alone or with --now.")
            }
        }

        func run() async throws {
            let folder = try options.folder()
            try KeysCommand.reporting { () throws(KeyFailure) in
                if let name { return try rotate(name, folder) }
                let key = try now ? folder.rotateBroker() : folder.prepareBroker()
                Terminal.print("\(key)")
                Terminal.note(
                    now
                        ? "The broker takes this key within a second; connections made before "
                            + "are made anew."
                        : "Bring the changed key files in \(folder.path) to the peers, or add this "
                            + "key to their broker-key; then type wirecopy keys rotate --broker "
                            + "--now."
                )
            }
        }

        private func rotate(_ name: String, _ folder: KeyFolder) throws(KeyFailure) {
            let known = try KeysCommand.key(publicKey)
            let key = try folder.rotate(name, known: known, day: KeysCommand.today)
            KeysCommand.tell(name, key, in: folder, isMadeHere: known == nil)
            Terminal.note("The old key holds until you type wirecopy keys revoke \(name) --old.")
        }
    }
}

/// Flags of the commands that work on keys.
struct KeyFolderOptions: ParsableArguments {
    @Option(help: "Folder of keys; usually keys in the data folder.")
    var keys: String?

    @Option(help: "Folder that holds everything of this installation.")
    var data = DataDirectory.configuredPath

    @OptionGroup var program: ProgramOptions

    /// The folder that the flags name; the one above it is made when it is not there.
    func folder() throws(ProgramFailure) -> KeyFolder {
        let named = keys ?? Configuration.current.text(.keys)
        if let named { return KeyFolder(path: named) }
        let directory = DataDirectory(path: data)
        try directory.create()
        return KeyFolder(path: directory.keys)
    }
}

extension KeysCommand {
    /// Today in UTC, as `2026-11-28`.
    fileprivate static var today: String { String(Instant.now().rfc3339.prefix(10)) }

    fileprivate static func key(_ text: String?) throws(KeyFailure) -> CurveKey? {
        guard let text else { return nil }
        guard let key = CurveKey(text) else {
            throw KeyFailure(.malformed, "A public key has 64 hexadecimal digits.")
        }
        return key
    }

    fileprivate static func tell(
        _ name: String,
        _ key: CurveKey,
        in folder: KeyFolder,
        isMadeHere: Bool
    ) {
        guard isMadeHere else { return Terminal.print("\(key)") }
        Terminal.print(folder.peerKey(name))
        Terminal.note(
            "Move this file to the machine of \(name), readable by its user alone, and name it "
                + "there with --key-file."
        )
    }

    fileprivate static func reporting<Value>(
        _ body: () throws(KeyFailure) -> Value
    ) throws(ProgramFailure) -> Value {
        do {
            return try body()
        } catch {
            throw ProgramFailure(error)
        }
    }
}

/// What `keys ls --json` says.
struct KeysReport: Report {
    /// One key that the broker knows.
    struct Key: Report {
        var day: String
        var key: String
        var name: String
        var role: String
    }

    /// The broker's public key.
    var broker: String
    /// The keys that it takes or took.
    var keys: [Key]

    init(_ folder: KeyFolder) throws(KeyFailure) {
        broker = "\(try folder.broker().publicKey)"
        keys = try folder.list().entries.map { entry in
            Key(
                day: entry.day,
                key: "\(entry.key)",
                name: entry.name,
                role: entry.role?.text ?? AllowList.revokedWord
            )
        }
    }
}

extension ProgramFailure {
    /// How a command ends that could not work with a key.
    init(_ failure: KeyFailure) {
        let status: ExitStatus =
            switch failure.code {
            case .nameRefused, .roleUnknown: .usage
            case .nameUnknown, .fileMissing: .noInput
            case .fileUnwritable: .cannotCreate
            case .malformed, .fileUnreadable, .fileExposed, .keyNeeded: .configuration
            case .unsupported: .unavailable
            }
        self.init(status, failure.message)
    }
}

import ArgumentParser
import Foundation
import WirecopyKeys
import WirecopyProgram

/// `wirecopy serve`: the web page alone, beside a service that runs or over a store at rest.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve the web page until stopped.",
        discussion: """
            Reading is free on this machine; to retry or replay, sign in with the token in \
            run/web-token of the data folder. Other machines are let in with \
            WIRECOPY_WEB_TOKEN=... wirecopy serve --listen 0.0.0.0:5580 --name host.example
            """
    )

    @Option(help: "Where the page is served.")
    var listen = Configuration.current.text(.webListen, default: "127.0.0.1:5580")

    @Option(name: .customLong("name"), help: "Another name under which the page is reached.")
    var names: [String] = []

    @Option(help: "What one must know to change something; better as WIRECOPY_WEB_TOKEN.")
    var token: String?

    @Option(help: "Database of articles, if it is not the folder's: a file, or postgresql://...")
    var store: String?

    @OptionGroup var options: DataOptions

    func run() async throws {
        _ = options.program.startLogging("wirecopy")
        try options.directory.create()
        let (stops, stopping) = AsyncStream<Void>.makeStream()
        let signals = StopSignals { stopping.finish() }
        let log = URL(filePath: "\(options.directory.logs)/wirecopy-web-1.log")
        let page = try ProgramProcess(
            "wirecopy-web",
            arguments: arguments,
            log: log,
            settings: settings
        )
        Terminal.note("Serving http://\(listen)/ until stopped; the log is \(log.path).")
        async let end = page.end()
        let watching = Task {
            for await _ in stops {}
            page.stop()
        }
        let ended = await end
        watching.cancel()
        withExtendedLifetime(signals) {}
        guard ended.status != 0 || ended.isSignal else { return }
        throw ProgramFailure(
            ExitStatus(rawValue: ended.status) ?? .unavailable,
            "The page is not served any more. \(Fleet.lastLine(of: log))"
        )
    }

    private var settings: [Setting: String] {
        var settings: [Setting: String] = [:]
        settings[.webToken] = token
        settings[.store] = store
        return settings
    }

    private var arguments: [String] {
        var arguments = ["--data", options.directory.path, "--listen", listen]
        arguments += names.flatMap { ["--name", $0] }
        if let broker = options.broker { arguments += ["--broker", broker] }
        if let keys = options.link.keys {
            arguments += ["--key-file", keys.keyFile]
            arguments += keys.brokerKey.map { ["--broker-key", $0] } ?? []
        }
        if options.link.allowPlaintext { arguments.append("--allow-plaintext") }
        return arguments
    }
}

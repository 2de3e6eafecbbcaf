import ArgumentParser
import Foundation
import WirecopyProgram

/// `wirecopy-bench fetch-server`: what fetchers are measured with, as a process of its own.
struct FetchServerCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fetch-server",
        abstract: "Serves one small page on many hosts of loopback; says its port in a line.",
        discussion: "GET /_stats says how many pages were served and connections are open."
    )

    @Option(help: "Port of all hosts; 0 takes a free one.")
    var port: UInt16 = 0

    @Option(help: "Hosts: 127.1.0.1, 127.1.0.2 and so on.")
    var hosts = 500

    @Option(help: "Bytes of the page.")
    var pageBytes = 4096

    @Option(help: "Milliseconds for which each answer is held back.")
    var holdMs = 0

    func validate() throws {
        guard 1...10_000 ~= hosts, 100...100_000 ~= pageBytes, 0...60_000 ~= holdMs else {
            throw ValidationError(
                "--hosts is 1 to 10000, --page-bytes 100 to 100000, --hold-ms 0 to 60000."
            )
        }
    }

    func run() throws {
        DescriptorLimit.raise()
        var options = LoadServer.Options()
        options.port = port
        options.hosts = hosts
        options.pageBytes = pageBytes
        options.holdMilliseconds = holdMs
        let server = try LoadServer(options)
        let signals = StopSignals { server.stop() }
        try FileHandle.standardOutput.write(contentsOf: Data("\(server.port)\n".utf8))
        server.run()
        withExtendedLifetime(signals) {}
    }
}
